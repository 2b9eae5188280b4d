#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --dump-rules prints what it reads back: the same rules, the same text. --to-dialect tells what it leaves out.
set -u
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
    echo "$*" >&2
    failed=1
}

# Every file of rules that the tests have, read, written, read, written.
"$replay" --dump-rules > "$work/builtin" || fail "the built-in rules are not printed"
cmp -s "$work/builtin" "$SMIN_SRCDIR/rules/smin.rules" && fail "the form is not canonical"
for rules in "$work/builtin" "$SMIN_SRCDIR/rules/smin.rules" "$SMIN_SRCDIR/tests/fuzz/seeds/fuzz_rule/keywords.rules" \
    "$SMIN_SRCDIR/tests/fuzz/seeds/fuzz_rule/shapes.rules" "${SMIN_PUBLIC_RULES:-/nowhere}"/*.rules; do
    [ -f "$rules" ] || continue
    "$replay" --set LAB_NET=10.0.0.0/8 -S "$rules" --dump-rules > "$work/once" 2> "$work/err" ||
        fail "$rules: $(cat "$work/err")"
    "$replay" --set LAB_NET=10.0.0.0/8 -S "$work/once" --dump-rules > "$work/twice" ||
        fail "$rules: what was printed is not read"
    [ -s "$work/once" ] || fail "$rules: nothing was printed"
    diff "$work/once" "$work/twice" >&2 || fail "$rules: printed twice, it differs"
    "$replay" --set LAB_NET=10.0.0.0/8 --rules-strict -T -q -S "$work/once" || fail "$rules: the text is refused"
done
# Those that the file has off are on in the program.
sed 's/^# alert /alert /' "$SMIN_SRCDIR/rules/smin.rules" > "$work/all.rules"
diff "$work/builtin" "$("$replay" -S "$work/all.rules" --dump-rules > "$work/file"; echo "$work/file")" >&2 ||
    fail "the built-in rules are not those of the file"

# With -v each rule says where it stands, as a comment.
printf 'alert smin any any -> $HOME_NET any (classtype:attempted-recon; sid:1;)\n' > "$work/one.rules"
"$replay" -v --dump-rules -S "$work/one.rules" > "$work/out"
cat > "$work/expected" <<EOF
# $work/one.rules:1: priority 2, Attempt to learn about a system
alert smin any any -> \$HOME_NET any (classtype:attempted-recon; sid:1;)
EOF
diff "$work/expected" "$work/out" >&2 || fail "-v does not say where rules stand"

# What a dialect cannot say is left out, with the reason in its place, and counted.
printf '%s\n' 'alert tcp any any -> any any (content:"a"; byte_test:8,=,1,0; sid:1;)' \
    'alert tcp any any -> any any (content:"b"; nocase; offset:3; sid:2; rev:1;)' > "$work/two.rules"
"$replay" --to-dialect snort3 -S "$work/two.rules" > "$work/out" 2> "$work/err" || fail "exit $? without --rules-strict"
grep -q "^# refused: $work/two.rules:1: 1:1: .*at most 4 bytes" "$work/out" || fail "no reason: $(cat "$work/out")"
grep -q '^alert tcp any any -> any any (.*content:"b",nocase,offset 3; sid:2; rev:1;)$' "$work/out" ||
    fail "not converted: $(cat "$work/out")"
grep -q '1 of 2 rules' "$work/err" || fail "not counted: $(cat "$work/err")"
"$replay" --rules-strict --to-dialect snort3 -S "$work/two.rules" > "$work/out" 2> /dev/null
[ $? -eq 2 ] || fail "--rules-strict does not exit with 2"
grep -q 'sid:2' "$work/out" || fail "--rules-strict printed nothing"
"$replay" --to-dialect snort2 > /dev/null 2> "$work/err"
[ $? -eq 2 ] || fail "an unknown dialect was taken"
exit $failed
