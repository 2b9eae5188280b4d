#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The tables of doc/rules.md are those the code prints ("check-doc.sh --update" writes them), and rules/README.md
# explains every shipped rule and no other.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
page=$SMIN_SRCDIR/doc/rules.md
printer=$SMIN_BUILDDIR/tests/unit/rule/keyword_doc
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

"$printer" >"$work/tables" || { echo "keyword_doc failed" >&2; exit 1; }
awk -v tables="$work/tables" '
	/^<!-- end of tables -->$/ { inside = 0 }
	!inside { print }
	/^<!-- tables: / { inside = 1; while ((getline line < tables) > 0) print line }
' "$page" >"$work/page" || exit 1
if [ "${1:-}" = --update ]; then
	cat "$work/page" >"$page"
elif ! diff "$page" "$work/page" >&2; then
	echo "doc/rules.md is out of date: run tests/unit/rule/check-doc.sh --update" >&2
	exit 1
fi
grep -q 'app-layer-event:smin\.' "$page" || { echo "doc/rules.md has lost its marks" >&2; exit 1; }

sed -n 's/.* sid:\([0-9]*\);.*/\1/p' "$SMIN_SRCDIR/rules/smin.rules" | sort >"$work/shipped"
sed -n 's/^| \([0-9][0-9]*\) |.*/\1/p' "$SMIN_SRCDIR/rules/README.md" | sort >"$work/explained"
[ -s "$work/shipped" ] || { echo "no sid found in rules/smin.rules" >&2; exit 1; }
if ! diff "$work/shipped" "$work/explained" >&2; then
	echo "rules/README.md and rules/smin.rules name different sids" >&2
	exit 1
fi

# What the page shows as rules loads.
awk '/^```/ { inside = !inside; next } inside' "$page" >"$work/examples"
grep -q '^alert ' "$work/examples" || { echo "doc/rules.md shows no rule" >&2; exit 1; }
"$SMIN_BUILDDIR/tools/replay/smin-replay" -T --rules-strict -S "$work/examples" >&2 || exit 1
