/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/arena.h"

#include <stddef.h>

#define CHUNK_BYTES 16384u

struct smini_rule_arena_chunk {
    struct smini_rule_arena_chunk *previous;
    size_t size; /* of `memory` */
    size_t used;
    _Alignas(max_align_t) uint8_t memory[];
};

void smini_rule_arena_init(struct smini_rule_arena *arena, struct smini_alloc *alloc)
{
    arena->alloc = alloc;
    arena->last = NULL;
}

static void drop_last(struct smini_rule_arena *arena)
{
    struct smini_rule_arena_chunk *chunk = arena->last;
    arena->last = chunk->previous;
    smini_alloc_free(arena->alloc, chunk, sizeof(*chunk) + chunk->size);
}

void smini_rule_arena_free(struct smini_rule_arena *arena)
{
    while (arena->last)
        drop_last(arena);
}

void *smini_rule_arena_get(struct smini_rule_arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + align - 1) / align * align;
    struct smini_rule_arena_chunk *chunk = arena->last;
    if (!chunk || chunk->size - chunk->used < size) {
        size_t room = size > CHUNK_BYTES ? size : CHUNK_BYTES;
        chunk = smini_alloc_get(arena->alloc, sizeof(*chunk) + room);
        if (!chunk)
            return NULL;
        chunk->previous = arena->last;
        chunk->size = room;
        arena->last = chunk;
    }
    void *memory = chunk->memory + chunk->used;
    chunk->used += size;
    return memset(memory, 0, size); /* a rewind leaves old bytes behind */
}

void *smini_rule_arena_array(struct smini_rule_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return smini_rule_arena_get(arena, count * size);
}

const char *smini_rule_arena_text(struct smini_rule_arena *arena, struct smini_span span)
{
    char *text = smini_rule_arena_get(arena, span.length + 1);
    if (text && span.length)
        memcpy(text, span.bytes, span.length);
    return text;
}

struct smini_rule_arena_mark smini_rule_arena_mark(const struct smini_rule_arena *arena)
{
    struct smini_rule_arena_mark mark = {.chunk = arena->last, .used = arena->last ? arena->last->used : 0};
    return mark;
}

void smini_rule_arena_rewind(struct smini_rule_arena *arena, struct smini_rule_arena_mark mark)
{
    while (arena->last != mark.chunk)
        drop_last(arena);
    if (arena->last)
        arena->last->used = mark.used;
}
