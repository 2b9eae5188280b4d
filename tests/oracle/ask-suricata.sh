#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: ask-suricata.sh RULES LIST ANSWER
# Runs Suricata 8 with RULES over the captures of LIST (lines "name<tab>path"), writes its alerts as a sorted set of
# "name<tab>sid<tab>protocol<tab>sender>receiver" to ANSWER. Exits with 77 when the engine is not there.
# With SMIN_ORACLE_FRESH=1 each capture gets a process of its own. Else one process reads all captures: its socket mode
# forgets every flow between two of them, though not what rules have counted, and compiles the rules once.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
rules=$1
list=$2
answer=$3
here=$SMIN_SRCDIR/tests/oracle

. "$here/find-suricata.sh"

work=$(mktemp -d)
pid=
finish()
{
	[ -z "$pid" ] || say shutdown >/dev/null || kill "$pid" 2>/dev/null || :
	rm -rf "$work"
}
trap finish EXIT

suricata_loads "$rules" "$work"

number=0
while IFS='	' read -r name capture; do
	number=$((number + 1))
	mkdir "$work/$number"
	printf '%s\t%s\n' "$name" "$number" >>"$work/numbers"
	ln -s "$capture" "$work/$number.pcap" # the client splits at blanks
	printf 'pcap-file %s %s\n' "$work/$number.pcap" "$work/$number" >>"$work/commands"
done <"$list"

say()
{
	"$client" -c "$1" "$work/socket" 2>&1
}

read_one_by_one()
{
	while IFS='	' read -r name number; do
		suricata "$rules" "$work/$number" -r "$work/$number.pcap" --runmode single >"$work/log" 2>&1 ||
			{ tail "$work/log" >&2; echo "Suricata failed on $name" >&2; return 1; }
	done <"$work/numbers"
}

read_all()
{
	suricata "$rules" "$work" --unix-socket="$work/socket" >"$work/log" 2>&1 &
	pid=$!
	for _ in $(seq 300); do
		[ ! -S "$work/socket" ] || break
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.2
	done
	[ -S "$work/socket" ] || { cat "$work/log" >&2; echo "Suricata did not start" >&2; return 1; }

	"$client" "$work/socket" <"$work/commands" >"$work/taken" 2>&1
	[ "$(grep -c 'Successfully added' "$work/taken")" = "$number" ] || { cat "$work/taken" >&2; return 1; }
	while :; do
		left=$(say pcap-file-number)$(say pcap-current)
		case $left in
		*'"message":0,'*'"None"'*) break ;;
		*OK*) sleep 0.3 ;;
		*) tail "$work/log" >&2; echo "Suricata ended early: $left" >&2; return 1 ;;
		esac
	done
	say shutdown >/dev/null
	wait "$pid" || { tail "$work/log" >&2; echo "Suricata failed" >&2; return 1; }
	pid=
}

if [ "${SMIN_ORACLE_FRESH:-0}" = 1 ]; then
	read_one_by_one
else
	read_all
fi

while IFS='	' read -r name number; do
	[ -e "$work/$number/eve.json" ] || { echo "Suricata wrote nothing about $name" >&2; exit 1; }
	jq -r --arg name "$name" -f "$here/alerts.jq" "$work/$number/eve.json"
done <"$work/numbers" | LC_ALL=C sort -u >"$answer"
