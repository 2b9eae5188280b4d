/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Open addressing from a 32-bit hash to an index: 8 bytes a slot, linear
 * probing at a load of at most one half, deletion by shifting back. Sixteen
 * shards grow one after the other, an insertion each, so that none moves more
 * than a sixteenth of the table. Their size follows from the number of entries
 * alone: the hash's secret does not show in how much memory is used. The home
 * of a hash is its upper bits: growing walks old and new memory in order.
 */
#ifndef SMINI_FLOW_SLOTS_H
#define SMINI_FLOW_SLOTS_H

#include <stdbool.h>

#include "base/alloc.h"

enum { SMINI_SLOT_SHARD_BITS = 4, SMINI_SLOT_SHARDS = 1 << SMINI_SLOT_SHARD_BITS };

struct smini_slot {
    uint32_t hash;
    uint32_t index; /* 0: empty */
};

struct smini_slot_shard {
    struct smini_slot *slots;
    uint32_t bits; /* 1 << bits slots, when there are any */
    uint32_t count;
};

struct smini_slots {
    struct smini_alloc *alloc;
    uint32_t count;
    uint32_t bits; /* size that every shard has, or is about to get */
    uint32_t grown; /* shards that have it */
    struct smini_slot_shard shards[SMINI_SLOT_SHARDS];
};

/* Where a search stands. */
struct smini_slot_walk {
    const struct smini_slot *slots;
    uint32_t mask;
    uint32_t at;
    uint32_t hash;
};

void smini_slots_init(struct smini_slots *slots, struct smini_alloc *alloc);
bool smini_slots_add(struct smini_slots *slots, uint32_t hash, uint32_t index);
void smini_slots_remove(struct smini_slots *slots, uint32_t hash, uint32_t index);
void smini_slots_clear(struct smini_slots *slots);

static inline uint32_t smini_slots_home(uint32_t hash, uint32_t bits)
{
    return (uint32_t)(hash << SMINI_SLOT_SHARD_BITS) >> (32 - bits);
}

static inline struct smini_slot_walk smini_slots_start(const struct smini_slots *slots, uint32_t hash)
{
    const struct smini_slot_shard *shard = &slots->shards[hash >> (32 - SMINI_SLOT_SHARD_BITS)];
    struct smini_slot_walk walk = {.slots = shard->slots, .hash = hash};
    if (shard->slots) {
        walk.mask = (1u << shard->bits) - 1;
        walk.at = smini_slots_home(hash, shard->bits);
    }
    return walk;
}

/* The next index stored under the hash, or 0. */
static inline uint32_t smini_slots_next(struct smini_slot_walk *walk)
{
    if (!walk->slots)
        return 0;
    for (;;) {
        const struct smini_slot *slot = &walk->slots[walk->at];
        if (slot->index == 0)
            return 0;
        walk->at = (walk->at + 1) & walk->mask;
        if (slot->hash == walk->hash)
            return slot->index;
    }
}

static inline void smini_slots_prefetch(const struct smini_slots *slots, uint32_t hash)
{
    struct smini_slot_walk walk = smini_slots_start(slots, hash);
    if (walk.slots)
        __builtin_prefetch(&walk.slots[walk.at]);
}

#endif
