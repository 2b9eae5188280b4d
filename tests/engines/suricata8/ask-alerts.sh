#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: ask-alerts.sh RULES LIST ANSWER [OPTION...]
# Runs Suricata 8 with our adapter and RULES over the captures of LIST (lines "name<tab>path"), writes its alerts as a sorted
# set of "name<tab>sid<tab>protocol<tab>sender>receiver" to ANSWER. All rules load, and the engine has nothing to complain of.
# Options are the engine's; it keeps 255 alerts of a packet. Exits with 77 when the engine or the adapter is not there.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
rules=$1
list=$2
answer=$3
shift 3

. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$SMIN_SRCDIR/tests/engines/find-adapter.sh"
configuration=$SMIN_SRCDIR/tests/engines/suricata.yaml
adapter=$(find_adapter smin-suricata8)
work=$(mktemp -d)
. "$SMIN_SRCDIR/tests/oracle/suricata-socket.sh"
set -- --set "plugins.0=$adapter" "$@"
suricata_loads "$rules" "$work" "$@"
number_captures "$list"
read_all "$rules" --init-errors-fatal "$@"
while IFS='	' read -r name number; do
	[ -e "$work/$number/eve.json" ] || { echo "Suricata wrote nothing about $name" >&2; exit 1; }
	jq -r --arg name "$name" -f "$SMIN_SRCDIR/tests/oracle/alerts.jq" "$work/$number/eve.json"
done <"$work/numbers" | LC_ALL=C sort -u >"$answer"
