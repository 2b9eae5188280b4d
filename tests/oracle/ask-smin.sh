#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: ask-smin.sh RULES LIST ANSWER
# The same as ask-suricata.sh, asked of smin-replay.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
rules=$1
list=$2
answer=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cut -f 2 "$list" | tr '\n' '\0' >"$work/captures"
status=0
xargs -0 "$SMIN_BUILDDIR/tools/replay/smin-replay" --json --progress=never --rules-strict -S "$rules" \
	<"$work/captures" >"$work/records" 2>"$work/errors" || status=$?
# Captures that are damaged on purpose end with 3, which xargs calls 123.
case $status in
0 | 123) ;;
*) tail -n 20 "$work/errors" >&2; echo "smin-replay failed" >&2; exit 1 ;;
esac
if grep -E ': error: |rules refused' "$work/errors" >&2; then
	echo "smin-replay refuses rules" >&2
	exit 1
fi
jq -r --arg name '' -f "$SMIN_SRCDIR/tests/oracle/alerts.jq" "$work/records" >"$work/alerts"
awk 'BEGIN { FS = OFS = "\t" } FNR == NR { name[$2] = $1; next } { $1 = name[$1]; print }' "$list" "$work/alerts" |
	LC_ALL=C sort -u >"$answer"
