#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The shim for Snort 3 behaves, wherever this runs: compiled against a stub of the interface, with the built-in inspector and
# with another one.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
bad=0
"$SMIN_BUILDDIR/tests/engines/snort3/test_shim" || bad=1
SMIN_SNORT_INSPECTOR=$SMIN_BUILDDIR/tests/abi/.libs/dummy.so "$SMIN_BUILDDIR/tests/engines/snort3/test_shim" other || bad=1
SMIN_SNORT_INSPECTOR=/nowhere/at-all.so "$SMIN_BUILDDIR/tests/engines/snort3/test_shim" >none 2>&1 && bad=1
grep -q 'not ok 1 - the plugin registers something' none || { cat none; echo "a missing inspector is no failure"; bad=1; }
exit $bad
