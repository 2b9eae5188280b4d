/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "replay/defrag_set.h"
#include "smin/status.h"

static size_t pieces_size(uint32_t class_index)
{
    return offsetof(struct smini_pieces, bytes) + SMINI_DEFRAG_HEADER_MAX + smini_pieces_room(class_index);
}

uint32_t smini_pieces_class(uint32_t length)
{
    uint32_t class_index = 0;
    while (class_index + 1 < SMINI_DEFRAG_CLASSES && smini_pieces_room(class_index) < length)
        class_index++;
    return class_index;
}

static void release(struct smini_pieces_pool *pool, struct smini_pieces *pieces)
{
    size_t size = pieces_size(pieces->class_index);
    pool->bytes -= size;
    smini_alloc_free(pool->alloc, pieces, size);
}

static void release_class(struct smini_pieces_pool *pool, uint32_t class_index)
{
    while (pool->free[class_index]) {
        struct smini_pieces *pieces = pool->free[class_index];
        pool->free[class_index] = pieces->next_free;
        release(pool, pieces);
    }
}

int32_t smini_pieces_take(struct smini_pieces_pool *pool, uint32_t class_index, struct smini_pieces **result)
{
    struct smini_pieces *pieces = pool->free[class_index];
    if (pieces) {
        pool->free[class_index] = pieces->next_free;
    } else {
        size_t size = pieces_size(class_index);
        for (uint32_t other = 0; other < SMINI_DEFRAG_CLASSES && pool->bytes + size > pool->bytes_max; other++)
            release_class(pool, other);
        if (pool->bytes + size > pool->bytes_max)
            return SMIN_E_LIMIT;
        pieces = smini_alloc_get(pool->alloc, size);
        if (!pieces)
            return SMIN_E_NOMEM;
        pool->bytes += size;
        pieces->class_index = class_index;
    }
    pieces->next_free = NULL;
    memset(pieces->held, 0, smini_pieces_room(class_index) / 64);
    *result = pieces;
    return SMIN_OK;
}

void smini_pieces_give(struct smini_pieces_pool *pool, struct smini_pieces *pieces)
{
    if (!pieces)
        return;
    pieces->next_free = pool->free[pieces->class_index];
    pool->free[pieces->class_index] = pieces;
}

void smini_pieces_pool_free(struct smini_pieces_pool *pool)
{
    for (uint32_t class_index = 0; class_index < SMINI_DEFRAG_CLASSES; class_index++)
        release_class(pool, class_index);
}

static bool is_held(const struct smini_pieces *pieces, uint32_t unit)
{
    return (pieces->held[unit / 64] >> (unit % 64) & 1) != 0;
}

/* Bits of the word `word` that lie in [from, to). */
static uint64_t word_mask(uint32_t word, uint32_t from, uint32_t to)
{
    uint32_t low = word * 64 < from ? from - word * 64 : 0;
    uint32_t high = (word + 1) * 64 > to ? to - word * 64 : 64;
    uint64_t below = high == 64 ? UINT64_MAX : (UINT64_C(1) << high) - 1;
    return below & ~((UINT64_C(1) << low) - 1);
}

/* Marks [from, to); gives how many of them were marked before. */
static uint32_t mark(struct smini_pieces *pieces, uint32_t from, uint32_t to)
{
    uint32_t before = 0;
    for (uint32_t word = from / 64; word * 64 < to; word++) {
        uint64_t mask = word_mask(word, from, to);
        before += (uint32_t)__builtin_popcountll(pieces->held[word] & mask);
        pieces->held[word] |= mask;
    }
    return before;
}

static bool any_held(const struct smini_pieces *pieces, uint32_t from, uint32_t to)
{
    for (uint32_t word = from / 64; word * 64 < to; word++)
        if ((pieces->held[word] & word_mask(word, from, to)) != 0)
            return true;
    return false;
}

static uint32_t unit_bytes(uint32_t done, uint32_t length)
{
    return length - done < 8 ? length - done : 8;
}

struct smini_overlap smini_pieces_put_first(struct smini_pieces *pieces, const struct smini_pieces *last,
                                            uint32_t offset, const uint8_t *bytes, uint32_t length)
{
    struct smini_overlap overlap = {0, false};
    uint32_t from = offset / 8;
    uint32_t to = (offset + length + 7) / 8;
    const struct smini_pieces *others = last ? last : pieces;
    if (!any_held(pieces, from, to)) {
        memcpy(smini_pieces_payload(pieces) + offset, bytes, length);
        (void)mark(pieces, from, to);
        return overlap;
    }
    for (uint32_t done = 0; done < length; done += 8) {
        uint32_t size = unit_bytes(done, length);
        uint8_t *mine = smini_pieces_payload(pieces) + offset + done;
        if (!is_held(pieces, (offset + done) / 8))
            memcpy(mine, bytes + done, size);
        else if (memcmp(mine, bytes + done, size) != 0 ||
                 memcmp(others->bytes + SMINI_DEFRAG_HEADER_MAX + offset + done, bytes + done, size) != 0)
            overlap.differs = true;
    }
    overlap.covered = mark(pieces, from, to);
    return overlap;
}

void smini_pieces_put_last(struct smini_pieces *pieces, uint32_t offset, const uint8_t *bytes, uint32_t length)
{
    memcpy(smini_pieces_payload(pieces) + offset, bytes, length);
    (void)mark(pieces, offset / 8, (offset + length + 7) / 8);
}

bool smini_pieces_same(const struct smini_pieces *pieces, uint32_t offset, const uint8_t *bytes, uint32_t length)
{
    if (offset + length > smini_pieces_room(pieces->class_index))
        return false;
    for (uint32_t unit = offset / 8; unit < (offset + length + 7) / 8; unit++)
        if (!is_held(pieces, unit))
            return false;
    return memcmp(pieces->bytes + SMINI_DEFRAG_HEADER_MAX + offset, bytes, length) == 0;
}
