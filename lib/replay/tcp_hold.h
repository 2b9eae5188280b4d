/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bytes that arrived before their turn. Blocks of fixed size with a bit for
 * each byte that is there: putting a byte costs the same whether the segments
 * come large or one byte at a time, in order, backwards or at random.
 */
#ifndef SMINI_TCP_HOLD_H
#define SMINI_TCP_HOLD_H

#include <stdbool.h>

#include "replay/flow_arena.h"

enum { SMINI_HOLD_BLOCK = 1024 };

struct smini_hold_block {
    uint64_t number; /* its first byte is offset number * SMINI_HOLD_BLOCK of the stream */
    uint64_t present[SMINI_HOLD_BLOCK / 64];
    uint8_t bytes[SMINI_HOLD_BLOCK];
};

/* The held bytes of one direction. All zero: nothing. */
struct smini_hold {
    uint32_t *ring; /* block indexes by number modulo the ring's size */
    uint32_t bits;
    uint32_t held; /* bytes */
};

/* Blocks of all flows. live_max of the arena is the limit for all. */
struct smini_hold_pool {
    struct smini_alloc *alloc;
    struct smini_arena blocks;
    uint64_t reach; /* how far beyond the next byte a direction may hold */
};

void smini_hold_pool_init(struct smini_hold_pool *pool, struct smini_alloc *alloc, uint64_t flow_max,
                          uint64_t total_max);

/*
 * Keeps a copy; where a byte is there already, the earlier one stands.
 * `next` is the lowest offset still wanted, and `offset` is not below it.
 * `*differs` becomes true when a byte disagreed with the one that was there.
 * SMIN_OK; SMIN_E_LIMIT: beyond reach, or no block is left; SMIN_E_NOMEM. On
 * failure a part may have been kept; putting the same again does no harm.
 */
int32_t smini_hold_put(struct smini_hold_pool *pool, struct smini_hold *hold, uint64_t next, uint64_t offset,
                       const uint8_t *bytes, uint32_t length, bool *differs);

/* Held bytes that begin exactly at `offset`: how many stand in one piece. 0: none. */
uint32_t smini_hold_run(const struct smini_hold_pool *pool, const struct smini_hold *hold, uint64_t offset,
                        const uint8_t **bytes);

/* Offset of the first held byte at or after `offset`, or UINT64_MAX. */
uint64_t smini_hold_first(const struct smini_hold_pool *pool, const struct smini_hold *hold, uint64_t offset);

/* Forgets bytes that smini_hold_run gave. */
void smini_hold_consume(struct smini_hold_pool *pool, struct smini_hold *hold, uint64_t offset, uint32_t length);

void smini_hold_clear(struct smini_hold_pool *pool, struct smini_hold *hold);

#endif
