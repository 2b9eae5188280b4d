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
. "$here/suricata-socket.sh"
suricata_loads "$rules" "$work"
number_captures "$list"

read_one_by_one()
{
	while IFS='	' read -r name number; do
		suricata "$rules" "$work/$number" -r "$work/$number.pcap" --runmode single >"$work/log" 2>&1 ||
			{ tail "$work/log" >&2; echo "Suricata failed on $name" >&2; return 1; }
	done <"$work/numbers"
}

if [ "${SMIN_ORACLE_FRESH:-0}" = 1 ]; then
	read_one_by_one
else
	read_all "$rules"
fi

while IFS='	' read -r name number; do
	[ -e "$work/$number/eve.json" ] || { echo "Suricata wrote nothing about $name" >&2; exit 1; }
	jq -r --arg name "$name" -f "$here/alerts.jq" "$work/$number/eve.json"
done <"$work/numbers" | LC_ALL=C sort -u >"$answer"
