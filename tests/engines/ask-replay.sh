#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: ask-replay.sh LIST
# Prints what smin-replay finds in the captures of LIST (lines "name<tab>path"), as eve.jq says it: with the shipped rules,
# each capture by a process of its own, so that none learns from another.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
list=$1
here=$SMIN_SRCDIR/tests/engines
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

while IFS='	' read -r name capture; do
	status=0
	"$SMIN_BUILDDIR/tools/replay/smin-replay" --json --progress=never --rules-strict -S "$SMIN_SRCDIR/rules/smin.rules" \
		"$capture" >>"$work/records" 2>"$work/errors" </dev/null || status=$?
	case $status in
	0 | 3) ;; # 3: damaged on purpose
	*) cat "$work/errors" >&2; echo "smin-replay failed on $name" >&2; exit 1 ;;
	esac
done <"$list"
jq -r --arg name '' --arg source sender -f "$here/eve.jq" "$work/records" >"$work/lines"
awk 'BEGIN { FS = OFS = "\t" } FNR == NR { name[$2] = $1; next } { $1 = name[$1]; print "replay", $0 }' "$list" "$work/lines"
