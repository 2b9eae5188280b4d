# SPDX-License-Identifier: BSD-2-Clause
# What tshark -T ek shows of our protocol as lines of the shape that eve.jq makes. Arguments: name, of the capture; fields,
# the inspector's table as print_fields prints it ("name<tab>type<tab>key"): nothing of the protocol is known here.
def listed: if type == "array" then .[] elif . == null then empty else . end;
def shown($field): [.["smin_" + ($field | gsub("\\."; "_"))] | listed];
# As records write it: numbers, truth, digests without colons, texts.
def value($type):
  if $type == "1" then tonumber
  elif $type == "2" then (. == true or . == 1 or . == "1" or . == "true" or . == "True")
  elif $type == "7" then gsub(":"; "")
  else . end;
def full:
  if contains(":") | not then . else
    (split("::") | map(split(":") | map(select(. != "")))) as $halves
    | (if ($halves | length) == 2
       then $halves[0] + [range(8 - ($halves | flatten | length)) | "0"] + $halves[1]
       else $halves[0] end)
    | map(("0000" + .)[-4:]) | join(":")
  end;

($fields | split("\n") | map(select(. != "") | split("\t"))) as $table
| select(.layers)
| .layers as $layers
# Of tunnels, the innermost addresses are the last.
| ([$layers.ip? | listed] | last) as $ip4 | ([$layers.ipv6? | listed] | last) as $ip6 | ([$layers.tcp? | listed] | last) as $tcp
| (if $ip4 then [$ip4.ip_ip_src, $ip4.ip_ip_dst] else [$ip6.ipv6_ipv6_src, $ip6.ipv6_ipv6_dst] end
   | map([listed] | last | full)) as $ends
| ["\($ends[0]):\($tcp.tcp_tcp_srcport)", "\($ends[1]):\($tcp.tcp_tcp_dstport)"] as $ends
| $layers.smin | listed
| . as $layer
| (shown("smin.direction") | first) as $direction
# Links to other frames and parts of messages say nothing by themselves.
| select($direction)
| (shown("smin.offset") | first) as $offset
| def line($sent; $place; $what; $value): [$name, $sent, $place, $what, $value] | @tsv;
  "\($ends[0])>\($ends[1])" as $sent
| ($ends | sort | join("<>")) as $between
| if (shown("smin.kind") | first) != "stream" then
    (["direction", "kind"][] as $own | shown("smin." + $own)[] | line($sent; $offset; $own; tojson)),
    line($sent; $offset; "offset"; $offset),
    (["complete", "hole", "limit"][] as $flag | shown("smin." + $flag)[] | line($sent; $offset; $flag; value("2") | tojson)),
    ($table[] as [$field, $type, $key]
     | $layer | shown($field) | to_entries[]
     | .key as $index
     | line($sent; $offset;
            (if $key | contains("[]") then $key | sub("\\[\\]"; "[\($index)]") else $key end);
            .value | value($type) | tojson)),
    (shown("smin.event")[] | line($sent; $offset; "event"; .))
  else empty end,
  (shown("smin.event") | unique[] | line($between; "-"; "raised"; .))
