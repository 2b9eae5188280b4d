#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: inject.sh ROUNDS CAPTURE START
# Sends CAPTURE from one end of a virtual cable to the other as fast as it goes, with smin-replay and with tcpreplay,
# in a network of its own. Prints the lines of `series`; nothing, and why on standard error, where that cannot be.
# Each contender must deliver every packet first: no figure otherwise.
set -u
: "${SMIN_BUILDDIR:?}" "${SMIN_REPLAY:?}"
PATH=$PATH:/sbin:/usr/sbin
kind=--net
[ "$(id -u)" = 0 ] || kind='--user --map-current-user --keep-caps --net'
if [ -z "${SMIN_NETWORK:-}" ]; then
    # shellcheck disable=SC2086 # several options
    unshare $kind ip link add name out0 type veth peer name in0 2>/dev/null || {
        echo "no network namespace with interfaces can be made here" >&2
        exit 77
    }
    # shellcheck disable=SC2086
    SMIN_NETWORK=1 exec unshare $kind "$0" "$@"
fi
rounds=$1 capture=$2 start=$3

echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6 2>/dev/null
ip link add name out0 mtu 9000 type veth peer name in0 mtu 9000 && ip link set out0 up && ip link set in0 up || exit 1
arrived() { ip -s link show dev in0 | awk 'seen { print $2; exit } /RX:/ { seen = 1 }'; }

packets=$("$SMIN_REPLAY" --inject out0 --rate max "$capture" | sed -n 's/^[0-9]* of \([0-9]*\) packets sent .*/\1/p')
[ "$(arrived)" = "$packets" ] || { echo "smin-replay: $(arrived) of $packets packets arrived" >&2; exit 1; }
set -- smin-replay "exec \"$SMIN_REPLAY\" -q --inject out0 --rate max \"\$CAPTURE\""
if command -v tcpreplay >/dev/null; then
    tcpreplay --quiet --topspeed --intf1=out0 "$capture" >/dev/null 2>&1
    [ "$(arrived)" = $((2 * packets)) ] || { echo "tcpreplay: not every packet arrived" >&2; exit 1; }
    set -- "$@" tcpreplay 'exec tcpreplay --quiet --topspeed --intf1=out0 "$CAPTURE" >/dev/null 2>&1'
else
    echo "tcpreplay is not installed: there is nothing to compare with" >&2
fi
"$SMIN_BUILDDIR/tools/bench/series" "$rounds" "$capture" "$start" "$packets" "$@"
