#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: run-variants.sh [CASE [VARIANT]]
# The same conversation, delivered in other ways, means the same: every good case, and every other one that COVERAGE
# needs for a shipped rule, gives in every variant of the file `variants` the findings of the plain case; that file
# says what a variant may change. And no message has two alerts, however it is delivered.
# Without SMIN_LONG=1 a quarter of the pairs is run: each variant on each fourth case, each time from another one on.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/corpus
[ -x "$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" ] || { echo "SKIPPED: smin-mkpcap was not built (libnet is missing)" >&2; exit 77; }
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, findings cannot be compared" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
runs=0
cases=${1:-$(cd "$SMIN_SRCDIR/pcaps" && echo good/* && grep -v '^#' COVERAGE | cut -f 2 | grep -v '^good/' | sort -u)}
only=${2:-}

# CASE RECORDS [mkpcap options [-- replay options]]
records()
{
	folder=$SMIN_SRCDIR/pcaps/$1
	output=$2
	shift 2
	making=
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		making="$making $1"
		shift
	done
	[ $# -eq 0 ] || shift
	# shellcheck disable=SC2086 # options hold no blanks of their own
	"$here/make-case.sh" "$folder" "$work/input.pcap" $making && "$here/replay-case.sh" "$folder" "$work/input.pcap" "$@" >"$output"
}

# MODE RECORDS
findings()
{
	jq -r --arg mode "$1" -f "$here/findings.jq" "$2" | LC_ALL=C sort
}

# NAME MODE CASE [options]
variant()
{
	name=$1
	mode=$2
	case=$3
	shift 3
	if grep -q "^except $case $name " "$here/variants"; then return; fi
	runs=$((runs + 1))
	records "$case" "$work/varied.json" "$@" || { echo "$case, $name: cannot be run" >&2; bad=1; return; }
	jq -r -s -f "$here/alerts-per-message.jq" "$work/varied.json" >"$work/several"
	[ ! -s "$work/several" ] || { echo "$case, $name: several alerts on one message: $(cat "$work/several")" >&2; bad=1; }
	findings "$mode" "$work/$(echo "$case" | tr / _).json" >"$work/plain"
	findings "$mode" "$work/varied.json" >"$work/varied"
	if [ "$mode" = fewer ]; then
		LC_ALL=C comm -13 "$work/plain" "$work/varied" >"$work/differ"
	else
		diff "$work/plain" "$work/varied" >"$work/differ" || :
	fi
	[ -s "$work/differ" ] || return 0
	echo "$case, $name: other findings" >&2
	cut -c 1-240 "$work/differ" >&2
	bad=1
}

found=0
place=0
for case in $cases; do
	records "$case" "$work/$(echo "$case" | tr / _).json" || { echo "$case: cannot be run" >&2; exit 1; }
	found=$((found + $(findings fewer "$work/$(echo "$case" | tr / _).json" | wc -l)))
done
while read -r name mode options; do
	case $name in '' | \#* | except) continue ;; esac
	[ -z "$only" ] || [ "$only" = "$name" ] || continue
	place=$((place + 1))
	turn=$place
	for case in $cases; do
		turn=$((turn + 1))
		[ $# -gt 0 ] || [ "${SMIN_LONG:-0}" = 1 ] || [ $((turn % 4)) -eq 0 ] || continue
		# shellcheck disable=SC2086 # the list holds options
		variant "$name" "$mode" "$case" $options </dev/null
	done
done <"$here/variants"
echo "$runs runs over $found findings" >&2
[ $# -gt 0 ] || [ $runs -gt 400 ] || { echo "too few runs: where is the list?" >&2; bad=1; }
[ $# -gt 0 ] || [ $found -gt 40 ] || { echo "too few findings to compare" >&2; bad=1; }
exit $bad
