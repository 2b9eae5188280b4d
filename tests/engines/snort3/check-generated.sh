#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What is shipped for Snort 3 and was made from something else still says the same as that: the Lua fragment as the
# inspector's tables, the rules as the shipped rules, all of them.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

"$SMIN_BUILDDIR/tests/engines/snort3/print_lua" >"$work/smin.lua"
diff "$SMIN_SRCDIR/plugins/snort3/smin.lua" "$work/smin.lua" ||
	{ echo "make it again: tests/engines/snort3/print_lua > plugins/snort3/smin.lua" >&2; bad=1; }

"$SMIN_SRCDIR/rules/convert-snort3.sh" "$SMIN_BUILDDIR/tools/replay/smin-replay" <"$SMIN_SRCDIR/rules/smin.rules" \
	>"$work/smin-snort3.rules"
diff "$SMIN_SRCDIR/rules/smin-snort3.rules" "$work/smin-snort3.rules" ||
	{ echo "make it again: rules/convert-snort3.sh smin-replay < rules/smin.rules > rules/smin-snort3.rules" >&2; bad=1; }
shipped=$(grep -c 'sid:' "$SMIN_SRCDIR/rules/smin.rules")
converted=$(grep -c 'sid:' "$work/smin-snort3.rules")
[ "$shipped" = "$converted" ] && [ "$shipped" -ge 30 ] ||
	{ echo "$converted of $shipped shipped rules are converted" >&2; bad=1; }
exit $bad
