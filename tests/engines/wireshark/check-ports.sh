#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Where the plugin looks: its own port, ports of the preference, Decode As, and, when it is switched on, any port.
set -u
. "${SMIN_SRCDIR:?}/tests/engines/wireshark/each-tshark.sh"
elsewhere=$pcaps/evasion/other-port/input.pcap

count() # options...
{
    ask -2 "$@" -Y smin.message_name -T fields -e frame.number >"$work/shown" || fail "it fails: $(cat "$work/said")"
    wc -l <"$work/shown"
}

examine()
{
    wanted=$(grep -c '"event_type":"smin"' "$pcaps/evasion/other-port/expect.jsonl")
    port=$(ask -r "$elsewhere" -Y 'tcp.flags.syn == 1 && tcp.flags.ack == 0' -T fields -e tcp.dstport | head -n 1)
    [ "$(count -r "$elsewhere")" = 0 ] || fail "another port is looked at although nobody asked for it"
    [ "$(count -r "$elsewhere" --enable-heuristic smin_tcp)" = "$wanted" ] || fail "the heuristic does not find another port"
    [ "$(count -r "$elsewhere" -d "tcp.port==$port,smin")" = "$wanted" ] || fail "Decode As does not work"
    [ "$(count -r "$elsewhere" -o "smin.tcp.port:$port")" = "$wanted" ] || fail "the port preference does not work"
    # All harmless traffic at once; what each case says by itself is compared with smin-replay elsewhere.
    [ -s "$work/clean.pcapng" ] || return 0
    [ "$(count -r "$work/clean.pcapng")" = 0 ] || fail "harmless traffic is taken for ours"
    [ "$(count -r "$work/clean.pcapng" --enable-heuristic smin_tcp)" = 0 ] || fail "harmless traffic is taken for ours on any port"
}
mergecap -a -w "$work/clean.pcapng" "$pcaps"/clean/*/input.pcap || echo "SKIPPED: no mergecap: harmless traffic was not tried" >&2
chmod a+r "$work"/*
each_tshark
