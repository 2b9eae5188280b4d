#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Incidents from Suricata's records, with our plugin in it, beside those of smin-replay, for every case of the corpus.
# Where they differ a line of accepted-suricata says why; a line that explains nothing is one too many.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/eve
read_eve=$SMIN_BUILDDIR/tests/eve/read_eve
rules=$SMIN_SRCDIR/rules/smin.rules
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }

. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$SMIN_SRCDIR/tests/engines/find-adapter.sh"
configuration=$here/suricata.yaml
adapter=$(find_adapter smin-suricata8)
work=$(mktemp -d)
. "$SMIN_SRCDIR/tests/oracle/suricata-socket.sh"
suricata_loads "$rules" "$work" --set "plugins.0=$adapter"
for capture in "$SMIN_SRCDIR"/pcaps/*/*/input.pcap; do
	name=${capture%/input.pcap}
	printf '%s\t%s\n' "${name#"$SMIN_SRCDIR"/pcaps/}" "$capture"
done >"$work/list"
number_captures "$work/list"
read_all "$rules" --init-errors-fatal --set "plugins.0=$adapter"

# incidents <RECORDS: one line each, without what only packets and places tell apart.
incidents()
{
	jq -r 'select(.event_type == "incident") | .incident | "\(.actor_ip)>\(.device_ip)\t\(.verdict)/\(.outcome)"' | sort
}

: >"$work/differences"
cases=0
equal=0
while IFS='	' read -r name number; do
	cases=$((cases + 1))
	"$SMIN_BUILDDIR/tools/replay/smin-replay" -q --json "$SMIN_SRCDIR/pcaps/$name/input.pcap" >"$work/records" || [ $? = 3 ]
	incidents <"$work/records" >"$work/ours"
	: >>"$work/$number/eve.json"
	"$read_eve" <"$work/$number/eve.json" >"$work/records" || { echo "$name: read_eve ended with $?" >&2; exit 1; }
	incidents <"$work/records" >"$work/theirs"
	if cmp -s "$work/ours" "$work/theirs"; then
		[ ! -s "$work/ours" ] || equal=$((equal + 1))
		continue
	fi
	comm -23 "$work/ours" "$work/theirs" | sed "s|^|$name	replay	|" >>"$work/differences"
	comm -13 "$work/ours" "$work/theirs" | sed "s|^|$name	engine	|" >>"$work/differences"
done <"$work/numbers"

echo "$cases cases: $equal with the same incidents, $(cut -f1 "$work/differences" | sort -u | wc -l) with others"
[ "$cases" -gt 200 ] && [ "$equal" -gt 50 ] || { echo "too few were compared" >&2; exit 1; }
awk -F'\t' '
	FNR == NR {
		if ($0 == "" || /^#/) next
		split($0, part, " ")
		reason = $0
		sub(/^[^ ]+ [^ ]+ [^ ]+ /, "", reason)
		names[++count] = "^(" part[1] ")$"; sides[count] = "^(" part[2] ")$"; what[count] = "^(" part[3] ")$"; why[count] = reason
		next
	}
	{
		for (i = 1; i <= count; i++)
			if ($1 ~ names[i] && $2 ~ sides[i] && $4 ~ what[i]) { used[i]++; next }
		print $1 ": only " ($2 == "replay" ? "smin-replay" : "the engine") ": " $3 " " $4
		bad++
	}
	END {
		for (i = 1; i <= count; i++)
			if (used[i]) print "  accepted " used[i] ": " why[i]
			else { print "explains nothing: " names[i] " " what[i]; bad++ }
		exit bad > 0
	}' "$here/accepted-suricata" "$work/differences"
