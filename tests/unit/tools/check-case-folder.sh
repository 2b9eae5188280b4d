#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --case: what is refused, that the same captures give the same bytes, that others read the slices and their comments,
# what stands in it of fragments, archives and several captures, and what is left when there is no more room.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
mkpcap=$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-case.XXXXXX")
trap 'rm -rf "$work"' EXIT
bad=0
wrong() { echo "$*" >&2; bad=1; }
cd "$SMIN_SRCDIR/pcaps" || exit 1
one=good/siet-get-config/input.pcap
two=good/transfer-image/input.pcap

ends_with() { # STATUS smin-replay options
    wanted=$1
    shift
    "$replay" -q "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    [ "$status" -eq "$wanted" ] || wrong "$* ended with $status, not $wanted: $(cat "$work/err")"
}
says() { grep -q "$1" "$work/err" || wrong "the message does not say \"$1\": $(cat "$work/err")"; }
holds() { (cd "$1" && sha256sum --quiet -c SHA256SUMS) || wrong "$1: the manifest does not hold"; }

# --- refused, and nothing touched ---
mkdir "$work/full"
echo kept >"$work/full/note"
ends_with 2 --case "$work/full" "$one"
says 'not empty'
[ "$(cat "$work/full/note")" = kept ] && [ "$(find "$work/full" | wc -l)" -eq 2 ] || wrong "a folder that holds something was touched"
ends_with 2 --case "$work/full/note" "$one"
says 'Not a directory'
ends_with 2 --case "$work/stdin" -
says 'standard input cannot be read a second time'
mkfifo "$work/pipe"
ends_with 2 --case "$work/stdin" "$work/pipe"
says 'cannot be read a second time'
[ ! -e "$work/stdin" ] || wrong "a folder was made for what cannot be read twice"
ends_with 2 --case "$work/full/note/below" "$one"
says 'Not a directory'
ends_with 0 --case "$work/made/on/the/way" "$one"

# --- the same bytes, in a folder that is there as in a new one ---
mkdir "$work/first"
ends_with 0 --case "$work/first" "$one" "$two"
holds "$work/first"
number=0
for how in "$two $one" "-j 4 $one $two" "--no-sandbox $one $two" "-l $work/log $one $two" "--eve $work/eve.json $one $two"; do
    number=$((number + 1))
    # shellcheck disable=SC2086
    TZ=Asia/Kathmandu LC_ALL=tr_TR.UTF-8 ends_with 0 --case "$work/again$number" $how
    diff -r "$work/first" "$work/again$number" >"$work/differences" || wrong "$how gives other bytes: $(cat "$work/differences")"
done
[ "$(find "$work/log/files" -type f | wc -l)" -eq 3 ] || wrong "with --case not everything that moved is in the folder of -l"
[ "$(find "$work/first/files" -type f | wc -l)" -eq 3 ] || wrong "not everything that moved is in the case"
[ "$(find "$work/first" -type f | grep -vc SHA256SUMS)" -eq "$(wc -l <"$work/first/SHA256SUMS")" ] || wrong "SHA256SUMS is not over everything"
grep -q '"state":"complete"' "$work/first/case.json" || wrong "the case does not say that it is complete"
grep -q '<svg' "$work/first/report.html" || wrong "the report has no picture"

# --- no name from the network is a path: in the cases of all captures there are only these ---
"$replay" -q --case "$work/all" good bad evasion clean unsupported 2>/dev/null
[ $? -eq 3 ] || wrong "damaged captures do not give the exit status 3"
holds "$work/all"
(cd "$work/all" && find . -type f) | grep -Ev '^\./(SHA256SUMS|case\.json|incidents\.json|report\.html|incident-[0-9]+/slice\.pcapng|files/[0-9a-f]{2}/[0-9a-f]{64})$' >"$work/other"
[ ! -s "$work/other" ] || wrong "other names in a case: $(cat "$work/other")"
grep -q '"state":"incomplete"' "$work/all/case.json" || wrong "damaged captures do not make the case incomplete"

# --- the schema, and spoilt ones ---
check=$SMIN_BUILDDIR/tests/unit/tools/check_schema
if command -v jq >/dev/null && [ -x "$check" ]; then
    for case in first all; do
        jq -c . "$work/$case/case.json" >"$work/case.jsonl" || wrong "case.json is no JSON"
        "$check" "$SMIN_SRCDIR/doc/case.schema.json" "$work/case.jsonl" || wrong "$case/case.json does not keep to the schema"
        jq -c '.devices[], .incidents[]' "$work/$case/incidents.json" >"$work/incidents.jsonl"
        "$check" "$SMIN_SRCDIR/doc/smin.schema.json" "$work/incidents.jsonl" || wrong "incidents.json does not keep to the schema"
    done
    for change in 'del(.state)' '.surprise = 1' '.inputs[0].sha256 = "x"' '.files = ["../x"]'; do
        jq -c "$change" "$work/first/case.json" >"$work/spoilt.jsonl"
        ! "$check" "$SMIN_SRCDIR/doc/case.schema.json" "$work/spoilt.jsonl" >/dev/null 2>&1 || wrong "the schema does not notice $change"
    done
fi

# --- fragments: all of them; two link types, and two captures of one act ---
packets() { # of a slice, by our own reader
    "$replay" --json -S /dev/null "$1" 2>/dev/null | sed -n 's/.*"event_type":"stats".*"pkts":\([0-9]*\).*/\1/p' | awk '{ sum += $1 } END { print sum }'
}
incident_of() { "$replay" --json -S /dev/null "$@" 2>/dev/null | grep '"event_type":"incident"' | sed 's/"pcap_filename":"[^"]*",//g; s/"pcap_cnt":[0-9]*,//g; s/([^()]* packet [0-9]*)/(a packet)/g'; }
same_again() { # NAME CAPTURE...
    name=$1
    shift
    ends_with 0 --case "$work/$name" -S /dev/null "$@"
    holds "$work/$name"
    [ -n "$(incident_of "$@")" ] || wrong "$name: there is no incident"
    [ "$(incident_of "$@")" = "$(incident_of "$work/$name"/incident-*/slice.pcapng)" ] || wrong "$name: the slice tells another story"
}
if [ -x "$mkpcap" ]; then
    talk=good/siet-get-config/talk.txt
    "$mkpcap" -I good/siet-get-config -I "$SMIN_SRCDIR/tests/vectors" --perturb fragment:64 -o "$work/fragments.pcap" "$talk" || wrong "no fragments can be made"
    same_again fragmented "$work/fragments.pcap"
    [ "$(packets "$work/fragments.pcap")" = "$(packets "$work/fragmented/incident-01/slice.pcapng")" ] || wrong "fragments are missing in the slice"
    for how in raw nanoseconds pcapng big-endian erspan2 sll2 gre:2 lose:2 overlap-differ-last fragment-overlap:last; do
        "$mkpcap" -I good/siet-get-config -I "$SMIN_SRCDIR/tests/vectors" --perturb "$how" -o "$work/$how.pcap" "$talk"
        same_again "$how-one" "$work/$how.pcap"
    done
    if command -v mergecap >/dev/null; then
        editcap -t 30 "$work/raw.pcap" "$work/later.pcap" && mergecap -w "$work/both.pcapng" "$one" "$work/later.pcap"
        same_again both "$work/both.pcapng"
        [ "$(capinfos "$work/both/incident-01/slice.pcapng" | grep -c '^Interface #')" -eq 2 ] || wrong "two link types do not give two interfaces"
    fi
fi
if command -v zip >/dev/null; then
    (cp "$one" "$work/one.pcap" && cp "$two" "$work/two.pcap" && cd "$work" && zip -q captures.zip one.pcap two.pcap)
    same_again archive "$work/captures.zip"
    [ "$(find "$work/archive" -name slice.pcapng | wc -l)" -eq 2 ] || wrong "two captures of an archive do not give two slices"
fi
if command -v editcap >/dev/null; then
    editcap -r "$one" "$work/begin.pcap" 1-11 && editcap -r "$one" "$work/end.pcap" 12-20 2>/dev/null
    same_again rotated "$work/begin.pcap" "$work/end.pcap"
fi

# --- other readers ---
slice=$work/first/incident-01/slice.pcapng
if command -v tshark >/dev/null; then
    tshark -r "$slice" -T fields -e frame.comment >"$work/comments" 2>"$work/err" || wrong "tshark: $(cat "$work/err")"
    for word in 'config-exfiltration, succeeded' 'smin backup_request' 'signature 1:9478640' 'smin.command @376+336' 'sha256 b458418665890ee0'; do
        grep -qF "$word" "$work/comments" || wrong "no comment says \"$word\""
    done
    tshark -r "$slice" >/dev/null 2>"$work/err"
    grep -v 'Running as user' "$work/err" >"$work/complaints" && wrong "tshark complains: $(cat "$work/complaints")"
    [ -z "$(command -v capinfos)" ] || capinfos -k "$slice" | grep -q 'Slice of good/siet-get-config' || wrong "the section does not say what it is"
else
    echo "not read by tshark: there is none"
fi
if command -v tcpdump >/dev/null; then
    [ "$(tcpdump -n -r "$slice" 2>"$work/err" | wc -l)" -eq "$(packets "$slice")" ] || wrong "libpcap reads another number of packets: $(cat "$work/err")"
fi

# --- no more room: what was written stays, and nothing says complete ---
(
    trap '' XFSZ
    ulimit -f 2
    "$replay" -q --case "$work/room" "$one" "$two" 2>"$work/err"
    echo $? >"$work/status"
)
[ "$(cat "$work/status")" -eq 3 ] || wrong "a full folder ended with $(cat "$work/status"), not 3"
says 'the case is incomplete'
grep -q '"state":"incomplete"' "$work/room/case.json" || wrong "a case that could not be written does not say so"
holds "$work/room"
exit $bad
