# SPDX-License-Identifier: BSD-2-Clause
# Read by the scripts beside it, which set $work to an empty folder.
replay=$SMIN_BUILDDIR/tools/replay/smin-replay

skip()
{
	echo "SKIPPED: $1: nothing was sent" >&2
	exit 77
}

# enter_network SCRIPT: goes on only inside a network of its own. Everything in it is gone when its last process ends.
enter_network()
{
	[ -z "${SMIN_NETWORK:-}" ] || return 0
	"$replay" --inject no-such-if x 2>&1 | grep -q 'built without' && skip "smin-replay was built without libnet"
	for program in unshare ip tcpdump; do
		PATH=$PATH:/sbin:/usr/sbin command -v $program >/dev/null || skip "$program is missing"
	done
	# Root stays root, so that tcpdump can choose its user; anybody else stays who he is, with rights in there alone.
	kind=--net
	[ "$(id -u)" = 0 ] || kind='--user --map-current-user --keep-caps --net'
	PATH=$PATH:/sbin:/usr/sbin
	# shellcheck disable=SC2086 # several options
	unshare $kind ip link add name out0 type veth peer name in0 2>/dev/null ||
		skip "this system allows no network namespace with interfaces"
	# shellcheck disable=SC2086
	SMIN_NETWORK=1 exec unshare $kind "$1"
}

# Interfaces out0 and in0, ends of one cable, on which nobody but us speaks.
lay_cable()
{
	echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6 2>/dev/null || :
	ip link add name out0 type veth peer name in0 || exit 1
	for end in out0 in0; do
		ip link set $end addrgenmode none 2>/dev/null || : # the same, should that file be out of reach
		ip link set $end up || exit 1
	done
	for _ in $(seq 100); do
		case $(ip -o link show out0) in *LOWER_UP*) return 0 ;; esac
		sleep 0.1
	done
	echo "the cable has no link" >&2
	exit 1
}

as_is=
[ "$(id -u)" != 0 ] || as_is='-Z root' # tcpdump would become somebody who may not write here

# start_recording FILE COUNT: what arrives at in0, until so many packets are there or two minutes are over. Its ring has
# places of the snap length each: a short one makes them many.
start_recording()
{
	rm -f "$1"
	: >"$work/recorder"
	# shellcheck disable=SC2086
	timeout 120 tcpdump $as_is -i in0 -Q in -s 2048 -B 32768 --immediate-mode -w "$1" -c "$2" 2>"$work/recorder" &
	recorder=$!
	for _ in $(seq 300); do
		! grep -q '^tcpdump: listening' "$work/recorder" || return 0
		kill -0 $recorder 2>/dev/null || break
		sleep 0.1
	done
	cat "$work/recorder" >&2
	echo "tcpdump does not listen" >&2
	exit 1
}

# end_recording: false when not everything arrived.
end_recording()
{
	wait $recorder && return 0
	cat "$work/recorder" >&2
	echo "not every packet arrived" >&2
	return 1
}

# frames CAPTURE: bytes of all packets in hexadecimal, no times.
frames()
{
	# shellcheck disable=SC2086
	tcpdump $as_is -n -t -xx -r "$1" 2>/dev/null | grep '^[[:space:]]0x'
}
count_frames()
{
	frames "$1" | grep -c '0x0000:'
}
