#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What cannot be sent to and what cannot be sent: each with its words and its exit status.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/inject/network.sh"
one=$SMIN_SRCDIR/pcaps/good/siet-get-config/input.pcap
[ -n "${SMIN_INJECT_WORK:-}" ] || { SMIN_INJECT_WORK=$(mktemp -d); export SMIN_INJECT_WORK; }
work=$SMIN_INJECT_WORK
trap 'rm -rf "$work"' EXIT
failed=0

# refused STATUS TEXT OPTION...: exactly this, on standard error.
refused()
{
	wanted=$1
	printf 'smin-replay: %s\n' "$2" >"$work/wanted"
	shift 2
	"$replay" "$@" >"$work/out" 2>"$work/err"
	got=$?
	[ $got -eq "$wanted" ] && cmp -s "$work/wanted" "$work/err" && [ ! -s "$work/out" ] && return
	echo "smin-replay $*: exit status $got, not $wanted; said" >&2
	cat "$work/out" "$work/err" >&2
	failed=1
}

if [ -z "${SMIN_NETWORK:-}" ]; then
	help='; see smin-replay --help'
	refused 2 "--rate goes with --inject$help" --rate 5 "$one"
	for option in --json '-l folder' '-j 2' '--fail-on low' '-s x.rules' -T --no-builtin '-k all' '--director 192.0.2.1' \
		'--corpus folder' --color=never; do
		name=$(case $option in -l*) echo log-dir ;; -j*) echo threads ;; -s*) echo rules ;; -T) echo test ;;
			-k*) echo checksums ;; *) echo "$option" | sed 's/^--//; s/[ =].*//' ;; esac)
		# shellcheck disable=SC2086 # option and argument
		refused 2 "--inject sends packets and decodes nothing; it excludes --$name$help" $option --inject no-such-if "$one"
	done
	refused 2 "--rate takes N|original|max, not 'fast'$help" --inject no-such-if --rate fast "$one"
	refused 2 "--rate takes N|original|max, not '0'$help" --inject no-such-if --rate 0 "$one"
	refused 2 "no capture given$help" --inject no-such-if
	if "$replay" --inject no-such-if "$one" 2>&1 | grep -q 'built without'; then
		refused 2 '--inject needs libnet, which this program was built without' --inject no-such-if "$one"
		exit $failed
	fi
	refused 2 'no-such-if: there is no such network interface' --inject no-such-if "$one"
	refused 2 'a-name-longer-than-any: there is no such network interface' --inject a-name-longer-than-any "$one"
	refused 2 ': there is no such network interface' --inject '' "$one"
	refused 2 'lo: a loopback interface hands what is sent to this very machine; take another, such as one of veth' \
		--inject lo "$one"
	[ $failed -eq 0 ] || exit 1
fi
enter_network "$0"

lay_cable
ip link add name 0net type veth peer name 1net && ip link set 0net up && ip link set 1net up
# libnet takes a name that begins with a digit for an address first.
"$replay" -q --inject 0net --rate max "$one" || failed=1
arrived=$(ip -s link show dev 1net | awk 'seen { print $2; exit } /RX:/ { seen = 1 }')
[ "$arrived" = 20 ] || { echo "$arrived packets instead of 20 arrived behind 0net" >&2; failed=1; }
ip tuntap add dev tun0 mode tun 2>/dev/null && refused 2 'tun0: not an Ethernet interface' --inject tun0 "$one"
if command -v setpriv >/dev/null; then
	printf '%s\n' 'smin-replay: out0: sending takes the right CAP_NET_RAW: run as root, or setcap cap_net_raw+ep smin-replay' >"$work/wanted"
	setpriv --bounding-set=-net_raw --inh-caps=-net_raw --ambient-caps=-all "$replay" --inject out0 "$one" >"$work/out" 2>"$work/err"
	[ $? -eq 4 ] && cmp "$work/wanted" "$work/err" >&2 || { cat "$work/err" >&2; failed=1; }
fi

# sent STATUS LINES OPTION...: what standard output holds, but for the time it took and the bytes.
sent()
{
	wanted=$1
	printf '%s\n' "$2" >"$work/wanted"
	shift 2
	"$replay" --inject out0 --rate max "$@" 2>"$work/err" >"$work/out"
	got=$?
	sed "s/: [0-9]* bytes in .*//; s|$SMIN_SRCDIR/||; s|$work/||" "$work/out" >"$work/lines"
	[ $got -eq "$wanted" ] && cmp -s "$work/wanted" "$work/lines" && [ ! -s "$work/err" ] && return
	echo "smin-replay --inject out0 $*: exit status $got, not $wanted; said" >&2
	cat "$work/out" "$work/err" >&2
	failed=1
}
cd "$SMIN_SRCDIR" || exit 1
sent 3 '7 of 8 packets sent to out0
  not sent: 1 packet not whole in the capture

Incomplete (1)
  pcaps/bad/capture-snaplen/input.pcap: packets_cut at packet 4: 1 packet not sent' pcaps/bad/capture-snaplen/input.pcap
sent 3 '0 of 8 packets sent to out0
  not sent: 8 packets of a link type that an Ethernet does not carry

Incomplete (1)
  pcaps/unsupported/link-type/input.pcap: link_type_unsuitable at packet 1: 8 packets not sent' pcaps/unsupported/link-type/input.pcap
sent 3 '7 of 7 packets sent to out0

Incomplete (1)
  pcaps/bad/capture-truncated/input.pcap: file_truncated at byte 1570' pcaps/bad/capture-truncated/input.pcap
sent 3 '0 of 0 packets sent to out0

Incomplete (1)
  absent.pcap: file_unreadable: No such file or directory' "$work/absent.pcap"
ip link set out0 mtu 576
sent 3 '19 of 20 packets sent to out0
  not sent: 1 packet longer than the MTU of out0, 576 bytes

Incomplete (1)
  pcaps/good/siet-get-config/input.pcap: packets_longer_than_mtu at packet 10: 1 packet not sent' "$one"
ip link set out0 mtu 1500

# An interface that goes down while it is sent to.
"$replay" --inject out0 pcaps/good/siet-get-config/input.pcap pcaps/good/slow-line/input.pcap >"$work/out" 2>"$work/err" &
sender=$!
sleep 0.3
ip link set out0 down
for _ in $(seq 300); do kill -0 $sender 2>/dev/null || break; sleep 0.1; done
kill $sender 2>/dev/null
wait $sender
got=$?
[ $got -eq 4 ] && grep -q '^smin-replay: out0: Network is down after [0-9]* packets$' "$work/err" ||
	{ echo "exit status $got, not 4, when the interface went down; said" >&2; cat "$work/out" "$work/err" >&2; failed=1; }
refused 4 'out0: the interface is down; ip link set out0 up' --inject out0 "$one"
ip link set out0 up
ip link set in0 down
refused 4 'out0: the interface has no link: packets would go nowhere' --inject out0 "$one"
exit $failed
