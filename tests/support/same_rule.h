/* SPDX-License-Identifier: BSD-2-Clause */
/* Are two checked rules the same, and do they survive being written and read again? */
#ifndef SMIN_TESTS_SAME_RULE_H
#define SMIN_TESTS_SAME_RULE_H

#include "rule/write.h"

/* Two rules and the sets they are in. */
struct same_rule_pair {
    const struct smini_rule_set *one_set, *other_set;
    const struct smini_rule *one, *other;
};

/* Name of the first member in which two rules differ, places and indexes aside; NULL when they are the same. */
const char *same_rule_difference(const struct same_rule_pair *pair);

/*
 * Writes a rule, reads the text into `again` (an empty set with the same variables), and compares; writes the copy
 * again, too, which has to give the same text. NULL, or what went wrong. `text` has room for any rule. Rules that no
 * longer fit the longest rule pass, with "" in `text`.
 */
const char *same_rule_again(const struct smini_rule_set *set, const struct smini_rule *rule,
                            struct smini_rule_set *again, char *text);

#endif
