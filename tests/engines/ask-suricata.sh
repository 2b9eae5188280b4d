#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: ask-suricata.sh NAME LIST [OPTION...]
# Prints what Suricata 8 with our adapter and the shipped rules finds in the captures of LIST, as eve.jq says it, behind
# NAME. Options are the engine's. Exits with 77 when the engine or the adapter is not there.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
name_of_engine=$1
list=$2
shift 2
here=$SMIN_SRCDIR/tests/engines
rules=$SMIN_SRCDIR/rules/smin.rules

. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$here/find-adapter.sh"
configuration=$here/suricata.yaml
adapter=$(find_adapter smin-suricata8)
work=$(mktemp -d)
. "$SMIN_SRCDIR/tests/oracle/suricata-socket.sh"
set -- --set "plugins.0=$adapter" "$@"
suricata_loads "$rules" "$work" "$@"
grep -q 'nitializing plugin' "$work/test" || { cat "$work/test" >&2; echo "Suricata did not load $adapter" >&2; exit 1; }
number_captures "$list"
read_all "$rules" --init-errors-fatal "$@"

# What the engine says of captures that are damaged on purpose.
if grep -E '^(Error|Warning): |runtime error:|AddressSanitizer' "$work/log" |
	grep -vE ' (pcap file|truncated dump file|unknown file format|datalink type)|\.pcap|pcap_next_ex' >&2; then
	echo "Suricata is not content" >&2
	exit 1
fi
while IFS='	' read -r name number; do
	[ -e "$work/$number/eve.json" ] || { printf '%s\t%s\t-\t-\tfailed\t-\n' "$name_of_engine" "$name"; continue; }
	jq -r --arg name "$name" --arg source opener -f "$here/eve.jq" "$work/$number/eve.json" | sed "s/^/$name_of_engine	/"
done <"$work/numbers"
