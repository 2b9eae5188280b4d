# SPDX-License-Identifier: BSD-2-Clause
# A rule file as a C string: smini_builtin_rules and its size. What the file has off is on here: a replay drops
# nothing, and whoever reads a capture wants to be told everything.
BEGIN {
    print "/* Generated from rules/smin.rules; do not edit. */"
    print "#include \"builtin_rules.h\""
    print ""
    print "const char smini_builtin_rules[] ="
}
{
    sub(/^# alert /, "alert ")
    gsub(/\\/, "\\\\")
    gsub(/"/, "\\\"")
    print "    \"" $0 "\\n\""
}
END {
    print "    \"\";"
    print "const size_t smini_builtin_rules_size = sizeof(smini_builtin_rules) - 1;"
}
