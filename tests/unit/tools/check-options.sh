#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --help, the manual page and the completion name the same options: they all follow tools/replay/options.def.
set -eu
table=$SMIN_SRCDIR/tools/replay/options.def
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sed -n 's/^SMINI_OPTION([A-Z_]*, [^,]*, "\([a-z-]*\)".*/--\1/p' "$table" | sort > "$work/table"
test -s "$work/table"
"$replay" --help | sed -n 's/^  \(-., \|    \)\(--[a-z-]*\).*/\2/p' | sort > "$work/help"
sed -n 's/^\.It .*Fl -\([a-z-]*\).*/--\1/p' "$SMIN_SRCDIR/doc/smin-replay.1" | sort > "$work/manual"
sed -n "/compgen -W '--read/,/' --/p" "$SMIN_SRCDIR/doc/completion/smin-replay" |
    grep -o -e '--[a-z][a-z-]*' | sort > "$work/completion"

failed=0
for other in help manual completion; do
    if ! diff -u "$work/table" "$work/$other"; then
        echo "$other and options.def differ" >&2
        failed=1
    fi
done
# Letters, and what each takes, stand in the manual page too.
sed -n "s/^SMINI_OPTION([A-Z_]*, '\(.\)', \"\([a-z-]*\)\".*/\1 \2/p" "$table" > "$work/letters"
while read -r letter name; do
    if ! grep -q "^\.It Fl $letter , Fl -$name" "$SMIN_SRCDIR/doc/smin-replay.1"; then
        echo "smin-replay.1 does not give -$letter with --$name" >&2
        failed=1
    fi
done < "$work/letters"
if command -v bash > /dev/null; then
    bash -n "$SMIN_SRCDIR/doc/completion/smin-replay" || failed=1
fi
exit $failed
