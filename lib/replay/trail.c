/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/trail.h"

#include <string.h>

#include "smin/status.h"

/* An entry that would get fewer bytes than this goes to the next chunk. */
enum { ALIGN = 8, WORTHWHILE = 64, TRAILS_SHIFT = 5 };

_Static_assert(sizeof(struct smini_trail_entry) == 32, "entries stay aligned behind one another");
_Static_assert(sizeof(struct smini_trail_chunk) == SMINI_TRAIL_CHUNK, "no padding in a chunk");

static struct smini_trail_chunk *chunk_at(const struct smini_arena *pool, uint32_t index)
{
    return smini_arena_at(pool, index);
}

void smini_trail_pool_init(struct smini_arena *pool, struct smini_alloc *alloc, uint32_t chunks_max)
{
    smini_arena_init(pool, alloc, sizeof(struct smini_trail_chunk), TRAILS_SHIFT, chunks_max);
    pool->cleared = offsetof(struct smini_trail_chunk, data);
}

static void drop_first(struct smini_arena *pool, struct smini_trail *trail)
{
    uint32_t old = trail->first;
    trail->first = chunk_at(pool, old)->next;
    trail->chunks--;
    smini_arena_give(pool, old);
    if (trail->first == 0) {
        trail->last = 0;
        memcpy(trail->start, trail->end, sizeof(trail->start));
        return;
    }
    memcpy(trail->start, chunk_at(pool, trail->first)->start, sizeof(trail->start));
}

void smini_trail_trim(struct smini_arena *pool, struct smini_trail *trail, uint32_t chunks)
{
    while (trail->chunks > chunks)
        drop_first(pool, trail);
}

static int32_t add_chunk(struct smini_arena *pool, struct smini_trail *trail, bool keep)
{
    if (trail->chunks >= trail->chunks_max) {
        if (keep)
            return SMIN_E_LIMIT;
        drop_first(pool, trail);
    }
    uint32_t index = smini_arena_take(pool);
    if (index == 0 && !keep && trail->chunks > 1) {
        drop_first(pool, trail);
        index = smini_arena_take(pool);
    }
    if (index == 0)
        return SMIN_E_NOMEM;
    struct smini_trail_chunk *chunk = chunk_at(pool, index);
    memcpy(chunk->start, trail->end, sizeof(chunk->start));
    if (trail->last)
        chunk_at(pool, trail->last)->next = index;
    else {
        trail->first = index;
        memcpy(trail->start, trail->end, sizeof(trail->start));
    }
    trail->last = index;
    trail->chunks++;
    return SMIN_OK;
}

/* Room for bytes behind a new entry of the last chunk. */
static uint32_t room_in_last(const struct smini_arena *pool, const struct smini_trail *trail)
{
    if (trail->last == 0)
        return 0;
    uint32_t used = chunk_at(pool, trail->last)->used + (uint32_t)sizeof(struct smini_trail_entry);
    return used > sizeof(((struct smini_trail_chunk *)0)->data)
               ? 0
               : (uint32_t)sizeof(((struct smini_trail_chunk *)0)->data) - used;
}

int32_t smini_trail_add(struct smini_arena *pool, struct smini_trail *trail, unsigned direction, const uint8_t *bytes,
                        uint32_t length, struct smini_moment moment, bool keep)
{
    while (length > 0) {
        uint32_t room = room_in_last(pool, trail);
        uint32_t wanted = bytes ? (length < WORTHWHILE ? length : WORTHWHILE) : 1;
        if (room < wanted) {
            int32_t status = add_chunk(pool, trail, keep);
            if (status != SMIN_OK && keep)
                return SMIN_E_LIMIT;
            if (status != SMIN_OK) {
                trail->end[direction] += length;
                smini_trail_clear(pool, trail);
                return status;
            }
            room = room_in_last(pool, trail);
        }
        uint32_t count = bytes && length > room ? room : length;
        uint32_t stored = bytes ? (count + ALIGN - 1) & ~(uint32_t)(ALIGN - 1) : 0;
        struct smini_trail_chunk *chunk = chunk_at(pool, trail->last);
        struct smini_trail_entry *entry = (struct smini_trail_entry *)(void *)(chunk->data + chunk->used);
        *entry = (struct smini_trail_entry){.offset = trail->end[direction],
                                            .moment = moment,
                                            .length = count,
                                            .direction = (uint8_t)direction,
                                            .gap = bytes == NULL,
                                            .stored = (uint16_t)stored};
        if (bytes) {
            memcpy(entry + 1, bytes, count);
            bytes += count;
        }
        chunk->used += (uint32_t)sizeof(*entry) + stored;
        trail->end[direction] += count;
        length -= count;
    }
    return SMIN_OK;
}

const struct smini_trail_entry *smini_trail_next(const struct smini_arena *pool, const struct smini_trail *trail,
                                                 struct smini_trail_walk *walk)
{
    if (!walk->begun) {
        walk->begun = true;
        walk->chunk = trail->first;
        walk->at = 0;
    }
    while (walk->chunk != 0) {
        const struct smini_trail_chunk *chunk = chunk_at(pool, walk->chunk);
        if (walk->at < chunk->used) {
            const struct smini_trail_entry *entry =
                (const struct smini_trail_entry *)(const void *)(chunk->data + walk->at);
            walk->at += (uint32_t)sizeof(*entry) + entry->stored;
            return entry;
        }
        walk->chunk = chunk->next;
        walk->at = 0;
    }
    return NULL;
}

/* The chunk in which the bytes at `offset` begin. */
static uint32_t chunk_with(const struct smini_arena *pool, const struct smini_trail *trail, unsigned direction,
                           uint64_t offset)
{
    if (chunk_at(pool, trail->last)->start[direction] <= offset)
        return trail->last;
    uint32_t found = trail->first;
    for (uint32_t at = trail->first; at != 0; at = chunk_at(pool, at)->next) {
        if (chunk_at(pool, at)->start[direction] > offset)
            break;
        found = at;
    }
    return found;
}

enum smini_trail_verdict smini_trail_compare(const struct smini_arena *pool, const struct smini_trail *trail,
                                             unsigned direction, uint64_t offset, const uint8_t *bytes,
                                             uint32_t length)
{
    if (offset < trail->start[direction] || trail->first == 0)
        return SMINI_TRAIL_UNKNOWN;
    enum smini_trail_verdict verdict = SMINI_TRAIL_SAME;
    struct smini_trail_walk walk = {.begun = true, .chunk = chunk_with(pool, trail, direction, offset)};
    const struct smini_trail_entry *entry;
    while (length > 0 && (entry = smini_trail_next(pool, trail, &walk)) != NULL) {
        if (entry->direction != direction || entry->offset + entry->length <= offset)
            continue;
        uint64_t inside = offset - entry->offset;
        uint32_t count = entry->length - inside < length ? (uint32_t)(entry->length - inside) : length;
        if (entry->gap)
            verdict = SMINI_TRAIL_LATE;
        else if (memcmp(smini_trail_bytes(entry) + inside, bytes, count) != 0)
            return SMINI_TRAIL_DIFFERS;
        offset += count;
        bytes += count;
        length -= count;
    }
    return verdict;
}

void smini_trail_clear(struct smini_arena *pool, struct smini_trail *trail)
{
    for (uint32_t at = trail->first; at != 0;) {
        uint32_t next = chunk_at(pool, at)->next;
        smini_arena_give(pool, at);
        at = next;
    }
    trail->first = trail->last = trail->chunks = 0;
    memcpy(trail->start, trail->end, sizeof(trail->start));
}
