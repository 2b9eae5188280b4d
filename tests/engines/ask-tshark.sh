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
WIRESHARK_PLUGIN_DIR=$(find_plugins "$minor")
export WIRESHARK_PLUGIN_DIR tshark
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 777 "$work"
"$SMIN_BUILDDIR/tests/engines/print_fields" >"$work/fields"

number=0
while IFS='	' read -r name capture; do
	number=$((number + 1))
	ln -s "$capture" "$work/$number.pcap"
	printf '%s\t%s\n' "$name" "$number" >>"$work/numbers"
done <"$list"

# Twice over the frames: what is said when a connection ends stands in a frame that was passed by then. Segments with
# wrong checksums are not for the receiver.
# shellcheck disable=SC2016 # for the inner shell
seq "$number" | as_user xargs -P "$(nproc)" -n 1 sh -c '
	HOME=$0 XDG_CONFIG_HOME= timeout 60 "$tshark" -2 -n -r "$0/$1.pcap" -o tcp.check_checksum:TRUE --enable-heuristic smin_tcp \
		-Y smin -T ek -J "ip ipv6 tcp smin" >"$0/$1.frames" 2>"$0/$1.said" </dev/null || echo $? >"$0/$1.status"' "$work"

while IFS='	' read -r name number; do
	# What it says of captures that are damaged on purpose is no complaint about us.
	if [ -e "$work/$number.status" ] || [ -s "$work/$number.said" ]; then
		printf '%s\t%s\t-\t-\tfailed\t%s\n' "$name_of_engine" "$name" \
			"$(tr '\t\n' '  ' <"$work/$number.said" | sed "s|$work/$number.pcap|CAPTURE|g")"
	fi
	grep -q '"layers"' "$work/$number.frames" || continue
	jq -r --arg name "$name" --rawfile fields "$work/fields" -f "$here/tshark.jq" "$work/$number.frames" |
		sed "s/^/$name_of_engine	/"
done <"$work/numbers"
