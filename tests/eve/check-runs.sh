#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Records of many runs, in whatever order they are put together and with captures that overlap, give the devices and
# incidents of one run over everything.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
read_eve=$SMIN_BUILDDIR/tests/eve/read_eve
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
found='"event_type":"(device|incident)"|"layer":"incident"'

run() { # run OUT OPTION...
    to=$1
    shift
    "$replay" -q --json "$@" > "$to" || [ $? = 3 ]
}

find "$SMIN_SRCDIR/pcaps" -name input.pcap | sort > "$work/captures"
mkdir "$work/runs"

# check OPTIONS READ-OPTIONS
check() {
    # shellcheck disable=SC2046,SC2086
    run "$work/one" $1 $(cat "$work/captures")
    grep -E "$found" "$work/one" > "$work/wanted"
    grep -vE "$found" "$work/one" > "$work/records"
    rm -f "$work"/runs/*
    number=1000
    while read -r capture; do
        number=$((number + 1))
        # shellcheck disable=SC2086
        run "$work/runs/$number" $1 "$capture"
    done < "$work/captures"

    same "one run" "$2" < "$work/records"
    for seed in 1 2 3 4 5; do
        # The records of each run as they are, with the incidents that it found on its own: they are passed over.
        find "$work/runs" -type f | sort | mix "$seed" | xargs cat > "$work/mixed"
        same "runs in order $seed" "$2" < "$work/mixed"
        # Some of the runs twice: the captures overlapped.
        find "$work/runs" -type f | sort | mix "$seed" | head -n 40 | xargs cat >> "$work/mixed"
        same "runs in order $seed, some twice" "$2" < "$work/mixed"
        mix "$seed" < "$work/records" > "$work/mixed"
        same "lines in order $seed" "$2" < "$work/mixed"
    done
    # Bytes come in other pieces.
    same "read byte by byte" "$2 -b 1" < "$work/records"
}

# An order made of a seed: lines sorted by a number that the seed and the line's place give.
mix() {
    awk -v seed="$1" 'BEGIN { srand(seed) } { printf "%.9f\t%s\n", rand(), $0 }' | sort -k1,1 -s | cut -f2-
}

# same WHAT READ-OPTIONS <RECORDS
same() {
    # shellcheck disable=SC2086
    "$read_eve" $2 > "$work/given"
    if ! cmp -s "$work/wanted" "$work/given"; then
        echo "$1, $2:" >&2
        diff "$work/wanted" "$work/given" | head -n 20 >&2
        exit 1
    fi
    compared=$((compared + 1))
}

compared=0
check "" ""
check "--director 192.0.2.1 --file-server 192.0.2.2" "-d 192.0.2.1 -f 192.0.2.2"
echo "$(wc -l < "$work/captures") captures, $(grep -c '"event_type":"incident"' "$work/wanted") incidents, $compared comparisons"
[ "$(grep -c '"event_type":"incident"' "$work/wanted")" -gt 50 ]
