#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The layout of the ABI on this machine, on i386 where the compiler can, and every member is in the list.
set -u
src=${SMIN_SRCDIR:?}
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-layout.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
bad=0

compile() { # flags...
    # -ffreestanding: the headers of a C library for the other word size need not be there.
    # shellcheck disable=SC2086
    ${SMIN_CC:-cc} -std=gnu11 -Wall -Werror -ffreestanding "$@" -I"$src/include" -c "$src/tests/abi/layout.c" \
        -o "$work/layout.o"
}

compile || bad=1
echo 'int x;' >"$work/probe.c"
# shellcheck disable=SC2086
if ${SMIN_CC:-cc} -m32 -ffreestanding -c "$work/probe.c" -o "$work/probe.o" 2>/dev/null; then
    compile -m32 || bad=1
else
    echo "this compiler has no -m32: only the layout of this machine was looked at"
fi

# A member that nobody listed is a member that can move unseen.
cat "$src"/include/smin/field.h "$src"/include/smin/abi.h "$src"/include/smin/abi_ext.h "$src"/include/smin/abi_lent.h | awk '
/^struct smin_[a-z_]+ \{/ { type = $2; next }
/^\};/ { type = "" }
type != "" && /\(\*[a-z_]+\)\(/ { sub(/^.*\(\*/, ""); sub(/\).*/, ""); print type, $0; next }
type != "" && /^    [a-z].*;/ { sub(/;.*/, ""); sub(/\[.*/, ""); sub(/^.*[ *]/, ""); if ($0 !~ /\)$/) print type, $0 }
' | sort >"$work/declared"
sed -n 's/^MEMBER(\([a-z_]*\), \([a-z_0-9]*\),.*/\1 \2/p' "$src/tests/abi/layout.c" "$src/tests/abi/layout_lent.h" | sort >"$work/listed"
if ! diff "$work/declared" "$work/listed" >"$work/diff"; then
    echo "declared (<) and listed (>) members differ:"
    cat "$work/diff"
    bad=1
fi
[ "$(wc -l <"$work/listed")" -ge 150 ] || { echo "too few members are listed"; bad=1; }
exit $bad
