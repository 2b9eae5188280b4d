#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --rule-cache: the same records with and without, cold, warm and damaged; nobody else's files are trusted.
set -u
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
    echo "$*" >&2
    failed=1
}

capture=$(find "$SMIN_SRCDIR/pcaps/bad/go-siet-get-config" -name '*.pcap' | sort | head -n 1)
[ -f "$capture" ] || { echo "no capture" >&2; exit 1; }
cache=$work/cache
printf 'alert smin any any -> any any (content:"|00 00 00 01|"; sid:1;)\n' > "$work/one.rules"

# What is written, and how often the cache was read and written: "READ WRITTEN".
run() {
    "$replay" -v --eve "$work/records" --rule-cache "$cache" -S "$work/one.rules" "$capture" 2> "$work/err" ||
        fail "exit $?: $(cat "$work/err")"
    sed -i 's/"sandbox":"[^"]*"//' "$work/records"
    used=$(sed -n 's/^smin-replay: compiled rules: \([0-9]*\) read from the cache, \([0-9]*\) written to it$/\1 \2/p' "$work/err")
}
expect() {
    [ "$used" = "$1" ] || fail "$2: read and written $used times, not $1"
    cmp -s "$work/records" "$work/plain" || fail "$2: other records"
}

"$replay" --eve "$work/plain" -S "$work/one.rules" "$capture" || fail "exit $? without a cache"
sed -i 's/"sandbox":"[^"]*"//' "$work/plain"
grep -q '"signature_id":1[,}]' "$work/plain" || fail "nothing is found"
run
if [ "$used" = "0 0" ]; then
    echo "nothing to keep: the matcher is not Hyperscan" >&2
    exit 77
fi
expect "0 1" cold
entry=$(ls "$cache"/*.smindb)
[ "$(stat -c %a "$cache") $(stat -c %a "$entry")" = "700 600" ] || fail "others may read it: $(ls -la "$cache")"
run
expect "1 0" warm
size=$(stat -c %s "$entry")
cp "$entry" "$work/entry"
for length in 0 1 87 88 100 $((size - 1)); do
    head -c "$length" "$work/entry" > "$entry"
    run
    case $used in
    "0 1" | "1 1") ;; # an empty file is none
    *) fail "cut to $length bytes: $used" ;;
    esac
    cmp -s "$entry" "$work/entry" || fail "cut to $length bytes, it was not written anew"
done
printf 'x' | dd of="$entry" bs=1 seek=$((size / 2)) conv=notrunc 2> /dev/null
run
expect "1 1" "a changed byte"
run
expect "1 0" "mended"

# What others may write is not read.
chmod 620 "$entry"
run
expect "0 1" "writable by others"
[ "$(stat -c %a "$entry")" = 600 ] || fail "it stays writable by others"
mv "$entry" "$work/elsewhere"
ln -s "$work/elsewhere" "$entry"
run
expect "0 1" "a symbolic link"
[ -L "$entry" ] && fail "the link stays"

# Left behind by a run that was cut off: nothing.
[ "$(ls -A "$cache" | wc -l)" -eq 1 ] || fail "more than one file: $(ls -A "$cache")"

# A folder that cannot be used is told, and no more.
cache=$work/one.rules
run
grep -q 'are not kept' "$work/err" || fail "not told: $(cat "$work/err")"
cmp -s "$work/records" "$work/plain" || fail "other records without a folder"
exit $failed
