#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Ten thousand connections with more than a hundred thousand messages through Suricata with our adapter, on one thread and
# on several: every message of the truth that the generator wrote is recorded, none twice, the alerts are those of
# smin-replay, and no counter of losses has moved. With sanitizers in the adapter: no report, no leak of ours.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/engines/suricata8/adapter.sh"
bench=$SMIN_BUILDDIR/tools/bench
rules=$SMIN_SRCDIR/rules/smin.rules
"$bench/generate" smi-flows 1 "$work/load.pcap" "$work/truth"
"$SMIN_BUILDDIR/tools/replay/smin-replay" --json --progress=never "$work/load.pcap" >"$work/ours.json"

# found FILE: what the records are about, as the truth says it, and which rules alerted how often.
found()
{
	"$bench/count" <"$1" | grep '^messages '
	grep -F '"event_type":"alert"' "$1" | grep -oE '"signature_id":[0-9]+' | sort | uniq -c
}

grep '^messages ' "$work/truth" >"$work/wanted"
wanted=$(awk '{ n += $5 } END { print n }' "$work/wanted")
[ "$wanted" -ge 100000 ] && grep -q '^tcp_flows 10000$' "$work/truth" || { echo "that is no load: $wanted messages" >&2; exit 1; }
found "$work/ours.json" >"$work/ours"
head -n "$(wc -l <"$work/wanted")" "$work/ours" | diff "$work/wanted" - >&2 || { echo "smin-replay lost messages" >&2; exit 1; }

leaks=detect_leaks=1:exitcode=0:abort_on_error=0
for mode in single autofp; do
	rm -rf "$work/out"
	mkdir "$work/out"
	suricata "$rules" "$work/out" -r "$work/load.pcap" --runmode $mode --init-errors-fatal --set "plugins.0=$adapter" \
		--set stats.enabled=yes --set outputs.0.eve-log.types.0=stats --set outputs.0.eve-log.types.1=alert \
		>"$work/out/log" 2>&1 || wrong "$mode: the engine failed"
	content || wrong "$mode: the engine is not content"
	found "$work/out/eve.json" | diff "$work/ours" - >&2 || wrong "$mode: not what smin-replay finds"
	jq -e 'select(.event_type == "stats") | .stats | .smin.messages >= '"$wanted"' and .smin.flows_lost == 0
		and .smin.transactions_lost == 0 and .app_layer.flow.smin == 10000' "$work/out/eve.json" >/dev/null ||
		wrong "$mode: a counter says something else: $(jq -c 'select(.event_type == "stats") | .stats.smin' "$work/out/eve.json")"
	! grep -qE 'runtime error:|ERROR: AddressSanitizer|SEGV' "$work/out/log" || wrong "$mode: a sanitizer reports"
	! sed -n '/LeakSanitizer/,$p' "$work/out/log" | grep -q 'smin-suricata8' || wrong "$mode: a leak of ours"
	echo "$mode: $wanted messages on 10000 connections, all recorded"
done
exit $bad
