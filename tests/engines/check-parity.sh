#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every engine with our adapter gives the same answer as smin-replay: each case of the corpus, deliveries of good ones and
# spoilt messages through all that are at hand. What differs and may is listed, with the reason, in `accepted`.
# The versions of tshark share the captures, so that each capture is given to one; with SMIN_LONG=1 all get all.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/engines
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/captures"
chmod 755 "$work" "$work/captures"
. "$here/find-tshark.sh"

# What alerts are compared: all of Suricata's with their message; none of tshark, which has no rules; those of Snort name
# no message, and an event that one message raises several times is one alert there.
"$here/list-captures.sh" "$work/captures" >"$work/list"
"$here/ask-replay.sh" "$work/list" >"$work/found-replay"
sed '/	alert\.[0-9]*	/d; s/^replay	/replay-messages	/' "$work/found-replay" >"$work/found-replay-messages"
alerts_without_message()
{
	awk -v engine="$1" 'BEGIN { FS = OFS = "\t" } { $1 = engine } $5 ~ /^alert/ { $4 = "-"; $6 = "{}" } $5 != "raised" || !told[$0]++'
}
alerts_without_message replay-alerts <"$work/found-replay" >"$work/found-replay-alerts"

# ask NAME MEASURE LIST SCRIPT [ARGUMENT...]: one column of the table.
ask()
{
	name=$1
	printf '%s\t%s\n' "$name" "$2" >>"$work/engines"
	cp "$3" "$work/list-$name"
	script=$4
	shift 4
	echo "$*" >"$work/options-$name"
	status=0
	"$here/$script" "$name" "$work/list-$name" "$@" >"$work/found-$name" 2>"$work/said-$name" </dev/null || status=$?
	cat "$work/said-$name" >&2
	echo "$status" >"$work/status-$name"
}

# Its socket mode gives packets to several threads; once more with one for everything.
ask suricata8 replay "$work/list" ask-suricata.sh
grep '+' "$work/list" >"$work/list-delivered"
ask suricata8-single replay "$work/list-delivered" ask-suricata.sh --set runmode=single
# As an inline engine reads streams: before they are acknowledged. It does not tell of the end of a direction, which is
# what is spoilt in many spoilt messages.
grep -v '^spoilt/' "$work/list" >"$work/list-inline"
ask suricata8-inline replay "$work/list-inline" ask-suricata.sh --set stream.inline=yes
list_tshark | cut -f 1 >"$work/minors"
count=$(wc -l <"$work/minors")
place=0
[ "$count" -gt 0 ] || ask tshark replay-messages "$work/list" ask-tshark.sh none
while read -r minor; do
	awk -v place=$place -v count="$count" -v all="${SMIN_LONG:-0}" 'all == 1 || NR % count == place' "$work/list" >"$work/share"
	place=$((place + 1))
	ask "tshark-$minor" replay-messages "$work/share" ask-tshark.sh "$minor"
done <"$work/minors"
ask snort3 replay-alerts "$work/list" ask-snort.sh
alerts_without_message snort3 <"$work/found-snort3" >"$work/found" && mv "$work/found" "$work/found-snort3"

bad=0
answers=0
: >"$work/ran"
while read -r name _; do
	case $(cat "$work/status-$name") in
	0)
		answers=$((answers + 1))
		sed "s/	.*//; s/^/$name	/" "$work/list-$name" >>"$work/ran"
		continue
		;;
	77) ;;
	*)
		echo "$name failed" >&2
		bad=1
		;;
	esac
	: >"$work/found-$name"
done <"$work/engines"
[ $answers -gt 0 ] || [ $bad = 1 ] || { echo "SKIPPED: there is no engine with our adapter: nothing was compared" >&2; exit 77; }
compare()
{
	awk -v least=1000 -v shown="${SMIN_SHOWN:-8}" -v whole=1 -f "$here/compare.awk" stage=accepted "$here/accepted" \
		stage=engines "$work/engines" stage=ran "$work/ran" stage=found "$work"/found-* >"$work/answer"
}

# Where several threads of Suricata share the packets, fragments go to one and the rest of their connection to another, and
# can overtake it. A few captures that differ are asked about once more, with one thread; those that still differ, differ.
again()
{
	most=12
	sed -n 's/^\([^, ]*\), \(suricata8[^:]*\): .*/\2	\1/p' "$work/answer" | sort -u >"$work/differing"
	[ -s "$work/differing" ] && [ "$(wc -l <"$work/differing")" -le $most ] || return 1
	while IFS='	' read -r name capture; do
		echo "asked again with one thread: $name about $capture" >&2
		awk -F '\t' -v capture="$capture" '$1 == capture' "$work/list" >"$work/once"
		# shellcheck disable=SC2046 # words, none with a blank
		"$here/ask-suricata.sh" "$name" "$work/once" $(cat "$work/options-$name") --set runmode=single >"$work/fresh" </dev/null ||
			return 1
		awk -F '\t' -v capture="$capture" '$2 != capture' "$work/found-$name" >"$work/rest"
		cat "$work/rest" "$work/fresh" >"$work/found-$name"
	done <"$work/differing"
}

compare || { again && compare; } || bad=1
cat "$work/answer"
exit $bad
