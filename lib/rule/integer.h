/* SPDX-License-Identifier: BSD-2-Clause */
/* Integer conditions: "N", ">N", "A-B", "&M=V", ... */
#ifndef SMINI_RULE_INTEGER_H
#define SMINI_RULE_INTEGER_H

#include "rule/rule.h"

/* NULL when fine, else what is wrong. */
const char *smini_integer_parse(struct smini_span text, struct smini_integer_test *test);
/* Likewise in Snort 3's form, whose "<=>" includes its ends. */
const char *smini_interval_parse(struct smini_span text, struct smini_integer_test *test);
bool smini_integer_holds(const struct smini_integer_test *test, uint64_t value);

#endif
