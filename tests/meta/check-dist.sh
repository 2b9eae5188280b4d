#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every tracked file is in the release: a header that nobody lists breaks the build of whoever unpacks it.
set -u
src=${SMIN_SRCDIR:?}
build=${SMIN_BUILDDIR:?}
cd "$src" || exit 1
if ! top=$(git rev-parse --show-toplevel 2>/dev/null) || [ "$top" != "$(pwd -P)" ]; then
    echo "SKIP: this tree is not a checkout, so there is no list of tracked files to compare with"
    exit 77
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-dist.XXXXXX") || exit 1
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
unset MAKEFLAGS MFLAGS MAKELEVEL
if ! (cd "$build" && ${MAKE:-make} distdir distdir="$work/dist" top_distdir="$work/dist") >"$work/log" 2>&1; then
    tail -n 20 "$work/log"
    echo "make distdir failed"
    exit 1
fi
bad=0
# What serves the checkout only.
git ls-files | grep -vE '^(\.gitignore|\.gitattributes|\.ci/.*)$' >"$work/tracked"
while read -r file; do
    [ -e "$work/dist/$file" ] || {
        echo "$file is tracked but not in the release: list it in a local.mk"
        bad=1
    }
done <"$work/tracked"
[ "$(wc -l <"$work/tracked")" -ge 200 ] || { echo "too few tracked files were seen"; bad=1; }
exit $bad
