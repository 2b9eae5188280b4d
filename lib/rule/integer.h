/* SPDX-License-Identifier: BSD-2-Clause */
/* Integer conditions: "N", ">N", "A-B", "&M=V", ... */
#ifndef SMINI_RULE_INTEGER_H
#define SMINI_RULE_INTEGER_H

#include "base/span.h"

/* How an integer is compared. Ranges are exclusive, as in Suricata. */
enum smini_compare {
    SMINI_COMPARE_EQUAL,
    SMINI_COMPARE_NOT_EQUAL,
    SMINI_COMPARE_LESS,
    SMINI_COMPARE_LESS_EQUAL,
    SMINI_COMPARE_GREATER,
    SMINI_COMPARE_GREATER_EQUAL,
    SMINI_COMPARE_RANGE,
    SMINI_COMPARE_NOT_RANGE,
    SMINI_COMPARE_MASK,    /* (value & first) == second */
    SMINI_COMPARE_NOT_MASK /* (value & first) != second */
};

struct smini_integer_test {
    enum smini_compare compare;
    uint64_t first;
    uint64_t second;
};

/* NULL when fine, else what is wrong. */
const char *smini_integer_parse(struct smini_span text, struct smini_integer_test *test);
/* Likewise in Snort 3's form, whose "<=>" includes its ends. */
const char *smini_interval_parse(struct smini_span text, struct smini_integer_test *test);
bool smini_integer_holds(const struct smini_integer_test *test, uint64_t value);

#endif
