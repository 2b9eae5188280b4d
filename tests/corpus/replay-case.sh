#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: replay-case.sh CASE-FOLDER CAPTURE [more smin-replay options]
# Replays a capture with the rules and options of a case, records on standard output.
# A damaged capture is no failure here: exit status 0, 1 and 3 of smin-replay are 0.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
case=$1
capture=$2
shift 2
value_of()
{
	sed -n "s/^$1 *= *//p" "$case/case.conf"
}
case $(value_of rules) in
file) set -- -S "$case/rules" "$@" ;;
none) set -- -S /dev/null "$@" ;;
esac
# shellcheck disable=SC2046 # options hold no blanks of their own
"$SMIN_BUILDDIR/tools/replay/smin-replay" --json --progress=never $(value_of options) "$@" "$capture" 2>"${SMIN_REPLAY_ERRORS:-/dev/null}"
status=$?
case $status in
0 | 1 | 3) exit 0 ;;
*) exit $status ;;
esac
