#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# doc/configurations.md lists every class and every row of the tables of lib/device, and no other. With --print, what it should hold.
set -u
cd "${SMIN_SRCDIR:?}" || exit 1

table() {
    awk '
    # The fields of a row: what stands in quotes, and the words in front.
    function quoted(n,    parts) { split($0, parts, "\""); return parts[n * 2] }
    function head(n,    parts, text) {
        text = $0
        sub(/^[A-Z_]*\(/, "", text)
        sub(/".*/, "", text)
        split(text, parts, /, */)
        return parts[n]
    }
    FILENAME ~ /ios_class/ && /^SMINI_IOS_CLASS\(/ {
        count++
        constant[count] = head(1)
        name[count] = quoted(1)
        what[count] = quoted(2)
        next
    }
    /^(ON|OFF)\(/ {
        class = head(2)
        sign = /^OFF/ ? "no " : ""
        form = quoted(1)
        gsub(/\|/, "\\|", form)
        rows[class] = rows[class] "| `" sign form "` | " tolower(head(3)) " | " quoted(2) " |\n"
        listed++
    }
    END {
        for (i = 1; i <= count; i++) {
            if (!(constant[i] in rows)) continue
            print "### " name[i] ": " what[i] "\n"
            print "| line | weight | what it says |\n| --- | --- | --- |"
            print rows[constant[i]]
        }
        if (listed < 200) print "only " listed " rows were seen"
    }' lib/device/ios_class.def lib/device/ios_form.def
}

if [ "${1:-}" = --print ]; then
    table
    exit
fi
told=${TMPDIR:-/tmp}/smin-configurations.$$
trap 'rm -f "$told" "$told.doc"' EXIT
table >"$told"
sed -n '/^### /,$p' doc/configurations.md >"$told.doc"
diff "$told" "$told.doc" >/dev/null && exit 0
echo "doc/configurations.md does not list what lib/device/ios_form.def holds; tests/meta/check-configurations.sh --print does:"
diff "$told" "$told.doc" | head -n 20
exit 1
