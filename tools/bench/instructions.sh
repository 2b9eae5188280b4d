#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# make bench-instructions: callgrind's instruction counts per packet on small
# slices, the start taken off. The same on a busy machine as on a quiet one.
set -u

bench=$SMIN_BUILDDIR/tools/bench
# Libtool's wrapper script would be measured instead.
replay=$SMIN_BUILDDIR/tools/replay/.libs/smin-replay
[ -x "$replay" ] || replay=$SMIN_BUILDDIR/tools/replay/smin-replay
export LD_LIBRARY_PATH=$SMIN_BUILDDIR/.libs
data=$SMIN_BUILDDIR/bench-data

die() { printf 'bench-instructions: %s\n' "$*" >&2; exit 1; }

# Instructions of one run; the profile stays in bench-data/ for callgrind_annotate.
count_instructions() {
    local name=$1 capture=$2
    valgrind --tool=callgrind --callgrind-out-file="$data/callgrind.$name" \
        "$replay" --no-sandbox --json "$capture" >"$data/records.json" 2>"$data/callgrind.$name.log" ||
        { tail -n 20 "$data/callgrind.$name.log"; die "smin-replay ended with an error on $name under callgrind"; }
    sed -n 's/^summary: //p' "$data/callgrind.$name"
}

comparable() { grep -E '^(messages|packets|tcp_flows) ' "$1" | sort; }

check_truth() {
    "$bench/count" <"$data/records.json" >"$data/found" || die "the records of $1 cannot be read"
    diff -u <(comparable "$2") <(comparable "$data/found") || die "$1: the records are not what was generated"
}

measure() {
    local workload=$1 scale=$2 limit=$3 capture=$data/$1-slice.pcap truth=$data/$1-slice.truth total packets
    "$bench/generate" "$workload" "$scale" "$capture" "$truth" || die "could not generate $workload"
    total=$(count_instructions "$workload" "$capture") || exit 1
    check_truth "$workload" "$truth"
    packets=$(sed -n 's/^packets //p' "$truth")
    awk -v name="$workload" -v total="$total" -v start="$start" -v packets="$packets" -v limit="$limit" 'BEGIN {
        value = (total - start) / packets
        printf "  %-12s %9d packets %10.0f instructions/packet, goal %5d: %s\n", name, packets, value, limit,
            value <= limit ? "met" : "missed"
    }'
}

command -v valgrind >/dev/null || die "valgrind is not installed"
[ -x "$replay" ] || die "smin-replay is not built"
mkdir -p "$data" || exit 1
"$bench/generate" start 1 "$data/start-slice.pcap" "$data/start-slice.truth" || die "could not generate"
count_instructions warm "$data/start-slice.pcap" >/dev/null || exit 1 # fills a rule cache where there is one
start=$(count_instructions start "$data/start-slice.pcap") || exit 1
printf 'goal 18; start: %.1f million instructions\n' "$(awk -v n="$start" 'BEGIN { print n / 1e6 }')"
measure benign-mix 0.04 850
measure smi-dense 0.03 1600
measure many-flows 0.02 700
measure frag-ooo 0.06 1300
printf 'callgrind_annotate %s/callgrind.WORKLOAD shows where they go\n' "$data"
