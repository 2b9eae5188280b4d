/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Conditions on a numeric field, which a message may carry several times. Hosts whose engine reads the rules use them,
 * too, so that one text means one thing.
 */
#ifndef SMINI_RULE_FIELD_TEST_H
#define SMINI_RULE_FIELD_TEST_H

#include "rule/integer.h"
#include "smin/field.h"

/* Which of a field's values a test is about, when it has several. */
enum smini_value_choice {
    SMINI_VALUE_ANY,           /* one of them has to meet it */
    SMINI_VALUE_ALL,           /* all, and there is one */
    SMINI_VALUE_ALL_OR_ABSENT, /* all, or there is none */
    SMINI_VALUE_ANY_OR_ABSENT, /* one of them, or there is none */
    SMINI_VALUE_AT,            /* the one at the index; negative counts from the end */
    SMINI_VALUE_AT_OR_OUTSIDE, /* likewise, or the index lies outside */
    SMINI_VALUE_TIMES,         /* so many of them meet it as `count` says */
    SMINI_VALUE_COUNT          /* so many there are; their value does not matter */
};

struct smini_field_test {
    uint32_t field;
    struct smini_integer_test test;
    enum smini_value_choice choice;
    int32_t index;
    struct smini_integer_test count;
    int32_t slice_from, slice_to; /* values from .. to-1 are looked at; negative counts from the end */
    bool sliced;
};

/* "condition[,which values[,slice]]", or "count condition": all but `field`. NULL when fine, else what is wrong. */
const char *smini_field_test_parse(struct smini_span text, struct smini_field_test *test);

/* `first`: the index of the message's first field with that id, or any before it. */
bool smini_field_test_holds(const struct smini_field_test *test, const struct smin_message *message, uint32_t first);

#endif
