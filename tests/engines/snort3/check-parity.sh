#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Snort 3 with our adapter gives the same answer as smin-replay: messages field by field, their events, and the alerts of the
# converted rules. What differs by Snort's nature is listed in `accepted` beside this file, with the reason.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
engines=$SMIN_SRCDIR/tests/engines
here=$engines/snort3
. "$here/find-snort.sh"
find_snort
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/captures"

"$engines/list-captures.sh" "$work/captures" >"$work/list"
# An alert of Snort's names no message: who sent it and which rule is compared. An event that a message raises several
# times is one alert: that it was raised is compared here, how often in the message's own list.
comparable()
{
	awk 'BEGIN { FS = OFS = "\t" } $5 ~ /^alert/ { $4 = "-"; $6 = "{}" } $5 != "raised" || !told[$0]++ { print }' "$1"
}
"$engines/ask-replay.sh" "$work/list" >"$work/replay"
"$engines/ask-snort.sh" snort3 "$work/list" >"$work/snort3"
comparable "$work/replay" >"$work/found-replay"
comparable "$work/snort3" >"$work/found-snort3"
echo snort3 >"$work/engines"
sed "s/	.*//; s/^/snort3	/" "$work/list" >"$work/ran"
awk -v least=3000 -v shown="${SMIN_SHOWN:-8}" -v whole=1 -f "$engines/compare.awk" stage=accepted "$here/accepted" \
	stage=engines "$work/engines" stage=ran "$work/ran" stage=found "$work/found-replay" "$work/found-snort3"
