# SPDX-License-Identifier: BSD-2-Clause
# Arguments: sid; one, the records of the case that alerts; other, those of its near miss.
# One line per message of the near miss: what differs from the message that the rule speaks of.
def meaning:
  {direction, complete, from, version, type, length, trailing, urls, commands, hostname, md5, status,
   reload, tlvs, flags, record_word};
(first($one[] | select(.event_type == "alert" and .alert.signature_id == ($sid | tonumber)) | .smin)) as $alert
| (first($one[] | select(.event_type == "smin") | .smin
    | select(.offset == $alert.offset and .direction == $alert.direction and .name == $alert.name)) | meaning) as $speaks
| $other[] | select(.event_type == "smin") | .smin | meaning as $misses
| [$speaks | keys[] | select($speaks[.] != $misses[.])] | join(",") | if . == "" then "-" else . end
