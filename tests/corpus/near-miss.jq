# SPDX-License-Identifier: BSD-2-Clause
# Arguments: sid; one, the records of the case that alerts; other, those of its near miss.
# One line per message, or file, of the near miss: what differs from the one that the rule speaks of.
def meaning:
  {direction, complete, from, version, type, length, trailing, urls, commands, hostname, md5, status,
   reload, tlvs, flags, record_word};
def contents: {filename, gaps, state, type, size, protocol, direction, sha256};
def differs($one; $other): [$one | keys[] | select($one[.] != $other[.])] | join(",") | if . == "" then "-" else . end;

first($one[] | select(.event_type == "alert" and .alert.signature_id == ($sid | tonumber))) as $alert
| if $alert.fileinfo then
    $other[] | select(.event_type == "fileinfo") | differs($alert.fileinfo | contents; .fileinfo | contents)
  else
    (first($one[] | select(.event_type == "smin") | .smin
      | select(.offset == $alert.smin.offset and .direction == $alert.smin.direction and .name == $alert.smin.name))
      | meaning) as $speaks
    | $other[] | select(.event_type == "smin") | differs($speaks; .smin | meaning)
  end
