#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every keyword of the inspector, in every form of its value, and every event means in Suricata what it means to smin-replay:
# the same alerts on the corpus, but for what accepted-keywords lists.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/engines/suricata8
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rules=$work/rules
bad=0

# None is left out: the table of doc/rules.md is made from that of the inspector.
sed -n 's/^| `\(smin\.[a-z_0-9]*\)` | \(number\|buffer\).*/\1/p' "$SMIN_SRCDIR/doc/rules.md" >"$work/keywords"
[ "$(wc -l <"$work/keywords")" -ge 25 ] || { echo "too few keywords were found in doc/rules.md" >&2; exit 1; }
while read -r keyword; do
	grep -q "[( ]${keyword}[:;]" "$here/keywords.rules" || { echo "$keyword stands in no rule of keywords.rules" >&2; bad=1; }
done <"$work/keywords"

# And every event.
sed -n 's/^| `app-layer-event:\(smin\.[a-z_0-9]*\)` |.*/\1/p' "$SMIN_SRCDIR/doc/rules.md" >"$work/events"
[ "$(wc -l <"$work/events")" -ge 40 ] || { echo "too few events were found in doc/rules.md" >&2; exit 1; }
awk '{ print "alert smin any any -> any any (app-layer-event:" $1 "; sid:" 600 + NR ";)" }' "$work/events" >"$work/events.rules"
cat "$here/keywords.rules" "$work/events.rules" >"$rules"

for capture in "$SMIN_SRCDIR"/pcaps/*/*/input.pcap; do
	name=${capture%/input.pcap}
	printf '%s\t%s\n' "${name#"$SMIN_SRCDIR"/pcaps/}" "$capture"
done >"$work/list"
"$SMIN_SRCDIR/tests/oracle/ask-smin.sh" "$rules" "$work/list" "$work/smin"
# What has no messages says nothing here. Few rules at a time: the engine keeps 255 alerts of a packet, which may bring
# several messages.
cut -f 1 "$work/smin" | sort -u >"$work/named"
awk -F '\t' 'FNR == NR { named[$1] = 1; next } $1 in named' "$work/named" "$work/list" >"$work/told"
grep '^[a-z]' "$rules" | split -l 45 - "$work/part-"

# compare LEAST WHOLE [OPTION...]: rules of the parts that are asked about, with these options of the engine.
compare()
{
	least=$1
	whole=$2
	shift 2
	: >"$work/all"
	for part in $parts; do
		"$here/ask-alerts.sh" "$part" "$work/told" "$work/suricata" "$@" || exit $?
		cat "$work/suricata" >>"$work/all"
	done
	# shellcheck disable=SC2086 # a list
	cat $parts >"$work/asked"
	sed -n 's/.*sid:\([0-9]*\);.*/\1/p' "$work/asked" >"$work/sids"
	awk -F '\t' 'FNR == NR { asked[$1] = 1; next } $2 in asked' "$work/sids" "$work/smin" >"$work/wanted"
	awk -v least="$least" -v whole="$whole" -f "$SMIN_SRCDIR/tests/oracle/compare.awk" "$here/accepted-keywords" "$work/asked" \
		"$work/wanted" "$work/all" || bad=1
}

parts=$(echo "$work"/part-*)
compare 8000 1
# Buffers begin with zero bytes, which searchers have stumbled over: the other one is asked about the buffers, too.
grep -E 'content:|pcre:' "$rules" | grep '^[a-z]' >"$work/buffers"
parts=$work/buffers
compare 1600 0 --set mpm-algo=hs --set spm-algo=hs
exit $bad
