#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every record of the whole corpus, and every expected one, keeps to doc/smin.schema.json; spoilt ones do not.
set -eu
schema=$SMIN_SRCDIR/doc/smin.schema.json
check=$SMIN_BUILDDIR/tests/unit/tools/check_schema
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$SMIN_BUILDDIR/tools/replay/smin-replay" -q --json "$SMIN_SRCDIR/pcaps" > "$work/all" || test $? -eq 3
for type in smin alert anomaly flow stats device incident; do
    grep -q "\"event_type\":\"$type\"" "$work/all" || { echo "the corpus gives no $type record" >&2; exit 1; }
done
"$check" "$schema" "$work/all"
find "$SMIN_SRCDIR/pcaps" -name expect.jsonl > "$work/expected"
if [ -s "$work/expected" ]; then
    xargs "$check" "$schema" < "$work/expected"
fi

spoil() {
    grep -m1 "\"event_type\":\"$1\"" "$work/all" | sed "$2" > "$work/spoilt"
    if "$check" "$schema" "$work/spoilt" > /dev/null 2>&1; then
        echo "not noticed: $1 after $2" >&2
        exit 1
    fi
}
spoil smin 's/"direction":"to_[a-z]*",//'
spoil smin 's/"src_port":\([0-9]*\)/"src_port":"\1"/'
spoil smin 's/"smin":{/"smin":{"surprise":1,/'
spoil flow 's/"timestamp":"[^"]*"/"timestamp":"yesterday"/'
spoil alert 's/"signature_id":/"sid":/'
spoil incident 's/"outcome":"[a-z]*"/"outcome":"perhaps"/'
spoil device 's/"device":{/"devices":{/'
spoil stats 's/"pkts":[0-9]*/"pkts":-1/'
