/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory whose end lies against a page that must not be touched. */
#ifndef SMIN_TESTS_GUARD_PAGE_H
#define SMIN_TESTS_GUARD_PAGE_H

#include <stddef.h>
#include <stdint.h>

struct guard_page {
    uint8_t *map;
    size_t map_size;
    uint8_t *end; /* the first byte that faults */
};

/* Room for up to `capacity` bytes. Ends the test program when the system gives none. */
void guard_page_open(struct guard_page *page, size_t capacity);

/* Copies `length` bytes so that the byte behind the last one faults; valid until the next put. */
const uint8_t *guard_page_put(struct guard_page *page, const void *bytes, size_t length);

void guard_page_close(struct guard_page *page);

#endif
