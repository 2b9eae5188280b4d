/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Equal items addressed by a 32-bit index instead of a pointer: half the size
 * in whatever refers to them, and the order of indexes depends on nothing but
 * the order of calls. Index 0 is never handed out.
 */
#ifndef SMINI_FLOW_ARENA_H
#define SMINI_FLOW_ARENA_H

#include <stddef.h>

#include "base/alloc.h"

enum { SMINI_CACHE_LINE = 64 };

struct smini_arena {
    struct smini_alloc *alloc;
    uint8_t **chunks; /* cache-aligned beginnings */
    uint8_t **raw;    /* what the allocator gave */
    uint32_t chunk_count;
    uint32_t chunk_room;
    uint32_t item_size;
    uint32_t cleared; /* bytes at an item's beginning that are zero when it is handed out; all, unless set lower */
    uint32_t shift; /* a chunk holds 1 << shift items */
    uint32_t used;  /* indexes below were handed out at least once */
    uint32_t free_head;
    uint32_t live;
    uint32_t live_max; /* 0: no limit */
};

/* `item_size` is at least 4: a free item holds the index of the next free one. */
void smini_arena_init(struct smini_arena *arena, struct smini_alloc *alloc, uint32_t item_size, uint32_t shift,
                      uint32_t live_max);

/* Index of a zeroed item, or 0: no memory, or live_max items are out. */
uint32_t smini_arena_take(struct smini_arena *arena);

void smini_arena_give(struct smini_arena *arena, uint32_t index);

/* Gives all memory back; the arena stays usable. */
void smini_arena_clear(struct smini_arena *arena);

static inline void *smini_arena_at(const struct smini_arena *arena, uint32_t index)
{
    uint32_t inside = index & ((1u << arena->shift) - 1);
    return arena->chunks[index >> arena->shift] + (size_t)inside * arena->item_size;
}

#endif
