#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: make-case.sh CASE-FOLDER OUTPUT [more smin-mkpcap options]
# Makes the capture of a case from its talk.txt, as its case.conf says.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
case=$1
output=$2
shift 2

# The words behind "KEY = " in case.conf.
value_of()
{
	sed -n "s/^$1 *= *//p" "$case/case.conf"
}

for name in $(value_of perturb); do set -- "$@" --perturb "$name"; done
for name in $(value_of damage); do set -- "$@" --damage "$name"; done
seed=$(value_of seed)
exec "$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" -I "$SMIN_SRCDIR/pcaps/messages" -I "$SMIN_SRCDIR/tests/vectors" \
	--seed "${seed:-1}" -o "$output" "$@" "$case/talk.txt"
