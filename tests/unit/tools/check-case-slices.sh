#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Slices hold what incidents rest on: for every case of the corpus that has an incident, each slice of its case folder,
# replayed alone, gives that incident again, and all slices together give all of them and nothing else.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
command -v jq >/dev/null || { echo "skipped: no jq"; exit 77; }
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-slices.XXXXXX")
trap 'rm -rf "$work"' EXIT
bad=0
wrong() { echo "$*" >&2; bad=1; }

# The same but for where things stand: names of captures, numbers of packets.
same='def places: walk(if type == "object" then del(.pcap_filename, .pcap_cnt)
                       elif type == "string" then gsub("\\([^()]* packet [0-9]+\\)"; "(a packet)") else . end)
             | .incident.messages |= sort_by(tostring) | .incident.files |= sort_by(tostring)
             | .incident.reasons |= sort;'

incidents() { # of these captures, in the options of the case
    # shellcheck disable=SC2086 # options hold no blanks of their own
    "$replay" -q --json -S /dev/null $options "$@" 2>/dev/null | jq -cS "$same"'select(.event_type == "incident") | places' | sort
}

cases=0 slices=0
cd "$SMIN_SRCDIR" || exit 1
for expected in pcaps/*/*/expect.jsonl; do
    grep -q '"event_type":"incident"' "$expected" || continue
    case=${expected%/*}
    options=$(sed -n 's/^options *= *//p' "$case/case.conf")
    folder=$work/case
    cases=$((cases + 1))
    # shellcheck disable=SC2086
    "$replay" -q --case "$folder" -S /dev/null $options "$case/input.pcap" 2>/dev/null
    case $? in 0 | 1 | 3) ;; *) wrong "$case: --case failed" ;; esac
    (cd "$folder" && sha256sum --quiet -c SHA256SUMS) || wrong "$case: the manifest does not hold"
    jq -cS "$same"'.incidents[] | places' "$folder/incidents.json" >"$work/all"
    number=0
    while IFS= read -r incident; do
        number=$((number + 1))
        slice=$(printf '%s/incident-%02d/slice.pcapng' "$folder" "$number")
        [ -f "$slice" ] || { wrong "$case: incident $number has no slice"; continue; }
        slices=$((slices + 1))
        incidents "$slice" >"$work/now"
        printf '%s\n' "$incident" | grep -qxFf - "$work/now" || {
            wrong "$case: slice $number does not give its incident again:"
            printf '%s\n' "$incident" | diff - "$work/now" | cut -c 1-2000 >&2
        }
    done <"$work/all"
    # A flow that two incidents share stands in both slices: what is said in it twice was said once.
    incidents "$folder"/incident-*/slice.pcapng >"$work/now"
    sort "$work/all" | diff - "$work/now" >"$work/differences" || {
        wrong "$case: all slices together give other incidents:"
        cut -c 1-2000 "$work/differences" >&2
    }
    rm -rf "$folder"
done
[ "$cases" -ge 100 ] || wrong "only $cases cases with incidents were seen"
echo "$cases cases, $slices slices"
exit $bad
