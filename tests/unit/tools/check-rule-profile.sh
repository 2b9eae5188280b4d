#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --rule-profile: the same table for any number of threads, sorted by cost, and as JSON; records are as without.
set -u
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
    echo "$*" >&2
    failed=1
}

printf '%s\n' 'alert smin any any -> any any (msg:"dear\; and slow"; pcre:"/\x00.*\x00.*\x01(?!\x02)/s"; sid:1;)' \
    'alert smin any any -> any any (msg:"cheap"; smin.type:4; sid:2;)' \
    'alert smin any any -> any any (msg:"never"; flow:only_stream; content:"nowhere"; sid:3;)' > "$work/rules"
for threads in 1 4; do
    "$replay" -q -j $threads -S "$work/rules" --eve "$work/records.$threads" --rule-profile "$work/table.$threads" \
        "$SMIN_SRCDIR/pcaps/bad" 2> "$work/err"
    case $? in 0 | 3) ;; *) fail "exit $?: $(cat "$work/err")" ;; esac
done
"$replay" -q -j 4 -S "$work/rules" --eve "$work/records" "$SMIN_SRCDIR/pcaps/bad" 2> /dev/null
cmp -s "$work/table.1" "$work/table.4" || fail "the table depends on threads: $(diff "$work/table.1" "$work/table.4")"
sed -i 's/"memory_[a-z]*":[0-9]*//g' "$work/records" "$work/records.1"
cmp -s "$work/records" "$work/records.1" || fail "counting changes the records"
head -n 1 "$work/table.1" | grep -q '^ *checks *verifications *steps *matches *undecided *rule *message$' ||
    fail "no head: $(head -n 1 "$work/table.1")"
sed -n 2p "$work/table.1" | grep -q '1:1:0 *dear; and slow$' || fail "the dear rule is not first: $(cat "$work/table.1")"
sed -n 3p "$work/table.1" | grep -q '1:2:0 *cheap$' || fail "the cheap rule is not second: $(cat "$work/table.1")"
tail -n 1 "$work/table.1" | grep -q '^1 of 3 rules were never asked\.$' || fail "not all told: $(tail -n 1 "$work/table.1")"
matches=$(awk '$6 == "1:2:0" { print $4 }' "$work/table.1")
alerts=$(grep -c '"signature_id":2[,}]' "$work/records")
[ -n "$matches" ] && [ "$matches" -gt 0 ] && [ "$matches" = "$alerts" ] || fail "$matches matches, $alerts alerts"

"$replay" -q -S "$work/rules" --rule-profile "$work/table.json" "$SMIN_SRCDIR/pcaps/bad" 2> /dev/null
[ "$(wc -l < "$work/table.json")" -eq 2 ] || fail "not one line a rule: $(cat "$work/table.json")"
head -n 1 "$work/table.json" | grep -q '^{"gid":1,"signature_id":1,"rev":0,"checks":[0-9]*,.*"signature":"dear; and slow"}$' ||
    fail "not as JSON: $(head -n 1 "$work/table.json")"

"$replay" --json --rule-profile - "$SMIN_SRCDIR/pcaps/bad" > /dev/null 2>&1
[ $? -eq 2 ] || fail "records and table were mixed"
exit $failed
