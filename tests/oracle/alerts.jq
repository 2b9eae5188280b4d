# SPDX-License-Identifier: BSD-2-Clause
# Alerts of either program as "name<tab>sid<tab>protocol<tab>sender>receiver". Who sent what matched is flow and
# direction in one, and leaves out who is called the client where no handshake was seen.
# Argument name: of the capture, "" to take its path from the record.
# Suricata writes IPv6 addresses in full.
def full:
  if contains(":") | not then . else
    (split("::") | map(split(":") | map(select(. != "")))) as $halves
    | (if ($halves | length) == 2
       then $halves[0] + [range(8 - ($halves | flatten | length)) | "0"] + $halves[1]
       else $halves[0] end)
    | map(("0000" + .)[-4:]) | join(":")
  end;
select(.event_type == "alert")
| [(if $name == "" then .pcap_filename else $name end), .alert.signature_id, (.proto | ascii_downcase),
   "\(.src_ip | full):\(.src_port // 0)>\(.dest_ip | full):\(.dest_port // 0)"]
| @tsv
