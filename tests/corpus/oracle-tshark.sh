#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A second opinion on reassembly: every TCP stream of the good cases has as many bytes in each
# direction for smin-replay as for tshark. A control connection of FTP has no record where its files are told with the
# connections that carried them.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
for tool in tshark jq; do
	command -v $tool >/dev/null || { echo "SKIPPED: $tool is missing, nobody to compare with" >&2; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
streams=0

cd "$SMIN_SRCDIR/pcaps"
for case in good/*; do
	capture=$case/input.pcap
	tshark -q -r "$capture" -z follow,tcp,raw,0 -z follow,tcp,raw,1 -z follow,tcp,raw,2 -z follow,tcp,raw,3 \
		>"$work/follow" 2>/dev/null || { echo "$case: tshark cannot read it" >&2; bad=1; continue; }
	# Bytes of client and server, one line per stream that has any.
	awk '
		function flush() { if (client + server > 0) print client, server; client = server = 0 }
		/^Follow:/ { flush() }
		/^[0-9a-f]+$/ { client += length($0) / 2 }
		/^\t[0-9a-f]+$/ { server += (length($0) - 1) / 2 }
		END { flush() }
	' "$work/follow" | LC_ALL=C sort >"$work/tshark"
	"$SMIN_SRCDIR/tests/corpus/replay-case.sh" "$case" "$capture" >"$work/records"
	jq -r 'select(.event_type == "flow" and .proto == "TCP") | .flow
		| select(.stream_bytes_toserver + .stream_bytes_toclient > 0)
		| "\(.stream_bytes_toserver) \(.stream_bytes_toclient)"' "$work/records" | LC_ALL=C sort >"$work/replay"
	streams=$((streams + $(wc -l <"$work/tshark")))
	case $case in
	good/ftp-*) LC_ALL=C comm -13 "$work/tshark" "$work/replay" >"$work/differ"
		[ -s "$work/differ" ] || [ ! -s "$work/replay" ] || continue ;;
	*) diff "$work/tshark" "$work/replay" >"$work/differ" && continue ;;
	esac
	echo "$case: tshark (<) and smin-replay (>) reassemble differently" >&2
	cat "$work/differ" >&2
	bad=1
done
[ $streams -gt 35 ] || { echo "tshark showed only $streams streams" >&2; bad=1; }
exit $bad
