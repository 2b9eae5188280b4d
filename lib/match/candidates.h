/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which rules can apply at all, by the value of one numeric field: the one that
 * tells the rules apart best, such as a message's type. Most messages are then
 * compared with a handful of rules instead of all. Internal to lib/match.
 */
#ifndef SMINI_MATCH_CANDIDATES_H
#define SMINI_MATCH_CANDIDATES_H

#include <stdbool.h>

#include "base/alloc.h"

/* Values with a list of their own; messages with any other are compared with every rule. */
enum { SMINI_CANDIDATE_VALUES_MAX = 32 };

struct smini_plan_rule;

struct smini_candidate_list {
    const uint32_t *rules; /* in the order of the rules */
    uint32_t count;
    const uint32_t *outright; /* those of them that no pattern finds, in the same order */
    uint32_t outright_count;
    uint64_t buffers; /* that the others wait for, as smini_plan_buffer_bit */
};

struct smini_candidates {
    uint32_t field; /* 0: no field tells rules apart */
    uint32_t value_count;
    uint64_t values[SMINI_CANDIDATE_VALUES_MAX];
    struct smini_candidate_list lists[SMINI_CANDIDATE_VALUES_MAX];
    struct smini_candidate_list all;
    uint32_t *rules; /* behind every list */
    size_t room;
};

/* SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_candidates_build(struct smini_candidates *candidates, struct smini_alloc *alloc,
                               const struct smini_plan_rule *rules, uint32_t count);
void smini_candidates_free(struct smini_candidates *candidates, struct smini_alloc *alloc);

/* The rules to compare with a message in which the field stands once, with this value. */
static inline const struct smini_candidate_list *smini_candidates_of(const struct smini_candidates *candidates,
                                                                     uint64_t value)
{
    for (uint32_t i = 0; i < candidates->value_count; i++)
        if (candidates->values[i] == value)
            return &candidates->lists[i];
    return &candidates->all;
}

#endif
