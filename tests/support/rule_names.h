/* SPDX-License-Identifier: BSD-2-Clause */
/* The names that rules may use, from the decoder's tables. */
#ifndef SMIN_TESTS_RULE_NAMES_H
#define SMIN_TESTS_RULE_NAMES_H

#include "decode/ids.h"
#include "match/regex.h"
#include "rule/load.h"

static inline struct smini_rule_names rule_names(void)
{
    struct smini_rule_names names = {.protocol = "smin", .check_regex = smini_regex_check};
    names.fields = smini_field_table(&names.field_count);
    names.events = smini_event_table(&names.event_count);
    return names;
}

#endif
