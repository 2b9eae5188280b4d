/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/support/failing_alloc.h"

#include <stdlib.h>
#include <string.h>

void *failing_alloc_take(void *user, size_t size)
{
    struct failing_alloc *failing = user;
    failing->requests++;
    if (failing->fail_from != 0 && failing->requests >= failing->fail_from &&
        failing->requests <= failing->fail_until) {
        failing->refused++;
        return NULL;
    }
    void *memory = malloc(size);
    if (memory)
        failing->blocks++;
    return memory;
}

void failing_alloc_give(void *user, void *memory, size_t size)
{
    struct failing_alloc *failing = user;
    /* Whoever still reads it shall notice. */
    memset(memory, 0xdd, size);
    failing->blocks--;
    free(memory);
}

void failing_alloc_open(struct failing_alloc *failing)
{
    memset(failing, 0, sizeof(*failing));
    smini_alloc_init_on(&failing->alloc, 0, failing_alloc_take, failing_alloc_give, failing);
}

void failing_alloc_fail_nth(struct failing_alloc *failing, uint64_t n)
{
    failing->fail_from = failing->requests + n;
    failing->fail_until = failing->fail_from;
}

void failing_alloc_fail_from(struct failing_alloc *failing, uint64_t n)
{
    failing->fail_from = failing->requests + n;
    failing->fail_until = UINT64_MAX;
}

bool failing_alloc_clean(const struct failing_alloc *failing)
{
    return failing->blocks == 0 && failing->alloc.used == 0;
}
