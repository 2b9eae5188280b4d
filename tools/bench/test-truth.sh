#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# smin-replay finds in each workload exactly the messages, packets and flows
# that were put into it.
set -u
bench=$SMIN_BUILDDIR/tools/bench
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

# What both sides must say alike.
comparable() {
    grep -E '^(messages|packets|tcp_flows) ' "$1" | sort
}

for workload in benign-mix smi-dense smi-tiny many-flows frag-ooo; do
    "$bench/generate" "$workload" 0.002 "$work/capture.pcap" "$work/truth" || exit 1
    "$SMIN_BUILDDIR/tools/replay/smin-replay" --json "$work/capture.pcap" >"$work/records" ||
        { echo "$workload: smin-replay ended with $?"; failed=1; }
    "$bench/count" <"$work/records" >"$work/found" || exit 1
    comparable "$work/truth" >"$work/expected"
    comparable "$work/found" >"$work/reported"
    if ! diff -u "$work/expected" "$work/reported"; then
        echo "$workload: smin-replay's records differ from what was generated"
        failed=1
    fi
    if ! grep -q '^messages' "$work/truth"; then
        echo "$workload: no message in it, so nothing was tested"
        failed=1
    fi
done
exit "$failed"
