#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A URL in a message is linked with the transfer that it caused, and the file of that transfer can be exported, in the
# versions that do not bind it by themselves, too.
set -u
. "${SMIN_SRCDIR:?}/tests/engines/wireshark/each-tshark.sh"
order=$pcaps/good/siet-get-config/input.pcap

export_file() # options...
{
    rm -rf "$work/out"
    mkdir -m 777 "$work/out"
    ask "$@" -r "$order" -q --export-objects "tftp,$work/out" >"$work/shown" || fail "--export-objects fails"
    sed 's/^\(hostname\).*/\1/' "$work/out"/192.0.2.10.conf 2>/dev/null
}

examine()
{
    ask -2 -r "$order" -Y 'smin.transfer_in || smin.transfer_of' -T fields -e frame.number -e smin.transfer_in \
        -e smin.transfer_of -e tftp.opcode >"$work/shown"
    same "links between a URL and its transfer" "10	15		
15		10	2"
    ask -r "$order" -Y smin.transfer_of -T fields -e frame.number >"$work/shown"
    same "the way back needs one pass" 15
    # Another name, another server: no link.
    ask -2 -r "$pcaps/good/config-http-url/input.pcap" -Y smin.transfer_in >"$work/shown"
    [ ! -s "$work/shown" ] || fail "a transfer is linked that nobody made"
    ask -2 -o smin.transfers:FALSE -r "$order" -Y 'smin.transfer_in || smin.transfer_of' >"$work/shown"
    [ ! -s "$work/shown" ] || fail "the preference does not switch links off"
    for passes in '' -2; do
        # shellcheck disable=SC2086 # no option, or one
        export_file $passes | grep -q '^hostname' || fail "the transferred file cannot be exported $passes"
    done
    ask -2 -r "$order" -Y 'udp && !tftp' >"$work/shown"
    [ ! -s "$work/shown" ] || fail "packets of the transfer are not shown as such: $(cat "$work/shown")"
    echo "tshark $minor without the plugin: $(folder=$work/none export_file | grep -c '^hostname') files"
}
each_tshark
