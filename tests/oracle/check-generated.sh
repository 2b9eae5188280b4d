#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: check-generated.sh [SEED [FAMILIES]]
# Invented rules on invented conversations, delivered in many ways: the alerts of smin-replay and of Suricata 8 are the
# same sets, but for what accepted-generated lists.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/oracle
seed=${1:-1}
families=${2:-}
each=200 # alerts per packet that the engine keeps are fewer than 256
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
[ -x "$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" ] || { echo "SKIPPED: smin-mkpcap was not built (libnet is missing)" >&2; exit 77; }
work=${SMIN_ORACLE_WORK:-}
[ -n "$work" ] || { work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; }
bad=0

# NAME TALK [smin-mkpcap options]
deliver()
{
	name=$1
	talk=$2
	shift 2
	"$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" -o "$work/$name.pcap" "$@" "$work/$talk.txt"
	printf '%s\t%s\n' "$name" "$work/$name.pcap" >>"$work/list"
}

# Accepted lines that explained nothing in any of the runs.
unused()
{
	sort -un "$work/uses" >"$work/used"
	awk 'FNR == NR { used[$1] = 1; next }
		/^[ \t]*(#|$)/ { next }
		!(++lines in used) { print "this line explains nothing any more: " $0; bad = 1 }
		END { exit bad }' "$work/used" "$here/accepted-generated"
}

# SEED FAMILIES
compare()
{
	echo "seed $1, $2:"
	"$SMIN_BUILDDIR/tests/oracle/invent" "$1" "$2" $each 1 "$work"
	: >"$work/list"
	deliver one one
	deliver many many
	deliver glued glued
	deliver one-split one --perturb split-random:90
	deliver one-bytes one --perturb split1
	deliver one-duplicate one --perturb duplicate
	deliver many-duplicate many --perturb duplicate
	deliver many-reorder many --perturb split:60 --perturb reorder
	deliver one-overlap one --perturb overlap-same
	deliver one-fragment one --perturb fragment
	deliver many-fragment many --perturb fragment-overlap:same
	deliver one-other-port one --perturb other-port
	deliver one-ipv6 one --perturb ipv6
	deliver many-vlan many --perturb vlan
	deliver one-midstream one --perturb midstream
	deliver one-sided one --perturb one-sided:client
	deliver many-lose many --perturb lose
	"$here/ask-suricata.sh" "$work/rules" "$work/list" "$work/suricata" || return $?
	"$here/ask-smin.sh" "$work/rules" "$work/list" "$work/smin" || return $?
	awk -v least=300 -v whole=0 -v uses="$work/uses" -f "$here/compare.awk" "$here/accepted-generated" "$work/rules" \
		"$work/smin" "$work/suricata"
}

if [ -n "$families" ]; then
	compare "$seed" "$families" || bad=$?
else
	compare "$seed" content,negated || bad=$?
	[ $bad = 77 ] || compare $((seed + 1)) content,negated,pcre || bad=$?
	[ $bad = 77 ] || compare $((seed + 2)) content,byte_test,isdataat,byte_jump || bad=$?
	[ $bad = 77 ] || compare $((seed + 3)) content,pcre,byte_test,isdataat,byte_jump,byte_extract,byte_math || bad=$?
	[ $bad != 0 ] || unused || bad=$?
fi
exit $bad
