# SPDX-License-Identifier: BSD-2-Clause
# The adapter's log and Snort's alert_json as the records that eve.jq reads with the opener in front. Snort's alerts know
# no message, and an event is an alert of the adapter's generator.
def ends: {src_ip: .src_addr, src_port, dest_ip: .dst_addr, dest_port: .dst_port};
def turned: {src_ip: .dest_ip, src_port: .dest_port, dest_ip: .src_ip, dest_port: .src_port};
if .event_type then (if .smin.direction == "to_client" then . + turned else . end)
elif .gid == 947 then
  ends + {event_type: "anomaly",
    anomaly: {app_proto: "smin", event: (.msg | sub("^\\([a-z]*\\) "; "") | sub(":.*"; ""))}}
elif .gid == 1 then ends + {event_type: "alert", alert: {signature_id: .sid}}
else empty end
