# SPDX-License-Identifier: BSD-2-Clause
# What a conversation means, without how it was delivered: one line per alert and per incident.
# Argument mode, as the file `variants` explains it.
def message:
  if .smin then [.smin.from, .smin.version, .smin.type, .smin.length, .smin.urls, .smin.commands] else null end;
def ends:
  if $mode == "addresses" then [.src_port, .dest_port]
  elif $mode == "ports" then [.src_ip, .dest_ip]
  else [.src_ip, .src_port, .dest_ip, .dest_port] end;
def whom:
  if $mode == "addresses" then null else [.incident.actor_ip, .incident.device_ip] end;
if $mode == "fewer" then
  if .event_type == "alert" then ["alert", .alert.signature_id]
  elif .event_type == "incident" then ["incident", .incident.verdict]
  else empty end
elif .event_type == "alert" then
  if $mode == "commands" and ((.smin.from // 1) > 2) then empty
  else ["alert", .alert.signature_id, message, ends] end
elif .event_type == "incident" then
  if $mode == "commands" then ["incident", .incident.verdict, whom]
  else ["incident", .incident.verdict, .incident.outcome, .incident.severity, .incident.authorised,
        .incident.cves, .incident.techniques, whom] end
else empty end
| tojson
