#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every exported function says what it returns and which thread may call it; every installed program has a
# page that knows each of its options.
set -u
src=${SMIN_SRCDIR:?}
build=${SMIN_BUILDDIR:?}
bad=0

# A declaration stands under its comment, or under one that shares it with the declaration before (no blank
# line between). What returns a status code names at least one; what takes a pointer it may change, or makes
# something, carries a Thread tag. Pure getters (const arguments only) and x_free need no tag.
awk '
function judge(    text, returns_status, is_free, getter) {
    declarations++
    text = comment
    if (text == "") { print FILENAME ":" start ": no comment"; bad++; return }
    returns_status = declaration ~ /SMIN_PUBLIC int32_t/ && declaration !~ /smin_status_class/
    if (returns_status && text !~ /SMIN_OK/ && text !~ /[Ss]tatuses as/) {
        print FILENAME ":" start ": the comment names no status code"; bad++
    }
    is_free = declaration ~ /_free\(/
    getter = declaration !~ /SMIN_PUBLIC int32_t/
    if (!is_free && !getter && text !~ /Thread: \[/ && text !~ /[Ss]tatuses as/ && section !~ /Thread: \[/) {
        print FILENAME ":" start ": the comment has no Thread tag"; bad++
    }
}
/^\/\*\*/ { comment = ""; in_comment = 1 }
in_comment { comment = comment " " $0; if (/\*\//) in_comment = 0; next }
/^SMIN_PUBLIC/ { declaration = ""; start = FNR; in_declaration = 1 }
in_declaration { declaration = declaration " " $0; if (/;/) { in_declaration = 0; judge() } next }
/^$/ { comment = "" }
END {
    if (declarations < 25) { print "only " declarations " declarations were seen"; bad++ }
    exit bad > 0
}' "$src"/include/smin/*.h || bad=1

# In abi.h every function pointer carries a tag.
awk '
/^    \/\*\*/ { comment = ""; in_comment = 1 }
in_comment { comment = comment " " $0; if (/\*\//) in_comment = 0; next }
/^    [a-z].*\(\*[a-z_]+\)\(/ {
    pointers++
    if (comment !~ /Thread: \[/) { print FILENAME ":" FNR ": no Thread tag"; bad++ }
}
END { if (pointers < 15) { print "only " pointers " function pointers were seen"; bad++ } exit bad > 0 }' \
    "$src/include/smin/abi.h" || bad=1

for program in smin-replay smin-audit smin-validate; do
    [ -x "$build/$program" ] || continue
    page=$src/doc/$program.1
    if [ ! -f "$page" ]; then
        echo "$program is installed without doc/$program.1"
        bad=1
        continue
    fi
    # The page writes "\-" for "-" and may put font changes between.
    sed 's/\\f[BIRP]//g; s/\\-/-/g; s/" *"//g; s/"//g' "$page" >"${TMPDIR:-/tmp}/smin-docs.$$"
    for option in $("$build/$program" --help 2>&1 | grep -oE '(^|[ ,])--[a-z][a-z0-9-]*' | tr -d ' ,' | sort -u); do
        grep -q -- "$option" "${TMPDIR:-/tmp}/smin-docs.$$" || {
            echo "doc/$program.1 does not know $option"
            bad=1
        }
    done
    rm -f "${TMPDIR:-/tmp}/smin-docs.$$"
done
exit $bad
