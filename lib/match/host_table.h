/* SPDX-License-Identifier: BSD-2-Clause */
/* What one thread remembers beyond flows, by address: counts of thresholds and bits of hosts. Internal to lib/match. */
#ifndef SMINI_MATCH_HOST_TABLE_H
#define SMINI_MATCH_HOST_TABLE_H

#include "base/alloc.h"
#include "match/facts.h"
#include "match/threshold.h"

enum smini_host_kind { SMINI_HOST_COUNT, SMINI_HOST_BIT, SMINI_PAIR_BIT };

struct smini_host_key {
    uint32_t kind;   /* enum smini_host_kind */
    uint32_t id;     /* of the rule or the bit */
    uint32_t family; /* 4, 6, or 0 where no address counts */
    uint8_t address[2][16];
};

/* Links are indices + 1; 0 is none. */
struct smini_host_entry {
    struct smini_host_key key;
    struct smini_count count; /* a bit is set when it has begun */
    uint64_t until_ns;        /* later it says nothing any more */
    uint32_t next_in_bucket;
    uint32_t newer, older; /* by last use */
};

struct smini_host_table {
    struct smini_host_entry *entries;
    uint32_t *buckets; /* as many as there is room for entries */
    uint32_t count;
    uint32_t room; /* a power of two */
    uint32_t newest, oldest;
};

void smini_host_table_free(struct smini_host_table *table, struct smini_alloc *alloc);

/* The addresses that count for what is tracked on a message in that direction. */
struct smini_host_key smini_host_key_of(enum smini_host_kind kind, uint32_t id, enum smini_state_track track,
                                        const struct smini_flow_facts *facts, uint32_t direction);

/* The entry of that key, or NULL. It was used now. */
struct smini_host_entry *smini_host_table_find(struct smini_host_table *table, const struct smini_host_key *key);

/*
 * A new entry for a key that has none; NULL: no memory. At most `most` are kept: the one that was not used for longest
 * gives way, and `lost` is raised when that one still meant something.
 */
struct smini_host_entry *smini_host_table_add(struct smini_host_table *table, struct smini_alloc *alloc, uint32_t most,
                                              const struct smini_host_key *key, uint64_t now_ns, uint64_t *lost);

#endif
