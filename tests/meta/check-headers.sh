#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every installed header compiles alone, in C99, C11, C17 and C++17, twice included, without a warning.
set -u
src=${SMIN_SRCDIR:?}
build=${SMIN_BUILDDIR:?}
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-headers.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
count=0

try() { # header language standard compiler...
    header=$1
    suffix=$2
    standard=$3
    shift 3
    printf '#include <smin/%s>\n#include <smin/%s>\nint smin_check_headers;\n' "$header" "$header" >"$work/one.$suffix"
    if ! "$@" "-std=$standard" -Wall -Wextra -Wpedantic -Wshadow -Werror -I"$src/include" -I"$build/include" \
        -c "$work/one.$suffix" -o "$work/one.o" 2>"$work/log"; then
        echo "smin/$header does not compile alone as $standard:"
        sed 's/^/    /' "$work/log"
        bad=1
    fi
    count=$((count + 1))
}

for path in "$src"/include/smin/*.h "$build"/include/smin/version.h; do
    [ -f "$path" ] || { echo "$path is missing"; bad=1; continue; }
    header=$(basename "$path")
    for standard in c99 c11 c17; do
        # shellcheck disable=SC2086
        try "$header" c "$standard" ${SMIN_CC:-cc}
    done
    # shellcheck disable=SC2086
    try "$header" cc c++17 ${SMIN_CXX:-c++}
done
[ "$count" -ge 36 ] || { echo "only $count compilations were tried"; bad=1; }
exit $bad
