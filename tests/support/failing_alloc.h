/* SPDX-License-Identifier: BSD-2-Clause */
/* An allocator that refuses the n-th request, and knows what it has given out. */
#ifndef SMIN_TESTS_FAILING_ALLOC_H
#define SMIN_TESTS_FAILING_ALLOC_H

#include "base/alloc.h"

#include <stdbool.h>

struct failing_alloc {
    struct smini_alloc alloc; /* hand this one out; `used` is 0 when nothing leaks */
    uint64_t requests;        /* so far, refused ones included */
    uint64_t fail_from;       /* the first request to refuse, counted from 1; 0: none */
    uint64_t fail_until;      /* the last request to refuse */
    uint64_t refused;
    uint64_t blocks; /* given out and not given back */
};

/* Refuses no request. The object must stay where it is. */
void failing_alloc_open(struct failing_alloc *failing);

/* Refuses the n-th request from now on, and only that one. */
void failing_alloc_fail_nth(struct failing_alloc *failing, uint64_t n);

/* Refuses the n-th request from now on and all behind it. */
void failing_alloc_fail_from(struct failing_alloc *failing, uint64_t n);

/* True when everything came back. */
bool failing_alloc_clean(const struct failing_alloc *failing);

/* The pair of functions, for hosts that take one; `user` is the struct failing_alloc. */
void *failing_alloc_take(void *user, size_t size);
void failing_alloc_give(void *user, void *memory, size_t size);

#endif
