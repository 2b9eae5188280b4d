/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory that ends at a page nobody may touch: one byte too far is a crash, not luck. */
#ifndef VALIDATE_GUARDED_H
#define VALIDATE_GUARDED_H

#include <stddef.h>
#include <stdint.h>

struct guarded {
    uint8_t *pages;
    size_t usable; /* bytes before the protected page */
    size_t page;
};

/* Room for `length` bytes. 0 or -1. */
int guarded_open(struct guarded *guarded, size_t length);
void guarded_close(struct guarded *guarded);

/* A copy of the bytes that ends where the protected page begins. */
uint8_t *guarded_put(struct guarded *guarded, const void *bytes, size_t length);

/* Makes what was put unrecognisable: who still looks at it will be found out. */
void guarded_spoil(struct guarded *guarded, size_t length);

#endif
