#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What is recorded at the other end gives the findings of the original, record by record but for the times.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/inject/network.sh"
enter_network "$0"
command -v jq >/dev/null || skip "jq is missing"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lay_cable
failed=0

# The times of a replay are its own, and so are the numbers made from them.
findings()
{
	(cd "$1" && "$replay" --json --progress=never x.pcap) | jq -c 'walk(if type == "object" then
		del(.timestamp, .flow_id, .smin_flow_id, .cause_flow_id, .start, .end, .age, .first_seen, .last_seen, .id, .program)
		else . end)'
}

# same_findings CASE RATE
same_findings()
{
	mkdir -p "$work/sent" "$work/arrived"
	cp "$SMIN_SRCDIR/pcaps/$1/input.pcap" "$work/sent/x.pcap"
	start_recording "$work/arrived/x.pcap" "$(count_frames "$work/sent/x.pcap")"
	"$replay" --inject out0 --rate "$2" "$work/sent/x.pcap" >"$work/said" 2>&1 ||
		{ echo "$1: exit status $?" >&2; cat "$work/said" >&2; failed=1; }
	end_recording || { echo "$1" >&2; failed=1; }
	findings "$work/sent" >"$work/wanted"
	findings "$work/arrived" >"$work/got"
	[ -s "$work/wanted" ] && cmp -s "$work/wanted" "$work/got" && return
	echo "$1 at rate $2: other findings at the other end" >&2
	diff "$work/wanted" "$work/got" | cut -c 1-400 | head -n 6 >&2
	failed=1
}

for case in good/siet-get-config good/ipv6-get-config good/transfer-image good/pipelined-three evasion/vlan-stack \
	evasion/fragments-tiny evasion/fragments-overlap-last evasion/insert-bad-checksum evasion/insert-low-ttl \
	evasion/tunnel-erspan evasion/tunnel-fragmented evasion/transfer-block-differs clean/arp-and-icmp; do
	same_findings $case max
done
same_findings good/siet-get-config original
same_findings good/two-devices 200

# --- rates: sent no earlier than they say; how much later is the machine's business ---

# milliseconds COMMAND...
milliseconds()
{
	began=$(date +%s%N)
	"$@" >"$work/said" 2>&1
	status=$?
	echo $((($(date +%s%N) - began) / 1000000))
	return $status
}
one=$SMIN_SRCDIR/pcaps/good/siet-get-config/input.pcap # 20 packets in 1.019 s
took=$(milliseconds "$replay" --inject out0 "$one") || failed=1
[ "$took" -ge 1019 ] || { echo "1.019 s of packets were sent in $took ms" >&2; failed=1; }
took=$(milliseconds "$replay" --inject out0 --rate 20 "$one") || failed=1
[ "$took" -ge 950 ] || { echo "20 packets at 20 a second were sent in $took ms" >&2; failed=1; }
grep -q '^  none was more than [0-9.]* ms behind its time$' "$work/said" || { cat "$work/said" >&2; failed=1; }
# Distances as they were recorded: the last but one pause is of a second.
start_recording "$work/arrived.pcap" 20
"$replay" -q --inject out0 "$one" || failed=1
end_recording || failed=1
# shellcheck disable=SC2086
tcpdump $as_is -n -tt -r "$work/arrived.pcap" 2>/dev/null | awk '
	NR > 1 && $1 - before > longest { longest = $1 - before }
	{ before = $1 }
	END { exit !(NR == 20 && longest > 0.9) }' || { echo "the pause of a second did not arrive" >&2; failed=1; }

# --- a signal ends it, and what was sent is told ---
slow=$SMIN_SRCDIR/pcaps/good/slow-line/input.pcap # 90 s
"$replay" --inject out0 "$slow" >"$work/said" 2>&1 &
sender=$!
for _ in $(seq 300); do
	# SIGUSR1 is the last of the signals to be caught: bit 10 of the mask.
	! grep -q '^SigCgt:.*[2367abef]..$' /proc/$sender/status 2>/dev/null || break
	sleep 0.1
done
kill -USR1 $sender
kill -INT $sender
wait $sender
status=$?
[ $status -eq 3 ] || { echo "exit status $status instead of 3 after SIGINT" >&2; failed=1; }
grep -q '^[0-9]* of [0-9]* packets* sent to out0: ' "$work/said" &&
	grep -qx '  interrupted before everything was sent' "$work/said" || { cat "$work/said" >&2; failed=1; }
exit $failed
