/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/flow_arena.h"

#include <string.h>
#include <sys/mman.h>

void smini_arena_init(struct smini_arena *arena, struct smini_alloc *alloc, uint32_t item_size, uint32_t shift,
                      uint32_t live_max)
{
    memset(arena, 0, sizeof(*arena));
    arena->alloc = alloc;
    arena->item_size = item_size;
    arena->cleared = item_size;
    arena->shift = shift;
    arena->live_max = live_max;
    arena->used = 1;
}

static size_t chunk_bytes(const struct smini_arena *arena)
{
    return ((size_t)arena->item_size << arena->shift) + SMINI_CACHE_LINE;
}

static int grow_directory(struct smini_arena *arena)
{
    uint32_t room = arena->chunk_room ? arena->chunk_room * 2 : 8;
    size_t old_bytes = arena->chunk_room * sizeof(uint8_t *);
    uint8_t **chunks = smini_alloc_array(arena->alloc, room, sizeof(*chunks));
    uint8_t **raw = smini_alloc_array(arena->alloc, room, sizeof(*raw));
    if (!chunks || !raw) {
        smini_alloc_free(arena->alloc, chunks, room * sizeof(*chunks));
        smini_alloc_free(arena->alloc, raw, room * sizeof(*raw));
        return 0;
    }
    if (arena->chunk_room) {
        memcpy(chunks, arena->chunks, old_bytes);
        memcpy(raw, arena->raw, old_bytes);
        smini_alloc_free(arena->alloc, arena->chunks, old_bytes);
        smini_alloc_free(arena->alloc, arena->raw, old_bytes);
    }
    arena->chunks = chunks;
    arena->raw = raw;
    arena->chunk_room = room;
    return 1;
}

/* Large arenas are walked at random: fewer, larger pages save most of the page table walks. Only advice. */
static void advise_huge(uint8_t *memory, size_t size)
{
#ifdef MADV_HUGEPAGE
    const uintptr_t page = 4096;
    uintptr_t begin = ((uintptr_t)memory + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)memory + size) & ~(page - 1);
    if (size >= (1u << 20) && end > begin)
        (void)madvise((void *)begin, end - begin, MADV_HUGEPAGE);
#else
    (void)memory;
    (void)size;
#endif
}

static int add_chunk(struct smini_arena *arena)
{
    if (arena->chunk_count == arena->chunk_room && !grow_directory(arena))
        return 0;
    uint8_t *raw = smini_alloc_get(arena->alloc, chunk_bytes(arena));
    if (!raw)
        return 0;
    advise_huge(raw, chunk_bytes(arena));
    uintptr_t past = (uintptr_t)raw & (SMINI_CACHE_LINE - 1);
    arena->raw[arena->chunk_count] = raw;
    arena->chunks[arena->chunk_count] = raw + (past ? SMINI_CACHE_LINE - past : 0);
    arena->chunk_count++;
    return 1;
}

uint32_t smini_arena_take(struct smini_arena *arena)
{
    if (arena->live_max != 0 && arena->live >= arena->live_max)
        return 0;
    uint32_t index = arena->free_head;
    if (index != 0) {
        void *item = smini_arena_at(arena, index);
        memcpy(&arena->free_head, item, sizeof(arena->free_head));
        memset(item, 0, sizeof(arena->free_head)); /* the rest was cleared when it came back */
    } else {
        if (arena->used == UINT32_MAX)
            return 0;
        if ((arena->used >> arena->shift) >= arena->chunk_count && !add_chunk(arena))
            return 0;
        index = arena->used++;
    }
    arena->live++;
    return index;
}

void smini_arena_give(struct smini_arena *arena, uint32_t index)
{
    uint8_t *item = smini_arena_at(arena, index);
    memset(item, 0, arena->cleared);
    memcpy(item, &arena->free_head, sizeof(arena->free_head));
    arena->free_head = index;
    arena->live--;
}

void smini_arena_clear(struct smini_arena *arena)
{
    for (uint32_t i = 0; i < arena->chunk_count; i++)
        smini_alloc_free(arena->alloc, arena->raw[i], chunk_bytes(arena));
    smini_alloc_free(arena->alloc, arena->chunks, arena->chunk_room * sizeof(uint8_t *));
    smini_alloc_free(arena->alloc, arena->raw, arena->chunk_room * sizeof(uint8_t *));
    uint32_t cleared = arena->cleared;
    smini_arena_init(arena, arena->alloc, arena->item_size, arena->shift, arena->live_max);
    arena->cleared = cleared;
}
