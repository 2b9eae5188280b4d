/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Allocator handle: counted, capped, failable. One handle belongs to one
 * thread or to one object that only one thread touches at a time.
 */
#ifndef SMINI_ALLOC_H
#define SMINI_ALLOC_H

#include <stddef.h>
#include <stdint.h>

struct smini_alloc {
    void *(*take)(void *user, size_t size);
    void (*give)(void *user, void *memory, size_t size);
    void *user;
    size_t limit;        /* bytes that may be in use at once; 0 means no limit */
    size_t used;         /* bytes in use */
    size_t peak;         /* the most that was ever in use */
    uint64_t calls;      /* successful allocations so far */
    uint64_t refused;    /* allocations refused, by the limit or from below */
    uint64_t limit_hits; /* of those, refused by the limit */
};

/* On top of malloc and free. */
void smini_alloc_init(struct smini_alloc *alloc, size_t limit);

/* On top of somebody else's pair of functions. */
void smini_alloc_init_on(struct smini_alloc *alloc, size_t limit, void *(*take)(void *, size_t),
                         void (*give)(void *, void *, size_t), void *user);

/* Zeroed memory, or NULL. Size 0 is refused. */
void *smini_alloc_get(struct smini_alloc *alloc, size_t size);

/* As above for `count` items of `size` bytes; an overflow of the product is refused. */
void *smini_alloc_array(struct smini_alloc *alloc, size_t count, size_t size);

/*
 * Grows `memory` from `old_size` to `new_size`; the new part is zero. On
 * failure gives NULL and leaves `memory` as it was.
 */
void *smini_alloc_grow(struct smini_alloc *alloc, void *memory, size_t old_size, size_t new_size);

/* NULL is fine. `size` is what was asked for. */
void smini_alloc_free(struct smini_alloc *alloc, void *memory, size_t size);

#endif
