#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A perturbation changes the delivery and nothing else: tshark puts the same bytes together again, and finds no
# wrong checksum and no damaged header.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
mkpcap=$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap
[ -x "$mkpcap" ] || { echo "SKIPPED: smin-mkpcap was not built (libnet is missing)" >&2; exit 77; }
command -v tshark >/dev/null || { echo "SKIPPED: tshark is missing, nobody puts the packets together again" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
cat >"$work/talk.txt" <<'TALK'
open
> smi capabilities-request
< smi capabilities-response
> smi download-config url="tftp://198.51.100.7/a.conf" scheduled=1 + fill 65 2000
< zeros 300
close
TALK

# Both directions of the first TCP stream; wrong checksums and damaged packets behind it.
read_back()
{
	tshark -q -r "$1" -z follow,tcp,raw,0 2>/dev/null | grep -E '^	?[0-9a-f]+$' | awk '
		/^\t/ { server = server substr($0, 2); next }
		{ client = client $0 }
		END { print client; print server }'
	tshark -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -r "$1" -Y \
		'ip.checksum.status==0 || tcp.checksum.status==0 || udp.checksum.status==0 || _ws.malformed || _ws.short' \
		2>/dev/null
}

"$mkpcap" -o "$work/plain.pcap" "$work/talk.txt"
read_back "$work/plain.pcap" >"$work/plain"
[ "$(wc -l <"$work/plain")" -eq 2 ] && grep -q 746674703a2f2f "$work/plain" ||
	{ echo "tshark does not read the plain conversation" >&2; exit 1; }

# Not here: what changes bytes on purpose (overlap-differ-*, fragment-overlap:first and :last) or takes some away.
# tshark keeps the first copy, so overlap-differ-first is here.
while read -r options; do
	# shellcheck disable=SC2086 # options
	"$mkpcap" $options -o "$work/varied.pcap" "$work/talk.txt" || { echo "$options: fails" >&2; bad=1; continue; }
	read_back "$work/varied.pcap" >"$work/varied"
	cmp -s "$work/plain" "$work/varied" && continue
	echo "$options: tshark reads something else" >&2
	tail -n +3 "$work/varied" | head -n 5 >&2
	bad=1
done <<'LIST'
--perturb split1
--perturb split-random:90 --seed 2
--perturb split-at:16
--perturb split:60 --perturb reorder --seed 3
--perturb duplicate
--perturb overlap-same --seed 5
--perturb overlap-differ-first --seed 6
--perturb fragment:16
--perturb fragment-overlap:same
--perturb midstream
--perturb wrap
--perturb other-port
--perturb ipv6 --perturb fragment
--perturb vlan --perturb qinq
--perturb mpls
--perturb pppoe
--perturb gre
--perturb erspan2
--perturb vxlan --perturb gre
--perturb geneve
--perturb gtpu
--perturb ipip --perturb fragment:200
--perturb raw
--perturb null --perturb big-endian
--perturb ppp
--perturb sll --perturb vlan
--perturb sll2 --perturb nanoseconds
--perturb pcapng --perturb nanoseconds
LIST
exit $bad
