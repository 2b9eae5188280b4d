#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The records of every case, read back, give the devices and incidents of the case, with its own directors and servers.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
read_eve=$SMIN_BUILDDIR/tests/eve/read_eve
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What read_eve is to be told: the options of the case that incidents know.
options_of() {
    sed -n 's/^options *= *//p' "$1/case.conf" | tr ' ' '\n' | awk '
        /^--director=/ || /^--file-server=/ { sub(/^--/, ""); split($0, part, "="); option(part[1], part[2]); next }
        wanted != "" { option(wanted, $0); wanted = ""; next }
        /^--director$/ || /^--file-server$/ { wanted = substr($0, 3) }
        function option(name, list,    n, each, i) {
            n = split(list, each, ",")
            for (i = 1; i <= n; i++) printf "%s %s ", name == "director" ? "-d" : "-f", each[i]
        }'
}

cases=0 incidents=0 differ=0
for expected in "$SMIN_SRCDIR"/pcaps/*/*/expect.jsonl; do
    folder=${expected%/expect.jsonl}
    cases=$((cases + 1))
    grep -vE '"event_type":"(device|incident)"|"layer":"incident"' "$expected" > "$work/records" || :
    grep -E '"event_type":"(device|incident)"|"layer":"incident"' "$expected" > "$work/wanted" || :
    # shellcheck disable=SC2046
    "$read_eve" $(options_of "$folder") < "$work/records" > "$work/given" || { echo "$folder: exit status $?" >&2; exit 1; }
    incidents=$((incidents + $(grep -c '"event_type":"incident"' "$work/given" || :)))
    if ! diff "$work/wanted" "$work/given" > "$work/difference"; then
        differ=$((differ + 1))
        { echo "${folder#"$SMIN_SRCDIR"/}:"; cat "$work/difference"; } >&2
    fi
done
echo "$cases cases, $incidents incidents, $differ differ"
[ "$cases" -gt 200 ] && [ "$incidents" -gt 100 ] && [ "$differ" = 0 ]
