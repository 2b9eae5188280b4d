# SPDX-License-Identifier: BSD-2-Clause
# Records of one run, as one array: our own sids where a message, its trailer included, has more than one of them.
map(select(.event_type == "alert" and .alert.signature_id >= 9478600 and .alert.signature_id <= 9478699))
| group_by([.pcap_filename, .flow_id, .smin.direction, .tx_id, .reading, .fileinfo.start])[]
| select(length > 1)
| [.[0].smin.name // .[0].fileinfo.filename, (map(.alert.signature_id) | sort | map(tostring) | join(" "))] | join(": ")
