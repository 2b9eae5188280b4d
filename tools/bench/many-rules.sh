#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# many-rules.sh COUNT [literal|mixed|expression] [smin|tcp]: as many rules, the same every time. mixed: one in five is an
# expression.
exec awk -v count="${1:-10000}" -v kind="${2:-mixed}" -v protocol="${3:-smin}" '
function draw(below) {
    state = (state * 69069 + 12345) % 4294967296
    return int(state / 65536) % below
}
function word(length_, text) {
    text = ""
    while (length_-- > 0) text = text substr("abcdefghijklmnopqrstuvwxyz", draw(26) + 1, 1)
    return text
}
BEGIN {
    state = 4786
    for (i = 1; i <= count; i++) {
        if (kind == "expression" || (kind == "mixed" && draw(5) == 0))
            option = "pcre:\"/" word(8) "\\s*=\\s*\\d+[a-f]{4}/i\""
        else
            option = "content:\"" word(4 + draw(10)) "\""
        printf "alert %s any any -> any any (msg:\"rule %d\"; %s; sid:%d;)\n", protocol, i, option, i
    }
}'
