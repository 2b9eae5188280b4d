#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Functions of at most 60 lines, files of at most 400. Relies on the house style: a function's braces stand in column one.
set -u
cd "${SMIN_SRCDIR:?}" || exit 1

# Longer functions, up to 100 lines, each with its reason: "file function reason".
longer='
'

find lib tools plugins include tests doc/examples -type f \( -name '*.c' -o -name '*.h' -o -name '*.cc' \) ! -path '*/.libs/*' |
    sort | xargs awk -v longer="$longer" '
function finish_file() {
    if (name != "" && lines > 400) { print name ": " lines " lines, at most 400"; bad++ }
}
BEGIN {
    n = split(longer, rows, "\n")
    for (i = 1; i <= n; i++) if (split(rows[i], words, " ") > 2) limit[words[1] " " words[2]] = 100
    bad = functions = 0
}
FNR == 1 { finish_file(); name = FILENAME; inside = 0; head = "" }
{ lines = FNR }
# A line in column one that is no brace, comment or directive may be the head of a function.
/^[A-Za-z_].*\(/ { head = $0; head_line = FNR }
/^\{/ {
    if (head != "") { inside = 1; start = head_line; functions++ }
    next
}
/^\}/ {
    if (inside) {
        title = head
        sub(/\(.*/, "", title)
        sub(/^.*[ *]/, "", title)
        size = FNR - start + 1
        most = (name " " title) in limit ? limit[name " " title] : 60
        if (size > most) { print name ":" start ": " title " has " size " lines, at most " most; bad++ }
    }
    inside = 0
    head = ""
}
END {
    finish_file()
    if (functions < 100) { print "only " functions " functions were seen"; bad++ }
    exit bad > 0
}'
