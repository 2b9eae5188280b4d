#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every packet of the corpus arrives at the other end of the cable: byte by byte, in order, and none besides.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/inject/network.sh"
enter_network "$0"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lay_cable
failed=0

# Captures that are damaged as files, and the one with a packet longer than the cable takes, are left to
# check-refusals.sh, those of no Ethernet to below.
find "$SMIN_SRCDIR/pcaps" -name input.pcap | grep -v -e /bad/capture- -e /unsupported/link-type/ \
	-e /evasion/format- -e /bad/transfer-hostile-names/ | LC_ALL=C sort >"$work/captures"
while read -r capture; do frames "$capture"; done <"$work/captures" >"$work/wanted"
count=$(grep -c '0x0000:' "$work/wanted")
[ "$count" -ge 2000 ] || { echo "only $count packets in the corpus" >&2; exit 1; }

start_recording "$work/arrived.pcap" "$count"
xargs "$replay" --inject out0 --rate max <"$work/captures" >"$work/said" 2>&1 ||
	{ echo "exit status $?" >&2; cat "$work/said" >&2; failed=1; }
grep -q "^$count of $count packets sent to out0: " "$work/said" || { cat "$work/said" >&2; failed=1; }
end_recording || failed=1
frames "$work/arrived.pcap" >"$work/got"
cmp "$work/wanted" "$work/got" >&2 || { diff "$work/wanted" "$work/got" | head -n 10 >&2; failed=1; }

# Packed captures, a folder, standard input: the same packets.
mkdir "$work/folder"
one=$SMIN_SRCDIR/pcaps/good/siet-get-config/input.pcap
gzip -c "$one" >"$work/folder/a.pcap.gz"
cp "$SMIN_SRCDIR/pcaps/evasion/vlan-stack/input.pcap" "$work/folder/b.pcap"
for capture in "$one" "$work/folder/b.pcap" "$one"; do frames "$capture"; done >"$work/wanted"
start_recording "$work/arrived.pcap" "$(grep -c '0x0000:' "$work/wanted")"
"$replay" --inject out0 --rate max "$work/folder" >"$work/said" 2>&1 || failed=1
"$replay" -q --inject out0 --rate max - <"$one" >"$work/said" 2>&1 || failed=1
[ ! -s "$work/said" ] || { echo "--quiet speaks:" >&2; cat "$work/said" >&2; failed=1; }
end_recording || failed=1
frames "$work/arrived.pcap" >"$work/got"
cmp "$work/wanted" "$work/got" >&2 || failed=1

# Captures of a BSD loopback and of Linux "any" have no Ethernet header: the same IP packets behind one.
packets()
{
	# shellcheck disable=SC2086
	tcpdump $as_is -n -t -x -r "$1" 2>/dev/null | grep '^[[:space:]]0x'
}
for case in format-big-endian format-pcapng; do
	one=$SMIN_SRCDIR/pcaps/evasion/$case/input.pcap
	packets "$one" >"$work/wanted"
	count=$(grep -c '0x0000:' "$work/wanted")
	start_recording "$work/arrived.pcap" "$count"
	"$replay" --inject out0 --rate max "$one" >"$work/said" 2>&1 || failed=1
	grep -qx "  $count packets got an Ethernet header of ours: the capture has none" "$work/said" ||
		{ cat "$work/said" >&2; failed=1; }
	end_recording || failed=1
	packets "$work/arrived.pcap" >"$work/got"
	cmp "$work/wanted" "$work/got" >&2 || failed=1
	frames "$work/arrived.pcap" | grep '0x0000:' | grep -v ':  0200 0000 0002 0200 0000 000[12] 0800 45' >&2 && failed=1
done
exit $failed
