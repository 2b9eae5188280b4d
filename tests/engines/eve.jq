# SPDX-License-Identifier: BSD-2-Clause
# Records of smin-replay or of Suricata as lines "capture<tab>ends<tab>offset<tab>what<tab>value", in which every engine
# says what it found; several equal ones count. Arguments:
#   name    of the capture; "" to take its path from the record
#   source  what src_ip of a message's record is: its "sender", or the "opener" of the connection
# Suricata writes IPv6 addresses in full.
def full:
  if contains(":") | not then . else
    (split("::") | map(split(":") | map(select(. != "")))) as $halves
    | (if ($halves | length) == 2
       then $halves[0] + [range(8 - ($halves | flatten | length)) | "0"] + $halves[1]
       else $halves[0] end)
    | map(("0000" + .)[-4:]) | join(":")
  end;
def source: "\(.src_ip | full):\(.src_port // 0)";
def target: "\(.dest_ip | full):\(.dest_port // 0)";
def sent: if $source == "opener" and .smin.direction == "to_client" then "\(target)>\(source)" else "\(source)>\(target)" end;
# Which side an engine counts an event to differs; the connection is the same.
def between: [source, target] | sort | join("<>");
def place: reduce .[] as $step (""; if ($step | type) == "number" then "\(.)[\($step)]" elif . == "" then $step else "\(.).\($step)" end);
def line($ends; $offset; $what; $value):
  [(if $name == "" then .pcap_filename else $name end), $ends, $offset, $what, $value] | @tsv;

if .event_type == "smin" and .smin.kind != "stream" then
  sent as $sent | .smin.offset as $offset
  | (.smin | del(.events) | tostream | select(length == 2)) as [$path, $value]
  | line($sent; $offset; $path | place; $value | tojson)
else empty end,

# What is raised by messages, each thing once, and by streams. Suricata has a record for each, smin-replay one for those
# that no message has. What the engine says in capitals of a flow (APPLAYER_...) is its own, and may depend on its threads.
if .event_type == "smin" and .smin.kind != "stream" then
  sent as $sent | .smin.offset as $offset
  | .smin.events[]? as $event | line($sent; $offset; "event"; $event)
else empty end,
if $source == "opener" then
  if .event_type == "anomaly" and .anomaly.app_proto == "smin" and (.anomaly.event | startswith("APPLAYER_") | not)
  then line(between; "-"; "raised"; .anomaly.event) else empty end
elif .event_type == "smin" then
  between as $between | (.smin.events // [] | unique[]) as $event | line($between; "-"; "raised"; $event)
elif .event_type == "anomaly" and .anomaly.layer == "smin" and .tx_id == null then
  line(between; "-"; "raised"; .anomaly.event)
else empty end,

if .event_type == "alert" then
  line("\(source)>\(target)"; .smin.offset // "-"; "alert.\(.alert.signature_id)"; .smin // {} | tojson)
else empty end
