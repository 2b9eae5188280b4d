#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Where records, summary and files go: folders that lack, that are taken, that may not be written, disks that are full,
# readers that are gone. The message names file and reason, what was written stays, nothing of an earlier run is lost.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
pcaps=$SMIN_SRCDIR/pcaps
theft=$pcaps/good/siet-get-config/input.pcap
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-outputs.XXXXXX")
trap 'rm -rf "$work"' EXIT
bad=0
wrong() { echo "$*" >&2; bad=1; }

# run STATUS ARGUMENT...: standard error goes to $work/err.
run() {
    wanted=$1
    shift
    "$replay" "$@" >"$work/out" 2>"$work/err"
    got=$?
    [ $got -eq "$wanted" ] || wrong "exit $got instead of $wanted: smin-replay $*: $(cat "$work/err")"
}
says() { grep -q -e "$1" "$work/err" || wrong "the message does not say '$1': $(cat "$work/err")"; }
whole() { # FILE: every line of it is a record
    [ -s "$1" ] || { wrong "nothing is left of $1"; return; }
    [ "$(tail -c 1 "$1" | od -An -tx1 | tr -d ' ')" = 0a ] || wrong "$1 ends inside a record"
    [ "$(grep -c '^{"timestamp":.*}$' "$1")" -eq "$(wc -l <"$1")" ] || wrong "not every line of $1 is a record"
}

# --- a folder that lacks is made, with those above it ---
run 0 -q -l "$work/new/log/dir" "$theft"
whole "$work/new/log/dir/eve.json"
run 0 -q --eve "$work/new/eve/records.json" "$theft"
whole "$work/new/eve/records.json"
run 0 -q -l "$work/slash/" "$theft"

# --- what an earlier run left stays: aside in a folder, replaced where the file itself was named, and both are said ---
cp "$work/new/log/dir/eve.json" "$work/first.json"
run 0 -l "$work/new/log/dir" "$pcaps/good/siet-change-config/input.pcap"
says 'eve.json of an earlier run is now eve.json.1'
says 'summary.txt of an earlier run is now summary.txt.1'
cmp "$work/first.json" "$work/new/log/dir/eve.json.1" || wrong "the records of the first run are lost"
run 0 -q -l "$work/new/log/dir" "$theft"
cmp "$work/first.json" "$work/new/log/dir/eve.json.1" || wrong "the third run took the first one's place"
[ -s "$work/new/log/dir/eve.json.2" ] || wrong "the records of the second run are lost"
[ "$(find "$work/new/log/dir/files" -type f | wc -l)" -eq 2 ] || wrong "files of the runs are not all there"
run 0 --eve "$work/new/eve/records.json" "$theft"
says 'records of an earlier run are replaced'
whole "$work/new/eve/records.json"
: >"$work/empty.json"
run 0 --eve "$work/empty.json" "$theft"
[ ! -s "$work/err" ] || wrong "an empty file is worth a word: $(cat "$work/err")"

# --- what holds no records is not written over ---
for other in "$theft" "$SMIN_SRCDIR/README.md"; do
    cp "$other" "$work/other"
    chmod u+w "$work/other"
    run 2 --eve "$work/other" "$pcaps/good/siet-probe/input.pcap"
    says "$work/other is there and holds no records"
    cmp "$other" "$work/other" || wrong "a file that holds no records was written over"
done

# --- a file where a folder should be, and the other way round ---
run 2 -l "$work/other" "$theft"
says "$work/other: Not a directory"
run 2 -l "$work/other/below" "$theft"
says 'Not a directory'
run 2 --eve "$work" "$theft"
says "$work: Is a directory"
mkdir "$work/taken"
: >"$work/taken/files"
run 2 -l "$work/taken" "$theft"
says "$work/taken/files: "

# --- not writable: root may write everywhere, so that he becomes somebody else ---
if [ "$(id -u)" -eq 0 ]; then
    somebody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
    chmod 711 "$work"
else
    somebody() { "$@"; }
fi
mkdir -m 555 "$work/closed"
if somebody "$replay" -V >"$work/out" 2>&1; then
    cp "$theft" "$work/theft.pcap"
    chmod 644 "$work/theft.pcap"
    for where in "-l $work/closed" "-l $work/closed/log" "--eve $work/closed/eve.json"; do
        # shellcheck disable=SC2086 # an option and its argument
        somebody "$replay" -q $where "$work/theft.pcap" >"$work/out" 2>"$work/err"
        got=$?
        [ $got -eq 2 ] || wrong "$where: exit $got instead of 2 where nothing may be written: $(cat "$work/err")"
        says "$work/closed.*: Permission denied"
    done
else
    # another user may not come to where this was built; the kernel's own folder takes no file of anybody
    run 2 -q -l /proc/1/smin "$theft"
    says '/proc/1/smin: '
fi

# --- full: by a device, by a limit on the size of files, by a small disk ---
if [ -c /dev/full ]; then
    run 3 -q --eve /dev/full "$theft"
    says '/dev/full: No space left on device'
    "$replay" "$theft" >/dev/full 2>"$work/err"
    [ $? -eq 3 ] || wrong "a summary that cannot be written is not exit status 3"
    says 'standard output: No space left on device'
    "$replay" --fail-on info --json "$theft" >/dev/full 2>"$work/err"
    [ $? -eq 3 ] || wrong "a finding that could not be written is exit status 3 all the same"
fi

# In a subshell: the limit holds for whatever it writes. One block is 512 or 1024 bytes, by shell.
(
    ulimit -f 4
    "$replay" -q -l "$work/limited" "$pcaps/good" 2>"$work/limited.err"
    echo $? >"$work/status"
)
[ "$(cat "$work/status")" = 3 ] || wrong "a file that may not grow is exit status $(cat "$work/status"), not 3: $(cat "$work/limited.err")"
grep -q "$work/limited/eve.json: File too large" "$work/limited.err" || wrong "the message does not name the file: $(cat "$work/limited.err")"
whole "$work/limited/eve.json"
"$SMIN_BUILDDIR/tools/bench/transfer" tftp 1 200 64 >"$work/large.pcap"
(
    ulimit -f 4
    "$replay" -q -l "$work/nostore" "$work/large.pcap" 2>"$work/nostore.err"
    echo $? >"$work/status"
)
[ "$(cat "$work/status")" = 3 ] || wrong "a file that could not be stored is exit status $(cat "$work/status"), not 3"
grep -q '"event":"file_store_failed","detail":"a file could not be written: File too large"' "$work/nostore/eve.json" ||
    wrong "no record says why a file was not stored"
grep -q '"stored":false' "$work/nostore/eve.json" || wrong "a file counts as stored that is not"
[ -z "$(find "$work/nostore/files" -type f)" ] || wrong "a part of a file was left"

small_disk() {
    mkdir -p "$work/disk"
    # shellcheck disable=SC2016 # for the shell inside
    unshare "$@" -m sh -c 'mount -t tmpfs -o size=64k none "$1" || exit 77
        "$2" -q -l "$1/log" "$3" 2>"$4/disk.err"
        echo $? >"$4/status"
        cp -r "$1/log" "$4/kept"' sh "$work/disk" "$replay" "$pcaps/good" "$work" 2>"$work/unshare.err"
}
if small_disk || { rm -rf "$work/kept"; small_disk -r; }; then
    [ "$(cat "$work/status")" = 3 ] || wrong "a full disk is exit status $(cat "$work/status"), not 3"
    grep -q 'eve.json: No space left on device' "$work/disk.err" || wrong "a full disk is not named: $(cat "$work/disk.err")"
    whole "$work/kept/eve.json"
else
    echo "no small disk can be mounted here; the limit on the size of files stands for it"
fi

# --- a reader that is gone: quietly as any tool, or with a word where somebody switched the signal off ---
("$replay" --json "$pcaps/good" 2>"$work/err"; echo $? >"$work/status") | head -1 >"$work/out"
[ ! -s "$work/err" ] || wrong "a closed pipe made noise: $(cat "$work/err")"
(trap '' PIPE; "$replay" --json "$pcaps/good" 2>"$work/err"; echo $? >"$work/status") | head -1 >"$work/out"
[ "$(cat "$work/status")" = 3 ] || wrong "a closed pipe without its signal is exit status $(cat "$work/status"), not 3"
says 'standard output: Broken pipe'

# --- limits of what is stored: a record once, a counter, a line of the summary ---
limited() { # LIMIT EVENT COUNT
    rm -rf "$work/store"
    run 0 -l "$work/store" --store-limit "$1" "$pcaps/good/transfer-rules/input.pcap"
    grep -c "\"event\":\"$2\"" "$work/store/eve.json" | grep -qx 1 || wrong "$1: $2 is not told once"
    grep -q "\"unstored\":$3[,}]" "$work/store/eve.json" || wrong "$1: $3 files are not counted as not stored"
    grep -q "^$3 files\\{0,1\\} that moved wa*e*r*e*s* not stored" "$work/store/summary.txt" || wrong "$1: the summary does not say so"
    [ "$(find "$work/store/files" -type f | wc -l)" -eq $((2 - $3)) ] || wrong "$1: $(find "$work/store/files" -type f | wc -l) files are stored"
}
limited file=30 file_store_file_limit 1
limited total=50 file_store_total_limit 1
limited count=1 file_store_count_limit 1
limited file=1 file_store_file_limit 2
run 0 -q -l "$work/fits" --store-limit file=51,total=1K,count=2 "$pcaps/good/transfer-rules/input.pcap"
[ "$(find "$work/fits/files" -type f | wc -l)" -eq 2 ] || wrong "what fits exactly is not stored"
for none in '' file file= file=0 file=x file=1,file=2 size=1 file=1, file=18446744073709551615T file=-1; do
    run 2 -l "$work/never" --store-limit "$none" "$theft"
    says 'store-limit takes'
done
[ ! -e "$work/never" ] || wrong "a folder was made for a command that is wrong"
for none in '' 0 1023 2M 1k; do
    run 2 --file-rules-limit "$none" "$theft"
    says 'file-rules-limit takes'
done
exit $bad
