/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * smin-replay. The one file that knows the built-in inspector and rules: it
 * hands them in as values, and everything after that goes through the ABI.
 */
#include "rules/builtin_rules.h"
#include "smin/inspector.h"
#include "tool.h"

int main(int argc, char **argv)
{
    struct smini_tool_builtin builtin = {.inspector = smin_inspector_builtin()};
    builtin.rules.name = "smin.rules";
    builtin.rules.text = smini_builtin_rules;
    builtin.rules.length = smini_builtin_rules_size;
    return smini_tool_main(argc, argv, &builtin);
}
