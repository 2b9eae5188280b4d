/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/tcp_hold.h"

#include <string.h>

#include "smin/status.h"

enum {
    BLOCKS_SHIFT = 5,
    FIRST_RING_BITS = 2,
    WORDS = SMINI_HOLD_BLOCK / 64
};

void smini_hold_pool_init(struct smini_hold_pool *pool, struct smini_alloc *alloc, uint64_t flow_max,
                          uint64_t total_max)
{
    uint64_t blocks = total_max / sizeof(struct smini_hold_block);
    pool->alloc = alloc;
    pool->reach = flow_max < SMINI_HOLD_BLOCK ? SMINI_HOLD_BLOCK : flow_max;
    if (pool->reach > UINT32_MAX / 4)
        pool->reach = UINT32_MAX / 4; /* half of what sequence numbers can tell apart, halved for safety */
    if (blocks > UINT32_MAX / 2)
        blocks = UINT32_MAX / 2;
    smini_arena_init(&pool->blocks, alloc, sizeof(struct smini_hold_block), BLOCKS_SHIFT,
                     blocks == 0 ? 1 : (uint32_t)blocks);
    pool->blocks.cleared = offsetof(struct smini_hold_block, bytes);
}

static struct smini_hold_block *block_of(const struct smini_hold_pool *pool, const struct smini_hold *hold,
                                         uint64_t number)
{
    if (!hold->ring)
        return NULL;
    uint32_t index = hold->ring[number & ((1u << hold->bits) - 1)];
    struct smini_hold_block *block = index ? smini_arena_at(&pool->blocks, index) : NULL;
    return block && block->number == number ? block : NULL;
}

/* Makes the ring large enough to tell `span` neighbouring blocks apart. */
static bool widen(struct smini_hold_pool *pool, struct smini_hold *hold, uint64_t span)
{
    uint32_t bits = hold->ring ? hold->bits : FIRST_RING_BITS;
    while (((uint64_t)1 << bits) < span)
        bits++;
    if (hold->ring && bits == hold->bits)
        return true;
    uint32_t *ring = smini_alloc_array(pool->alloc, (size_t)1 << bits, sizeof(*ring));
    if (!ring)
        return false;
    if (hold->ring) {
        for (uint32_t i = 0; i < 1u << hold->bits; i++) {
            if (hold->ring[i] == 0)
                continue;
            const struct smini_hold_block *block = smini_arena_at(&pool->blocks, hold->ring[i]);
            ring[block->number & ((1u << bits) - 1)] = hold->ring[i];
        }
        smini_alloc_free(pool->alloc, hold->ring, ((size_t)1 << hold->bits) * sizeof(*ring));
    }
    hold->ring = ring;
    hold->bits = bits;
    return true;
}

/* Bits from `low` on, `count` of them, both inside one word. */
static uint64_t mask_of(uint32_t low, uint32_t count)
{
    return (count == 64 ? UINT64_MAX : (((uint64_t)1 << count) - 1)) << low;
}

/* At most 64 bytes that share a word of presence bits. */
static void put_word(struct smini_hold *hold, struct smini_hold_block *block, uint32_t at, const uint8_t *bytes,
                     uint32_t count, bool *differs)
{
    uint64_t *word = &block->present[at / 64];
    uint64_t mask = mask_of(at % 64, count);
    uint8_t *to = block->bytes + at;
    if ((*word & mask) == 0) {
        memcpy(to, bytes, count);
    } else if ((*word & mask) == mask) {
        if (memcmp(to, bytes, count) != 0)
            *differs = true;
    } else {
        for (uint32_t i = 0; i < count; i++) {
            if (!(*word >> (at % 64 + i) & 1))
                to[i] = bytes[i];
            else if (to[i] != bytes[i])
                *differs = true;
        }
    }
    hold->held += (uint32_t)__builtin_popcountll(mask & ~*word);
    *word |= mask;
}

static void put_block(struct smini_hold *hold, struct smini_hold_block *block, uint32_t at, const uint8_t *bytes,
                      uint32_t length, bool *differs)
{
    while (length > 0) {
        uint32_t count = 64 - at % 64;
        if (count > length)
            count = length;
        put_word(hold, block, at, bytes, count, differs);
        at += count;
        bytes += count;
        length -= count;
    }
}

int32_t smini_hold_put(struct smini_hold_pool *pool, struct smini_hold *hold, uint64_t next, uint64_t offset,
                       const uint8_t *bytes, uint32_t length, bool *differs)
{
    if (length == 0)
        return SMIN_OK;
    if (offset - next > pool->reach || length > pool->reach - (offset - next))
        return SMIN_E_LIMIT;
    uint64_t span = (offset + length - 1) / SMINI_HOLD_BLOCK - next / SMINI_HOLD_BLOCK + 1;
    if (!widen(pool, hold, span))
        return SMIN_E_NOMEM;
    while (length > 0) {
        uint64_t number = offset / SMINI_HOLD_BLOCK;
        uint32_t at = (uint32_t)(offset % SMINI_HOLD_BLOCK);
        uint32_t count = SMINI_HOLD_BLOCK - at < length ? SMINI_HOLD_BLOCK - at : length;
        struct smini_hold_block *block = block_of(pool, hold, number);
        if (!block) {
            uint32_t index = smini_arena_take(&pool->blocks);
            if (index == 0)
                return pool->blocks.live >= pool->blocks.live_max ? SMIN_E_LIMIT : SMIN_E_NOMEM;
            hold->ring[number & ((1u << hold->bits) - 1)] = index;
            block = smini_arena_at(&pool->blocks, index);
            block->number = number;
        }
        put_block(hold, block, at, bytes, count, differs);
        offset += count;
        bytes += count;
        length -= count;
    }
    return SMIN_OK;
}

uint32_t smini_hold_run(const struct smini_hold_pool *pool, const struct smini_hold *hold, uint64_t offset,
                        const uint8_t **bytes)
{
    const struct smini_hold_block *block = block_of(pool, hold, offset / SMINI_HOLD_BLOCK);
    if (!block)
        return 0;
    uint32_t begin = (uint32_t)(offset % SMINI_HOLD_BLOCK);
    uint32_t at = begin;
    while (at < SMINI_HOLD_BLOCK) {
        uint64_t absent = ~block->present[at / 64] >> (at % 64);
        uint32_t room = 64 - at % 64;
        uint32_t ones = absent ? (uint32_t)__builtin_ctzll(absent) : 64;
        if (ones < room) {
            at += ones;
            break;
        }
        at += room;
    }
    *bytes = block->bytes + begin;
    return at - begin;
}

static uint32_t first_in_block(const struct smini_hold_block *block, uint32_t at)
{
    for (uint32_t word = at / 64; word < WORDS; word++) {
        uint64_t bits = block->present[word];
        if (word == at / 64)
            bits &= UINT64_MAX << (at % 64);
        if (bits)
            return word * 64 + (uint32_t)__builtin_ctzll(bits);
    }
    return SMINI_HOLD_BLOCK;
}

uint64_t smini_hold_first(const struct smini_hold_pool *pool, const struct smini_hold *hold, uint64_t offset)
{
    if (hold->held == 0)
        return UINT64_MAX;
    uint64_t number = offset / SMINI_HOLD_BLOCK;
    for (uint64_t i = 0; i < (uint64_t)1 << hold->bits; i++) {
        const struct smini_hold_block *block = block_of(pool, hold, number + i);
        if (!block)
            continue;
        uint32_t at = first_in_block(block, i == 0 ? (uint32_t)(offset % SMINI_HOLD_BLOCK) : 0);
        if (at < SMINI_HOLD_BLOCK)
            return (number + i) * SMINI_HOLD_BLOCK + at;
    }
    return UINT64_MAX;
}

void smini_hold_consume(struct smini_hold_pool *pool, struct smini_hold *hold, uint64_t offset, uint32_t length)
{
    struct smini_hold_block *block = block_of(pool, hold, offset / SMINI_HOLD_BLOCK);
    if (!block)
        return;
    uint32_t at = (uint32_t)(offset % SMINI_HOLD_BLOCK);
    hold->held -= length;
    while (length > 0) {
        uint32_t count = 64 - at % 64 < length ? 64 - at % 64 : length;
        block->present[at / 64] &= ~mask_of(at % 64, count);
        at += count;
        length -= count;
    }
    if (first_in_block(block, 0) < SMINI_HOLD_BLOCK)
        return;
    uint32_t *place = &hold->ring[block->number & ((1u << hold->bits) - 1)];
    smini_arena_give(&pool->blocks, *place);
    *place = 0;
}

void smini_hold_clear(struct smini_hold_pool *pool, struct smini_hold *hold)
{
    if (!hold->ring)
        return;
    for (uint32_t i = 0; i < 1u << hold->bits; i++)
        if (hold->ring[i] != 0)
            smini_arena_give(&pool->blocks, hold->ring[i]);
    smini_alloc_free(pool->alloc, hold->ring, ((size_t)1 << hold->bits) * sizeof(*hold->ring));
    *hold = (struct smini_hold){0};
}
