/* SPDX-License-Identifier: BSD-2-Clause */
/* The counts of thresholds that one thread keeps beyond flows, by rule and address. Internal to lib/match. */
#ifndef SMINI_MATCH_COUNTS_H
#define SMINI_MATCH_COUNTS_H

#include "base/alloc.h"
#include "match/facts.h"
#include "match/threshold.h"

struct smini_count_key {
    uint32_t rule; /* smini_rule_state.index */
    uint32_t family; /* 4, 6, or 0 where no address counts */
    uint8_t address[2][16];
};

/* Links are indices + 1; 0 is none. */
struct smini_count_entry {
    struct smini_count_key key;
    struct smini_count count;
    const struct smini_threshold *threshold;
    uint32_t next_in_bucket;
    uint32_t newer, older; /* by last use */
};

struct smini_counts {
    struct smini_count_entry *entries;
    uint32_t *buckets; /* as many as there is room for entries */
    uint32_t count;
    uint32_t room; /* a power of two */
    uint32_t newest, oldest;
};

void smini_counts_free(struct smini_counts *counts, struct smini_alloc *alloc);

/* The key of what a rule tracks on a message in that direction. */
struct smini_count_key smini_count_key_of(const struct smini_rule_state *state, const struct smini_flow_facts *facts,
                                          uint32_t direction);

/*
 * The count of that key, a new one when there is none; NULL: no memory. At most `most` are kept: the one that was not
 * used for longest gives way, and `lost` is raised when its period was not over.
 */
struct smini_count *smini_counts_find(struct smini_counts *counts, struct smini_alloc *alloc, uint32_t most,
                                      const struct smini_count_key *key, const struct smini_threshold *threshold,
                                      uint64_t now_ns, uint64_t *lost);

#endif
