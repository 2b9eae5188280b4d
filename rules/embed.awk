# SPDX-License-Identifier: BSD-2-Clause
# A text file as a C string: smini_builtin_rules and its size.
BEGIN {
    print "/* Generated from rules/smin.rules; do not edit. */"
    print "#include \"builtin_rules.h\""
    print ""
    print "const char smini_builtin_rules[] ="
}
{
    gsub(/\\/, "\\\\")
    gsub(/"/, "\\\"")
    print "    \"" $0 "\\n\""
}
END {
    print "    \"\";"
    print "const size_t smini_builtin_rules_size = sizeof(smini_builtin_rules) - 1;"
}
