#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: ask-tshark.sh NAME LIST MINOR
# Prints what tshark of a minor version with our adapter finds in the captures of LIST, as tshark.jq says it, behind NAME.
# Exits with 77 when the program or the adapter is not there.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
name_of_engine=$1
list=$2
minor=$3
here=$SMIN_SRCDIR/tests/engines
. "$here/find-tshark.sh"
tshark=$(list_tshark | sed -n "s/^$minor	//p")
[ -n "$tshark" ] || { echo "SKIPPED: there is no tshark $minor: nothing was compared with it" >&2; exit 77; }
plugins=$(find_plugins "$minor")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
"$SMIN_BUILDDIR/tests/engines/print_fields" >"$work/fields"

# Only frames of ours, and of those what says whose they are.
while IFS='	' read -r name capture; do
	status=0
	WIRESHARK_PLUGIN_DIR=$plugins as_user "$tshark" -n -2 -r "$capture" -Y smin -T ek -J 'ip ipv6 tcp smin' \
		-o tcp.reassemble_out_of_order:TRUE --enable-heuristic smin_tcp \
		>"$work/frames" 2>"$work/said" </dev/null || status=$?
	# What it says of captures that are damaged on purpose is no complaint of ours.
	if [ $status != 0 ] || [ -s "$work/said" ]; then
		printf '%s\t%s\t-\t-\tfailed\t%s %s\n' "$name_of_engine" "$name" $status "$(tr '\t\n' '  ' <"$work/said" | sed "s|$capture|CAPTURE|g")"
	fi
	jq -r --arg name "$name" --rawfile fields "$work/fields" -f "$here/tshark.jq" "$work/frames" | sed "s/^/$name_of_engine	/"
done <"$list"
