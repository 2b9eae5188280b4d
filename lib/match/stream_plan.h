/* SPDX-License-Identifier: BSD-2-Clause */
/* Which rules a stream begins with, and which a pattern belongs to, so that neither is searched for. */
#ifndef SMINI_MATCH_STREAM_PLAN_H
#define SMINI_MATCH_STREAM_PLAN_H

#include "match/facts.h"

struct smini_database;

struct smini_stream_plan {
    uint32_t *pattern_rule; /* by pattern: index of its rule */
    uint32_t *patternless;  /* rules that nothing is scanned for */
    uint32_t *choosy;       /* rules that compare addresses or ports */
    uint32_t patternless_count;
    uint32_t choosy_count;
    uint64_t *open[2];      /* by direction, a bit per rule on streams: open in every flow */
    uint32_t open_count[2];
};

/* After every rule on streams has its patterns. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_stream_plan_build(struct smini_database *database);
void smini_stream_plan_free(struct smini_database *database);

/* Does any rule look at that direction of a flow between these ends? */
bool smini_stream_plan_wants(const struct smini_database *database, const struct smini_flow_facts *facts,
                             uint32_t direction);
/* Sets the bits of the rules that do, and gives how many. */
uint32_t smini_stream_plan_open(const struct smini_database *database, const struct smini_flow_facts *facts,
                                uint32_t direction, uint64_t *open);

#endif
