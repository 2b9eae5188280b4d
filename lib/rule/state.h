/* SPDX-License-Identifier: BSD-2-Clause */
/* What a checked rule remembers between messages, and what it asks of what was remembered. */
#ifndef SMINI_RULE_STATE_H
#define SMINI_RULE_STATE_H

#include "rule/rule.h"

/* Where a name lives. Each place has its own names, numbered from 0. */
enum smini_state_place {
    SMINI_STATE_FLOW_BIT, /* both directions of a flow share it */
    SMINI_STATE_PLACES
};

enum smini_state_operation {
    SMINI_STATE_IS_SET,
    SMINI_STATE_IS_NOT_SET,
    SMINI_STATE_SET, /* the first of those that write */
    SMINI_STATE_UNSET,
    SMINI_STATE_TOGGLE
};

/* One test or one write, as one option asks for it. */
struct smini_state_step {
    enum smini_state_operation operation;
    enum smini_state_place place;
    uint32_t id_count;   /* more than 1 only in tests, of which one has to hold then */
    const uint32_t *ids; /* of the names */
    uint32_t line, column;
};

/* A rule that has one matches when its tests hold too, and writes when it has matched. */
struct smini_rule_state {
    uint32_t index; /* among the rules of its set that have one */
    uint32_t test_count;
    uint32_t write_count;
    const struct smini_state_step *tests;
    const struct smini_state_step *writes; /* in the order they were written */
};

/* How much there is to remember for a set of rules. */
struct smini_state_sizes {
    uint32_t rules; /* that remember or ask */
    uint32_t names[SMINI_STATE_PLACES];
};

#endif
