#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Same captures, same bytes: any order of operands, number of threads, time zone, locale, sandbox, packing.
set -eu
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$SMIN_SRCDIR"

run() {
    "$replay" -q --json "$@" > "$work/$name" 2> /dev/null || test $? -eq 3
    # The one place where a machine may differ.
    sed 's/,"program":{[^}]*}//' "$work/$name" > "$work/now"
    if [ ! -e "$work/first" ]; then
        test -s "$work/now"
        mv "$work/now" "$work/first"
    elif ! cmp "$work/first" "$work/now"; then
        echo "$name: other bytes" >&2
        exit 1
    fi
}

name=plain; run pcaps/bad pcaps/clean pcaps/evasion pcaps/good pcaps/unsupported
name=again; run pcaps/bad pcaps/clean pcaps/evasion pcaps/good pcaps/unsupported
name=order; run pcaps/unsupported pcaps/good pcaps/evasion pcaps/clean pcaps/bad
name=twice; run pcaps/bad pcaps/bad pcaps/clean pcaps/evasion pcaps/good pcaps/unsupported
for n in 2 3 8; do
    name=threads-$n; run -j $n pcaps/bad pcaps/clean pcaps/evasion pcaps/good pcaps/unsupported
done
name=sandbox; run --no-sandbox pcaps/bad pcaps/clean pcaps/evasion pcaps/good pcaps/unsupported
for zone in America/St_Johns Asia/Kathmandu; do
    export TZ=$zone
    name=zone; run pcaps/bad pcaps/clean pcaps/evasion pcaps/good pcaps/unsupported
done
unset TZ
LC_ALL=tr_TR.UTF-8; export LC_ALL
name=locale; run pcaps/bad pcaps/clean pcaps/evasion pcaps/good pcaps/unsupported
LC_ALL=C

# Packed, and from standard input: same records but for the name.
one=pcaps/good/siet-get-config/input.pcap
"$replay" --json $one | sed 's/"pcap_filename":"[^"]*",//; s/([^)]* packet/(packet/g; s/"pcap_filename":"[^"]*",//g' > "$work/one"
"$replay" --json - < $one | sed 's/"pcap_filename":"[^"]*",//; s/([^)]* packet/(packet/g; s/"pcap_filename":"[^"]*",//g' > "$work/stdin"
cmp "$work/one" "$work/stdin"
