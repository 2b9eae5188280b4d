#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every engine with our adapter gives the same answer as smin-replay: each case of the corpus, deliveries of good ones and
# spoilt messages through all that are at hand. What differs and may is listed, with the reason, in `accepted`.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/engines
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/captures"
chmod 755 "$work" "$work/captures"

"$here/list-captures.sh" "$work/captures" >"$work/list"
"$here/ask-replay.sh" "$work/list" >"$work/found-replay"

# ask NAME SCRIPT [ARGUMENT...]: one column of the table.
ask()
{
	name=$1
	script=$2
	shift 2
	status=0
	"$here/$script" "$name" "$work/list" "$@" >"$work/found-$name" || status=$?
	echo "$status" >"$work/status-$name"
	echo "$name" >>"$work/engines"
}

ask suricata8 ask-suricata.sh

bad=0
answers=0
: >"$work/ran"
while read -r name; do
	case $(cat "$work/status-$name") in
	0)
		answers=$((answers + 1))
		sed "s/	.*//; s/^/$name	/" "$work/list" >>"$work/ran"
		;;
	77)
		: >"$work/found-$name"
		;;
	*)
		echo "$name failed" >&2
		: >"$work/found-$name"
		bad=1
		;;
	esac
done <"$work/engines"
[ $answers -gt 0 ] || [ $bad = 1 ] || { echo "SKIPPED: there is no engine with our adapter: nothing was compared" >&2; exit 77; }
awk -v least=3000 -v shown="${SMIN_SHOWN:-8}" -v whole=1 -f "$here/compare.awk" stage=accepted "$here/accepted" \
	stage=engines "$work/engines" stage=ran "$work/ran" stage=found "$work"/found-* || bad=1
exit $bad
