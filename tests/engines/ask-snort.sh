#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: ask-snort.sh NAME LIST [OPTION...]
# Prints what Snort 3 with our adapter and the converted rules finds in the captures of LIST, as eve.jq says it, behind
# NAME: messages from the adapter's log, alerts and events as Snort writes them. Options are the engine's. Exits with 77
# when the engine or the adapter is not there.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
name_of_engine=$1
list=$2
shift 2
here=$SMIN_SRCDIR/tests/engines
. "$here/snort3/find-snort.sh"
find_snort
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
	cat "$here/snort3/snort.lua" "$SMIN_SRCDIR/plugins/snort3/smin.lua"
	echo 'smin.log = true'
} >"$work/engine.lua"
while IFS='	' read -r name capture; do
	rm -rf "$work/log"
	mkdir "$work/log"
	status=0
	run_snort "$work/engine.lua" -q -A alert_json -l "$work/log" -R "$SMIN_SRCDIR/rules/smin-snort3.rules" \
		-r "$capture" "$@" >"$work/said" 2>&1 </dev/null || status=$?
	# Snort ends with 1 where a capture is damaged on purpose; with more than 127 where it was ended.
	if [ "$status" -gt 1 ] || grep -qE '^(ERROR|FATAL)' "$work/said"; then
		grep -vE 'truncated dump file|bogus savefile|bad dump file|unknown file format|invalid capture length|Can.t initialize DAQ' "$work/said" | grep -E '^(ERROR|FATAL)' >&2 || :
		[ "$status" -le 127 ] || printf '%s\t%s\t-\t-\tfailed\t%s\n' "$name_of_engine" "$name" "$status"
	fi
	for part in "$work"/log/*smin.log "$work"/log/*alert_json.txt; do
		# Of what has no addresses, alert_json writes the comma behind them all the same.
		[ ! -f "$part" ] || sed 's/^{ *,/{/' "$part"
	done >"$work/records"
	jq -c -f "$here/snort3/records.jq" "$work/records" |
		jq -r --arg name "$name" --arg source opener -f "$here/eve.jq" | sed "s/^/$name_of_engine	/"
done <"$list"
