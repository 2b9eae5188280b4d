#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Same input, same output: whatever the time zone, the locale, the threads, the order of operands, the run.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
cd "$SMIN_SRCDIR/pcaps"
forward=$(for file in */*/input.pcap; do echo "$file"; done)
backward=$(for file in $forward; do echo "$file"; done | sort -r)

# NAME, then assignments for the environment and options; the captures are in $operands.
run()
{
	name=$1
	shift
	status=0
	# shellcheck disable=SC2086 # names of captures hold no blanks
	env "$@" $operands >"$work/$name" 2>"$work/$name.err" || status=$?
	case $status in
	0 | 1 | 3) ;;
	*) echo "$name: exit status $status" >&2; cat "$work/$name.err" >&2; bad=1 ;;
	esac
}
same()
{
	cmp -s "$work/first" "$work/$1" && return
	echo "$1: other output" >&2
	diff "$work/first" "$work/$1" | head -n 5 >&2
	bad=1
}

operands=$forward
run first "$replay" --json --progress=never
[ -s "$work/first" ] || { echo "no output" >&2; bad=1; }
for again in 1 2 3 4 5; do
	run "again$again" "$replay" --json --progress=never
	same "again$again"
done
run zone TZ=Pacific/Auckland "$replay" --json --progress=never
same zone
for locale in C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8; do
	run locale LC_ALL=$locale LANG=$locale "$replay" --json --progress=never
	same locale
done
run environment -i PATH="$PATH" MALLOC_PERTURB_=165 "$replay" --json --progress=never
same environment
for threads in 1 2 3 4; do
	run "threads$threads" "$replay" --json --progress=never -j "$threads"
	same "threads$threads"
done
operands=$backward
run backward "$replay" --json --progress=never
same backward
exit $bad
