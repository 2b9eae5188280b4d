/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory that is freed all at once, in chunks from a counted allocator. A refused rule is taken back by mark and rewind. */
#ifndef SMINI_RULE_ARENA_H
#define SMINI_RULE_ARENA_H

#include "base/alloc.h"
#include "base/span.h"

struct smini_rule_arena_chunk;

struct smini_rule_arena {
    struct smini_alloc *alloc;
    struct smini_rule_arena_chunk *last;
};

struct smini_rule_arena_mark {
    struct smini_rule_arena_chunk *chunk;
    size_t used;
};

void smini_rule_arena_init(struct smini_rule_arena *arena, struct smini_alloc *alloc);
void smini_rule_arena_free(struct smini_rule_arena *arena);

/* Zeroed and aligned for any type, or NULL. */
void *smini_rule_arena_get(struct smini_rule_arena *arena, size_t size);
void *smini_rule_arena_array(struct smini_rule_arena *arena, size_t count, size_t size);

/* A copy of the bytes, ended by NUL, or NULL. */
const char *smini_rule_arena_text(struct smini_rule_arena *arena, struct smini_span span);

struct smini_rule_arena_mark smini_rule_arena_mark(const struct smini_rule_arena *arena);
void smini_rule_arena_rewind(struct smini_rule_arena *arena, struct smini_rule_arena_mark mark);

#endif
