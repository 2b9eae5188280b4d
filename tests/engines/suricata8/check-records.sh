#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What a user sees of the adapter in Suricata: it loads without complaint, and records, alerts, events, frames, hooks and
# counters are there.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/engines/suricata8/adapter.sh"

cat >"$work/rules" <<'RULES'
alert smin any any -> any any (msg:"event"; app-layer-event:smin.config_exfiltration; sid:1;)
alert smin any any -> any any (msg:"frame"; frame:smin.message; content:"tftp"; sid:2;)
alert smin any any -> any any (msg:"body"; frame:smin.body; content:"tftp"; sid:3;)
alert tcp any any -> any any (msg:"protocol"; app-layer-protocol:smin; flow:to_server; sid:4;)
alert smin any any -> any any (msg:"keyword and stream"; smin.type:8; content:"tftp"; sid:5;)
alert smin any any -> any any (msg:"about the stream itself"; app-layer-event:smin.ascii_hex; sid:6;)
RULES
run good/siet-get-config "$work/rules" --init-errors-fatal --set outputs.0.eve-log.types.9=frame \
	--set outputs.0.eve-log.types.8=flow --set stats.enabled=yes --set outputs.0.eve-log.types.7=stats ||
	wrong "the engine failed"
content || wrong "the engine is not content"
grep -q 'Initializing plugin smin; version=' "$work/out/log" || wrong "it was not loaded"
grep -q 'smin: org.smin.smartinstall .* (built in)' "$work/out/log" || wrong "it does not say which inspector works"
expect "one message, one record" 1 '.event_type == "smin" and .smin.complete'
expect "its source is who sent it" 1 '.event_type == "smin" and .dest_port == 4786 and .smin.direction == "to_server"'
for sid in 1 2 3 5; do
	expect "rule $sid alerts once, with the object" 1 ".event_type == \"alert\" and .alert.signature_id == $sid and .smin.type == 8"
done
[ "$(count '.alert.signature_id == 4')" -ge 1 ] || wrong "the protocol has no name in rules"
expect "an event is an anomaly" 1 '.event_type == "anomaly" and .anomaly.event == "config_exfiltration"'
expect "a frame is a whole message" 1 '.event_type == "frame" and .frame.type == "message" and .frame.stream_offset == 0 and .frame.complete'
expect "a flow is of the protocol" 1 '.event_type == "flow" and .app_proto == "smin" and .flow.tx_cnt == 1'
[ "$(count '.event_type == "stats" and .stats.smin.messages == 1 and .stats.smin.transactions_lost == 0
	and .stats.app_layer.tx.smin == 1')" -ge 1 ] || wrong "counters are missing"

run bad/ascii-hex "$work/rules" --init-errors-fatal || wrong "the engine failed"
expect "events of a stream alone are no record" 0 '.event_type == "smin" and .smin.kind == "stream"'
expect "but an alert about them has the object" 1 '.event_type == "alert" and .alert.signature_id == 6 and .smin.kind == "stream"'

run evasion/other-port "$work/no.rules" || wrong "the engine failed"
expect "the protocol is found on any port" 1 '.event_type == "smin" and .dest_port != 4786'
run evasion/midstream "$work/no.rules" || wrong "the engine failed"
expect "a connection whose beginning was not seen" 1 '.event_type == "smin"'
run bad/config-cut-by-reset "$work/no.rules" || wrong "the engine failed"
expect "an unfinished message, ended by a reset" 1 '.event_type == "smin" and .smin.complete == false'

# Whatever thread does the work.
said()
{
	jq -cS 'select(.event_type == "smin" or .event_type == "alert") | {src_ip, dest_ip, src_port, alert, smin}' \
		"$work/out/eve.json" | sort >"$1"
}
for case in good/state-threshold good/two-devices evasion/port-reuse evasion/interleaved; do
	run $case "$SMIN_SRCDIR/rules/smin.rules" || wrong "the engine failed"
	said "$work/one"
	runmode=autofp
	run $case "$SMIN_SRCDIR/rules/smin.rules" || wrong "the engine failed"
	runmode=
	said "$work/many"
	grep -q direction "$work/one" || wrong "$case: nothing was said"
	cmp -s "$work/one" "$work/many" || wrong "$case: several threads say something else"
done
exit $bad
