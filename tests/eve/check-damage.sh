#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Damaged lines are named by number and counted; the others still count. Nothing of it is taken for something it is not.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
read_eve=$SMIN_BUILDDIR/tests/eve/read_eve
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
expected=$SMIN_SRCDIR/pcaps/good/siet-change-config/expect.jsonl
grep -vE '"event_type":"(device|incident|stats)"' "$expected" > "$work/records"
grep -E '"event_type":"(device|incident)"' "$expected" > "$work/wanted"

fails() {
    echo "$1" >&2
    cat "$work/errors" >&2
    exit 1
}

# What stands between the records is damaged, each line in its own way.
cat > "$work/damage" <<'END'
{"timestamp":"2026-01-02T03:04:05.000000+0000","event_type":"smin"
not JSON at all
[1,2,3]
{"timestamp":"2026-01-02T03:04:05.000000+0000"}
{"timestamp":"2026-13-02T03:04:05.000000+0000","flow_id":1,"event_type":"smin","src_ip":"192.0.2.1","dest_ip":"192.0.2.2","smin":{"direction":"to_server","offset":0}}
{"timestamp":"2026-01-02T03:04:05.000000+0000","flow_id":"1","event_type":"smin","src_ip":"192.0.2.1","dest_ip":"192.0.2.2","smin":{"direction":"to_server","offset":0}}
{"timestamp":"2026-01-02T03:04:05.000000+0000","flow_id":1,"event_type":"smin","src_ip":"192.0.2.999","dest_ip":"192.0.2.2","smin":{"direction":"to_server","offset":0}}
{"timestamp":"2026-01-02T03:04:05.000000+0000","flow_id":1,"event_type":"smin","src_ip":"192.0.2.1","dest_ip":"2001:db8::1","smin":{"direction":"to_server","offset":0}}
{"timestamp":"2026-01-02T03:04:05.000000+0000","flow_id":1,"event_type":"smin","src_ip":"192.0.2.1","src_port":70000,"dest_ip":"192.0.2.2","smin":{"direction":"to_server","offset":0}}
{"timestamp":"2026-01-02T03:04:05.000000+0000","flow_id":1,"event_type":"smin","src_ip":"192.0.2.1","dest_ip":"192.0.2.2","smin":{"direction":"sideways","offset":0}}
{"timestamp":"2026-01-02T03:04:05.000000+0000","flow_id":1,"event_type":"smin","src_ip":"192.0.2.1","dest_ip":"192.0.2.2","smin":{"direction":"to_server","offset":-1}}
{"timestamp":"2026-01-02T03:04:05.000000+0000","flow_id":1,"event_type":"smin","src_ip":"192.0.2.1","dest_ip":"192.0.2.2","smin":"to_server"}
{"timestamp":"2026-01-02T03:04:05.000000+0000","flow_id":1,"event_type":"flow","proto":"TCP","src_ip":"192.0.2.1","dest_ip":"192.0.2.2","flow":{}}
{"timestamp":"2026-01-02T03:04:05.000000+0000","flow_id":1,"event_type":"fileinfo","src_ip":"192.0.2.1","dest_ip":"192.0.2.2","fileinfo":{"filename":"a"}}
END
damaged=$(wc -l < "$work/damage")
cat "$work/damage" "$work/records" > "$work/mixed"
status=0
"$read_eve" -s < "$work/mixed" > "$work/given" 2> "$work/errors" || status=$?
[ "$status" = 3 ] || fails "damaged lines: exit status $status"
cmp -s "$work/wanted" "$work/given" || fails "damaged lines changed what the others say"
grep -q " malformed $damaged " "$work/errors" || fails "not $damaged lines counted as damaged"
number=0
while [ "$number" -lt "$damaged" ]; do
    number=$((number + 1))
    grep -q "^line $number: " "$work/errors" || fails "line $number is not named"
done

# A line beyond the limit, in the middle: the one behind it is read as always.
{
    sed 1q "$work/records"
    head -c 1100000 /dev/zero | tr '\0' 'x'
    echo
    sed 1d "$work/records"
} > "$work/long"
status=0
"$read_eve" -s < "$work/long" > "$work/given" 2> "$work/errors" || status=$?
[ "$status" = 3 ] && grep -q "^line 2: .*too long" "$work/errors" && grep -q " too-long 1 " "$work/errors" ||
    fails "a line that is too long: exit status $status"
cmp -s "$work/wanted" "$work/given" || fails "a line that is too long changed what the others say"

# Other kinds of records, empty lines, no end of the last line.
{
    echo '{"timestamp":"2026-01-02T03:04:05.000000+0000","flow_id":1,"event_type":"dns","src_ip":"192.0.2.1","dest_ip":"192.0.2.2","dns":{}}'
    echo
    printf '%s' "$(cat "$work/records")"
} > "$work/other"
"$read_eve" -s < "$work/other" > "$work/given" 2> "$work/errors" || fails "other records: exit status $?"
grep -q " malformed 0 " "$work/errors" || fails "other records are no damage"
cmp -s "$work/wanted" "$work/given" || fails "other records changed what ours say"

# Nothing, and the records cut at every one of many places: never a crash, never more than what was there.
"$read_eve" < /dev/null > "$work/given"
[ ! -s "$work/given" ] || fails "incidents out of nothing"
size=$(wc -c < "$work/records")
at=1
while [ "$at" -lt "$size" ]; do
    status=0
    head -c "$at" "$work/records" | "$read_eve" > "$work/given" 2> "$work/errors" || status=$?
    [ "$status" = 0 ] || [ "$status" = 3 ] || fails "cut at $at: exit status $status"
    at=$((at + 97))
done
echo "$damaged damaged lines, a long one, $((size / 97)) cuts"
