/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

static void *take_malloc(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void give_free(void *user, void *memory, size_t size)
{
    (void)user;
    (void)size;
    free(memory);
}

void smini_alloc_init_on(struct smini_alloc *alloc, size_t limit, void *(*take)(void *, size_t),
                         void (*give)(void *, void *, size_t), void *user)
{
    memset(alloc, 0, sizeof(*alloc));
    alloc->take = take;
    alloc->give = give;
    alloc->user = user;
    alloc->limit = limit;
}

void smini_alloc_init(struct smini_alloc *alloc, size_t limit)
{
    smini_alloc_init_on(alloc, limit, take_malloc, give_free, NULL);
}

void *smini_alloc_get(struct smini_alloc *alloc, size_t size)
{
    if (size == 0)
        return NULL;
    if (alloc->limit != 0 && (size > alloc->limit || alloc->used > alloc->limit - size)) {
        alloc->refused++;
        alloc->limit_hits++;
        return NULL;
    }
    void *memory = alloc->take(alloc->user, size);
    if (!memory) {
        alloc->refused++;
        return NULL;
    }
    memset(memory, 0, size);
    alloc->calls++;
    alloc->used += size;
    if (alloc->used > alloc->peak)
        alloc->peak = alloc->used;
    return memory;
}

void *smini_alloc_array(struct smini_alloc *alloc, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        alloc->refused++;
        return NULL;
    }
    return smini_alloc_get(alloc, count * size);
}

void *smini_alloc_grow(struct smini_alloc *alloc, void *memory, size_t old_size, size_t new_size)
{
    void *bigger = smini_alloc_get(alloc, new_size);
    if (!bigger)
        return NULL;
    if (memory) {
        memcpy(bigger, memory, old_size < new_size ? old_size : new_size);
        smini_alloc_free(alloc, memory, old_size);
    }
    return bigger;
}

void smini_alloc_free(struct smini_alloc *alloc, void *memory, size_t size)
{
    if (!memory)
        return;
    alloc->used -= size;
    alloc->give(alloc->user, memory, size);
}
