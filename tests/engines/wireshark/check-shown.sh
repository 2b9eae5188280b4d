#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What the decoder says is in the tree: fields with their bytes, events as expert information, filters, columns, counts.
set -u
. "${SMIN_SRCDIR:?}/tests/engines/wireshark/each-tshark.sh"
order=$pcaps/good/siet-get-config/input.pcap

check_registration()
{
    ask -G plugins >"$work/shown" || fail "-G plugins fails"
    grep -q '^smin-wireshark\.so.*dissector' "$work/shown" || fail "the plugin is not listed"
    ask -G fields >"$work/all"
    awk -F '\t' '$3 ~ /^smin\.|^smin$/' "$work/all" >"$work/shown"
    "$SMIN_BUILDDIR/tests/engines/print_fields" | cut -f 1 | while read -r field; do
        cut -f 3 "$work/shown" | grep -qx "$field" || echo "$field"
    done >"$work/missing"
    [ ! -s "$work/missing" ] || fail "fields without a filter: $(tr '\n' ' ' <"$work/missing")"
    [ "$(cut -f 3 "$work/shown" | sort | uniq -d | wc -l)" = 0 ] || fail "a filter is registered twice"
}

check_filters()
{
    ask -r "$order" -Y 'smin.url == "tftp://198.51.100.7/192.0.2.10.conf" && smin.tlv_type == 3 && smin.mac == fc:99:47:37:86:60' \
        -T fields -e frame.number -e smin.message_name -e smin.event -e smin.direction >"$work/shown"
    same "fields and filters" "10	backup_request	config_exfiltration,tool_fingerprint	to_server"
    ask -r "$order" -Y 'smin.config_exfiltration && !smin.gap' -T fields -e frame.number >"$work/shown"
    same "an event is a filter of its own" 10
    ask -r "$pcaps/good/execute-ftp-url/input.pcap" -Y smin.url -T fields -e smin.url >"$work/shown"
    grep -q '^ftp://' "$work/shown" || fail "a URL with user and host: $(cat "$work/shown")"
}

check_columns()
{
    ask -r "$order" -Y smin.message_name -T fields -e _ws.col.Protocol -e _ws.col.Info >"$work/shown"
    # 4.6 names columns without capitals.
    grep -q . "$work/shown" && ! grep -q '^	*$' "$work/shown" ||
        ask -r "$order" -Y smin.message_name -T fields -e _ws.col.protocol -e _ws.col.info >"$work/shown"
    same "columns" "SMIN	backup_request: copy system:running-config flash:/config.text, copy flash:/config.text tftp://198.51.100.7/192.0.2.10.conf"
}

# Every field that is not derived covers the bytes that its record says.
check_bytes()
{
    ask -r "$order" -Y smin.message_name -T pdml >"$work/shown"
    sed -n 's/.*<field name="\(smin\.type\|smin\.length\|smin\.body\|smin\.mac\)" .* size="\([0-9]*\)" pos="\([0-9]*\)" .*/\1 \2 \3/p' \
        "$work/shown" | sort >"$work/places"
    mv "$work/places" "$work/shown"
    same "places of fields in the frame" "smin.body 1032 70
smin.length 4 66
smin.mac 6 82
smin.type 4 62"
}

check_expert()
{
    ask -r "$order" -q -z expert >"$work/shown"
    grep -q 'Security.*SMIN.*the client is told to give its configuration away' "$work/shown" ||
        fail "expert information: $(cat "$work/shown")"
    ask -r "$order" -Y '_ws.expert.severity == "Error" && smin' -T fields -e frame.number >"$work/shown"
    same "severity" 10
}

check_statistics()
{
    ask -r "$pcaps/good/pipelined-three/input.pcap" -q -z smin,tree >"$work/shown"
    awk '$1 == "messages" && $2 > 1 { a = 1 } $1 == "backup_request" || $1 == "capabilities_request" { b = 1 } END { exit !(a && b) }' \
        "$work/shown" || fail "statistics: $(cat "$work/shown")"
}

# A question and its answer point at each other; the way forward needs a second look at the frame.
check_answers()
{
    ask -2 -r "$pcaps/good/siet-probe/input.pcap" -Y 'smin.response_in || smin.response_to' -T fields -e frame.number \
        -e smin.response_in -e smin.response_to -e smin.response_time >"$work/shown"
    awk -F '\t' 'NR == 1 { question = $1; answer = $2 } NR == 2 && $1 == answer && $3 == question && $4 > 0 { ok = 1 } END { exit !ok }' \
        "$work/shown" || fail "question and answer: $(cat "$work/shown")"
}

# Two messages in one segment are two layers: neither gets lost in JSON.
check_json()
{
    command -v jq >/dev/null || { echo "SKIPPED: jq is missing, JSON was not looked at" >&2; return; }
    ask -2 -r "$pcaps/good/pipelined-three/input.pcap" -Y smin -T ek |
        jq -r 'select(.layers) | .layers.smin | if type == "array" then .[] else . end | .smin_smin_message_name // empty' >"$work/shown"
    [ "$(wc -l <"$work/shown")" = "$(grep -c '"event_type":"smin"' "$pcaps/good/pipelined-three/expect.jsonl")" ] ||
        fail "messages in JSON: $(cat "$work/shown")"
}

# A message in many segments: shown where it ends, announced where its bytes are.
check_parts()
{
    ask -2 -r "$pcaps/evasion/one-byte-segments/input.pcap" -Y smin.completed_in -T fields -e smin.completed_in |
        sort -u >"$work/shown"
    ask -2 -r "$pcaps/evasion/one-byte-segments/input.pcap" -Y smin.message_name -T fields -e frame.number |
        sort -u >"$work/ends"
    [ -s "$work/ends" ] && cmp -s "$work/ends" "$work/shown" || fail "parts of a message: $(cat "$work/ends" "$work/shown")"
}

# The last word on a connection whose end is missing needs the whole capture.
check_end()
{
    ask -2 -r "$pcaps/bad/config-cut-by-fin/input.pcap" -Y smin.length_overstated -T fields -e smin.event >"$work/shown"
    grep -q length_overstated "$work/shown" || fail "a message that never ends is not told of"
}

examine()
{
    check_registration
    check_filters
    check_columns
    check_bytes
    check_expert
    check_statistics
    check_answers
    check_json
    check_parts
    check_end
}
each_tshark
