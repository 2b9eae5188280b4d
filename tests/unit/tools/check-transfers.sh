#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Transfers over every protocol that is read: many at the same time are all told, and a long one takes no more memory.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
transfer=$SMIN_BUILDDIR/tools/bench/transfer
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# run NAME PROTOCOL TRANSFERS BLOCKS BLOCK-BYTES
run()
{
	"$transfer" "$2" "$3" "$4" "$5" >"$work/capture.pcap" || failed=1
	"$replay" -v --progress=never --eve "$work/$1.json" "$work/capture.pcap" 2>"$work/$1.err" ||
		{ echo "$2: exit status $?" >&2; cat "$work/$1.err" >&2; failed=1; }
	whole=$(grep -c '"event_type":"fileinfo".*"state":"CLOSED"' "$work/$1.json")
	[ "$whole" = "$3" ] || { echo "$2: $whole of $3 transfers were told as whole" >&2; failed=1; }
}
memory()
{
	sed -n 's/^smin-replay: \([0-9.]*\) MB of memory.*/\1/p' "$work/$1.err"
}
http=http
[ -f "$SMIN_BUILDDIR/.libs/http.so" ] || http= # configure may leave it out
for protocol in tftp $http ftp; do
	run many $protocol 500 4 300
	[ "$(grep -c '"size":1203[,}]' "$work/many.json")" -ge 500 ] || { echo "$protocol: sizes differ" >&2; failed=1; }
	[ "$(grep '"event_type":"fileinfo"' "$work/many.json" | grep -o '"sha256":"[0-9a-f]*"' | sort -u | wc -l)" = 1 ] ||
		{ echo "$protocol: the same contents have several digests" >&2; failed=1; }
	run small $protocol 1 700 1400
	run large $protocol 1 14000 1400
	small=$(memory small) large=$(memory large)
	awk -v small="$small" -v large="$large" 'BEGIN { exit !(small > 0 && large > 0 && large < small * 1.2 + 0.2) }' ||
		{ echo "$protocol: 1 MB takes $small MB of memory, 20 MB take $large" >&2; failed=1; }
done

# A stream has two readers: rules for plain tcp see what moves, and what they see changes nothing about it.
cat >"$work/any.rules" <<'END'
alert tcp any any -> any any (msg:"any stream"; pcre:"/[^\x00]/"; sid:1;)
alert tcp any any -> any any (msg:"begins one"; content:"|00|"; depth:1; sid:2;)
END
records() # KIND, of both runs
{
	for run in plain ruled; do grep "\"event_type\":\"$1\"" "$work/$run.json"; done
}
followed=0
for case in ${http:+"$SMIN_SRCDIR"/pcaps/good/http-*} "$SMIN_SRCDIR"/pcaps/good/ftp-* "$SMIN_SRCDIR"/pcaps/good/sealed-*; do
	"$replay" -q --eve "$work/plain.json" "$case/input.pcap"
	"$replay" -q -s "$work/any.rules" --eve "$work/ruled.json" "$case/input.pcap"
	for kind in fileinfo http ftp sealed; do
		records $kind >"$work/both"
		[ "$(sort "$work/both" | uniq -u | wc -l)" = 0 ] || { echo "$case: rules change its $kind records" >&2; failed=1; }
		followed=$((followed + $(wc -l <"$work/both")))
	done
	grep '"event_type":"fileinfo"' "$work/plain.json" | grep -o '"flow_id":[0-9]*' | sort -u >"$work/flows"
	while read -r flow; do
		grep "$flow," "$work/ruled.json" | grep '"event_type":"alert"' | grep -q '"signature_id":1,' ||
			{ echo "$case: no rule saw the stream with $flow" >&2; failed=1; }
	done <"$work/flows"
done
[ "$followed" -ge 20 ] || { echo "only $followed records of transfers" >&2; failed=1; }
exit $failed
