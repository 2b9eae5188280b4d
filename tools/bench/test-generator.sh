#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The generator writes the same bytes on every machine: published figures name
# their captures by workload, scale and these digests.
set -u
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0
while read -r workload digest; do
    "$SMIN_BUILDDIR/tools/bench/generate" "$workload" 0.002 "$work/capture.pcap" "$work/truth" || exit 1
    made=$(sha256sum <"$work/capture.pcap" | cut -c 1-64)
    if [ "$made" != "$digest" ]; then
        echo "$workload: the capture's digest is $made, expected $digest"
        failed=1
    fi
    if [ "$(wc -c <"$work/capture.pcap")" != "$(sed -n 's/^bytes //p' "$work/truth")" ]; then
        echo "$workload: the truth file is wrong about the capture's size"
        failed=1
    fi
done <<'END'
benign-mix 7bca3e337b1be3a5bae08d22b8a8044fcb36428d9084bb0c6832e3a27ca54e9d
smi-dense 0563af6335ef78df8079e1bf949aef1ad5cc544e730b4cab7cd64b8832fff6df
smi-tiny ad09509788418442f9fd6d23c09301f8474f91d970149bb9e5abd82f3116ba3d
smi-flows 1a913240d3121c03b4b1f6e05ae5faecefc3e1ab961af71646d28629b6aae69e
many-flows 872b8d6a54a5c9e5cc3087c53a67cce02b39873d74adf18ed93b8d71f30f9e97
frag-ooo 993206793ac4e306178772ed85842b0984d6df1c092ea83649e2cf8d42427c54
END
exit "$failed"
