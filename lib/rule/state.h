/* SPDX-License-Identifier: BSD-2-Clause */
/* What a checked rule remembers between messages, and what it asks of what was remembered. */
#ifndef SMINI_RULE_STATE_H
#define SMINI_RULE_STATE_H

#include "rule/rule.h"

/* Where a name lives. Each place has its own names, numbered from 0. */
enum smini_state_place {
    SMINI_STATE_FLOW_BIT, /* both directions of a flow share it */
    SMINI_STATE_FLOW_NUMBER, /* likewise */
    SMINI_STATE_HOST_BIT,
    SMINI_STATE_PAIR_BIT, /* of two hosts, whichever speaks */
    SMINI_STATE_PLACES
};

enum smini_state_operation {
    SMINI_STATE_IS_SET,
    SMINI_STATE_IS_NOT_SET,
    SMINI_STATE_COMPARE, /* a number */
    SMINI_STATE_SET, /* the first of those that write */
    SMINI_STATE_UNSET,
    SMINI_STATE_TOGGLE,
    SMINI_STATE_ADD,
    SMINI_STATE_SUBTRACT
};

/* Whose matches or bits belong together. Source and target are those of the message, not of the flow. */
enum smini_state_track {
    SMINI_TRACK_SOURCE,
    SMINI_TRACK_TARGET,
    SMINI_TRACK_BOTH, /* either way round */
    SMINI_TRACK_RULE,
    SMINI_TRACK_FLOW
};

/* One test or one write, as one option asks for it. */
struct smini_state_step {
    enum smini_state_operation operation;
    enum smini_state_place place;
    uint32_t id_count;   /* more than 1 only in tests, of which one has to hold then */
    const uint32_t *ids; /* of the names */
    enum smini_state_track track; /* whose bit: the source's, the target's, or that of both */
    uint32_t expire;                  /* seconds that such a bit stays set */
    enum smini_compare compare;       /* of a number */
    bool operand_is_name;             /* of a number of the flow; `operand` is its id */
    uint32_t operand;
    uint32_t line, column;
};

/* How matches become alerts. */
enum smini_threshold_type {
    SMINI_THRESHOLD_LIMIT,     /* the first ones of a period */
    SMINI_THRESHOLD_EVERY,     /* every so many of a period: "threshold" */
    SMINI_THRESHOLD_BOTH,      /* one in a period, when there are so many */
    SMINI_THRESHOLD_BACKOFF,   /* ever rarer, without a period */
    SMINI_THRESHOLD_DETECTION  /* all of a period behind so many: detection_filter */
};

struct smini_threshold {
    enum smini_threshold_type type;
    enum smini_state_track track;
    uint32_t count;
    uint32_t seconds;    /* not of backoff */
    uint32_t multiplier; /* of backoff */
};

/* A rule that has one matches when its tests hold too, and writes when it has matched. */
struct smini_rule_state {
    uint32_t index; /* among the rules of its set that have one */
    uint32_t test_count;
    uint32_t write_count;
    const struct smini_state_step *tests;
    const struct smini_state_step *writes; /* in the order they were written */
    const struct smini_threshold *threshold; /* NULL: every match is an alert */
    uint32_t flow_count;                     /* of one that counts by flow: among those of the set */
};

/* How much there is to remember for a set of rules. */
struct smini_state_sizes {
    uint32_t rules;       /* that remember or ask */
    uint32_t thresholds;  /* of those */
    uint32_t flow_counts; /* of those */
    uint32_t names[SMINI_STATE_PLACES];
};

#endif
