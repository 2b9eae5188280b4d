#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The corpus, and what is left of it when bytes are changed at random, through tshark with every field of ours shown: it
# neither crashes nor complains. editcap makes the same damage from the same seed.
set -u
. "${SMIN_SRCDIR:?}/tests/engines/wireshark/each-tshark.sh"
rounds=${SMIN_ROUNDS:-6}

look() # capture
{
    status=0
    ask -2 -r "$1" --enable-heuristic smin_tcp -z smin,tree -z expert -O smin -V -x >"$work/shown" || status=$?
    # 2: it is no capture, or one that is damaged; a signal or a sanitizer ends otherwise.
    [ $status -le 2 ] || fail "$1 ($2): ended with $status: $(head -n 20 "$work/said")"
    if grep -nE 'Dissector bug|exception|GLib|CRITICAL|\*\*|Sanitizer|runtime error|assertion' "$work/said" "$work/shown" |
        grep -v '^[^:]*:[0-9]*:[0-9a-f]\{4,\}  ' >"$work/complaints"; then
        fail "$1 ($2): $(head -n 3 "$work/complaints")"
    fi
}

examine()
{
    look "$work/all.pcapng" "as it is"
    [ "$(grep -c '^smin (.*, .* to the ' "$work/shown")" -ge 100 ] || fail "the corpus is not shown: this test looks at nothing"
    command -v editcap >/dev/null || { echo "SKIPPED: editcap is missing: nothing was damaged" >&2; return; }
    round=0
    while [ $round -lt "$rounds" ]; do
        round=$((round + 1))
        # What it cannot read was looked at above.
        editcap -E 0.03 --seed $round "$work/all.pcapng" "$work/damaged.pcapng" 2>/dev/null
        chmod a+r "$work/damaged.pcapng"
        look "$work/damaged.pcapng" "round $round"
    done
}

# One file of all, so that a round takes a second; each case by itself is compared with smin-replay elsewhere.
set -- "$pcaps"/*/*/input.pcap
readable=
for capture; do
    capinfos -q "$capture" >/dev/null 2>&1 && readable="$readable $capture"
done
# shellcheck disable=SC2086 # file names without blanks
mergecap -a -w "$work/all.pcapng" $readable 2>/dev/null || {
    echo "SKIPPED: mergecap is missing: nothing was looked at" >&2
    exit 77
}
chmod a+r "$work"/*
with_sanitizers=yes
each_tshark
