#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Suricata with our adapter listens at the other end of the cable and finds there what smin-replay finds in the file.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/inject/network.sh"
. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$SMIN_SRCDIR/tests/engines/find-adapter.sh"
adapter=$(find_adapter smin-suricata8) || exit $?
command -v jq >/dev/null || skip "jq is missing"
enter_network "$0"
work=$(mktemp -d)
# Whatever happens, the engine goes with us.
trap 'kill -KILL $(cat "$work/pid" 2>/dev/null) 2>/dev/null; rm -rf "$work"' EXIT
lay_cable
rules=$SMIN_SRCDIR/rules/smin.rules
configuration=$SMIN_SRCDIR/tests/engines/suricata.yaml
patience=90
failed=0

# lines SOURCE FILE: records as the tests of engines compare them.
lines()
{
	jq -r --arg name case --arg source "$1" -f "$SMIN_SRCDIR/tests/engines/eve.jq" "$2" | LC_ALL=C sort
}

# start_listening: returns when the engine reads from in0.
start_listening()
{
	mkdir "$work/log"
	suricata "$rules" "$work/log" --set "plugins.0=$adapter" --set unix-command.enabled=no --runmode single \
		--pidfile "$work/pid" --af-packet=in0 >"$work/out" 2>&1 &
	listener=$!
	for _ in $(seq 600); do
		! grep -q 'ngine started' "$work/out" || return 0
		kill -0 $listener 2>/dev/null || break
		sleep 0.1
	done
	cat "$work/out" >&2
	echo "Suricata does not listen" >&2
	exit 1
}

# It ends by itself when asked, and writes then what it still holds.
end_listening()
{
	kill -INT "$(cat "$work/pid")"
	wait $listener && return
	tail "$work/out" >&2
	echo "Suricata failed" >&2
	failed=1
}

for case in good/siet-get-config good/ipv6-get-config good/pipelined-three evasion/vlan-stack evasion/fragments-tiny \
	evasion/shuffled-segments; do
	capture=$SMIN_SRCDIR/pcaps/$case/input.pcap
	"$replay" --json --progress=never -S "$rules" "$capture" >"$work/replay.json"
	lines sender "$work/replay.json" >"$work/wanted"
	start_listening
	"$replay" -q --inject out0 --rate max "$capture" || failed=1
	messages=$(grep -c '"event_type":"smin"' "$work/replay.json")
	for _ in $(seq 100); do
		[ "$(grep -c '"event_type":"smin"' "$work/log/eve.json" 2>/dev/null)" != "$messages" ] || break
		sleep 0.1
	done
	end_listening
	# How many there are is not compared: the kernel hands fragments to its listener as one packet.
	grep -q 'in0: packets: [1-9][0-9]*, drops: 0 ' "$work/out" ||
		{ echo "$case: not every packet came to Suricata:" >&2; tail -n 3 "$work/out" >&2; failed=1; }
	lines opener "$work/log/eve.json" >"$work/got"
	[ "$(wc -l <"$work/wanted")" -ge 10 ] && cmp -s "$work/wanted" "$work/got" || {
		echo "$case: Suricata at the other end finds something else (right) than smin-replay in the file (left)" >&2
		diff "$work/wanted" "$work/got" | cut -c 1-200 | head -n 6 >&2
		failed=1
	}
	rm -rf "$work/log"
done
exit $failed
