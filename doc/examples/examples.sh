#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The examples say what their .expected files say.
set -u
src=${SMIN_SRCDIR:?}/doc/examples
build=${SMIN_BUILDDIR:?}
# Where the programs are; check-install.sh names the folder of those it built against the installed tree.
programs=${SMIN_EXAMPLES:-$build/doc/examples}
plugin=${SMIN_EXAMPLE_PLUGIN:-$build/tests/abi/.libs/dummy.so}
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-examples.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
bad=0

example() { # name arguments...
    name=$1
    shift
    "$programs/$name" "$@" >"$work/$name" 2>&1 || {
        echo "$name: exit status $?"
        bad=1
    }
    diff -u "$src/$name.expected" "$work/$name" || bad=1
}

example decode
example host "$plugin" 'HELLO you
SET colour=blue
BYE'
example match
exit $bad
