#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --log-dir keeps the files that moved, each once, under the name of its digest, and nothing outside of files/; a large
# one and many at once cost no more memory than they should.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
transfer=$SMIN_BUILDDIR/tools/bench/transfer
pcaps=$SMIN_SRCDIR/pcaps
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-files.XXXXXX")
trap 'rm -rf "$work"' EXIT
bad=0
wrong() { echo "$*" >&2; bad=1; }

# Every file under $1/files has the digest it is named after; prints how many there are.
stored() {
    (cd "$1/files" && find . -type f | sort) >"$work/list"
    while read -r path; do
        name=${path##*/}
        [ "$path" = "./$(echo "$name" | cut -c 1-2)/$name" ] || wrong "$path does not stand where it should"
        [ "$(sha256sum <"$1/files/$path" | cut -d ' ' -f 1)" = "$name" ] || wrong "$path is not what its name says"
    done <"$work/list"
    wc -l <"$work/list"
}

# --- what moved is there, each contents once ---
for run in first second; do
    "$replay" -q -l "$work/out" "$pcaps/good/siet-get-config/input.pcap" "$pcaps/good/siet-change-multi/input.pcap" ||
        wrong "the $run run ended with $?"
    [ "$(stored "$work/out")" -eq 3 ] || wrong "three files moved in the $run run, and there are $(wc -l <"$work/list")"
    [ "$(grep -c '"event_type":"fileinfo".*"stored":true' "$work/out/eve.json")" -eq 3 ] || wrong "the records of the $run run do not say so"
done
digest=$(printf '!\nversion 15.0\nhostname Switch\n!\nend\n' | sha256sum | cut -d ' ' -f 1)
[ -f "$work/out/files/$(echo "$digest" | cut -c 1-2)/$digest" ] || wrong "the stolen configuration is not among them"

# --- names are no paths; what did not move is not there ---
"$replay" -q -l "$work/names" "$pcaps/bad/tftp-requests/input.pcap" || wrong "hostile names: $?"
[ "$(stored "$work/names")" -eq 0 ] || wrong "something was made of a request alone"
[ "$(find "$work/names" -type f | wc -l)" -eq 2 ] || wrong "there is more than eve.json and summary.txt"

"$replay" -q -l "$work/hostile" "$pcaps/bad/transfer-hostile-names/input.pcap" || wrong "files under hostile names: $?"
[ "$(stored "$work/hostile")" -eq 7 ] || wrong "not all files under hostile names are there"
[ "$(find "$work/hostile" | wc -l)" -eq $((4 + 2 * 7)) ] || wrong "there is more than eve.json, summary.txt and those files"
LC_ALL=C tr -d '\n\040-\176' <"$work/hostile/summary.txt" >"$work/odd"
[ ! -s "$work/odd" ] || wrong "control characters of a name are in the summary"

# --- a folder that is none ---
mkdir "$work/taken"
: >"$work/taken/files"
"$replay" -q -l "$work/taken" "$pcaps/good/siet-get-config/input.pcap" 2>"$work/err"
[ $? -eq 2 ] || wrong "a file where a folder should be is not exit status 2"
grep -q files "$work/err" || wrong "the message does not name it: $(cat "$work/err")"

# --- what an earlier run left behind is not touched ---
mkdir -p "$work/left/files"
echo kept >"$work/left/files/partial.0"
"$replay" -q -l "$work/left" "$pcaps/good/siet-get-config/input.pcap" || wrong "left-overs: $?"
[ "$(cat "$work/left/files/partial.0")" = kept ] || wrong "a file of an earlier run was written over"
[ "$(find "$work/left/files" -name 'partial.*' | wc -l)" -eq 1 ] || wrong "a partial file of this run was left behind"

# --- large: block numbers wrap, memory stays; many: more than may be open at once ---
memory() { "$replay" -v "$@" 2>&1 >"$work/out.txt" | sed -n 's/^smin-replay: \([0-9.]*\) MB of memory.*/\1/p'; }
"$transfer" tftp 1 4000 256 >"$work/small.pcap"
"$transfer" tftp 1 80000 256 >"$work/large.pcap"
small=$(memory --eve "$work/small.json" "$work/small.pcap")
large=$(memory -l "$work/large" "$work/large.pcap")
[ -n "$small" ] && [ "$small" = "$large" ] || wrong "1 MB takes $small MB of memory, 20 MB take $large"
[ "$(stored "$work/large")" -eq 1 ] || wrong "the large file is not there"
[ "$(find "$work/large/files" -type f -size +20000000c | wc -l)" -eq 1 ] || wrong "the large file is cut"
grep -q '"state":"CLOSED".*"size":20480003' "$work/large/eve.json" || wrong "the record of the large file is wrong"
"$transfer" tftp 700 2 64 >"$work/many.pcap"
"$replay" -q -l "$work/many" "$work/many.pcap" || wrong "many at once: $?"
[ "$(grep -c '"size":131.*' "$work/many/eve.json")" -ge 700 ] || wrong "not all of many transfers were told"
[ "$(stored "$work/many")" -eq 1 ] || wrong "the same contents are kept more than once"
[ "$(grep '"event_type":"fileinfo"' "$work/many/eve.json" | grep -c '"stored":true')" -eq 700 ] || wrong "not all of many were stored"

# --- more than is kept: counted and told, and no reason to call the capture incomplete ---
"$transfer" tftp 16500 1 64 >"$work/limit.pcap"
"$replay" -q --eve "$work/limit.json" "$work/limit.pcap" || wrong "more transfers than are kept: $?"
[ "$(grep -c '"event_type":"fileinfo".*"state":"CLOSED"' "$work/limit.json")" -eq 16384 ] ||
    wrong "$(grep -c '"state":"CLOSED"' "$work/limit.json") of 16384 transfers that can be kept were told"
for limit in expectation_limit file_limit; do
    [ "$(grep -c "\"event\":\"$limit\"" "$work/limit.json")" -eq 1 ] || wrong "$limit is not told once"
done
exit $bad
