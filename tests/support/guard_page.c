/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/support/guard_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void give_up(const char *what)
{
    perror(what);
    abort();
}

void guard_page_open(struct guard_page *page, size_t capacity)
{
    size_t unit = (size_t)sysconf(_SC_PAGESIZE);
    size_t room = (capacity + unit) / unit * unit;
    page->map_size = room + unit;
    void *map = mmap(NULL, page->map_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED)
        give_up("mmap");
    page->map = map;
    page->end = page->map + room;
    if (mprotect(page->end, unit, PROT_NONE) != 0)
        give_up("mprotect");
}

const uint8_t *guard_page_put(struct guard_page *page, const void *bytes, size_t length)
{
    if (length > (size_t)(page->end - page->map)) {
        fprintf(stderr, "guard_page_put: %zu bytes do not fit\n", length);
        abort();
    }
    uint8_t *at = page->end - length;
    if (length > 0)
        memcpy(at, bytes, length);
    return at;
}

void guard_page_close(struct guard_page *page)
{
    if (page->map)
        munmap(page->map, page->map_size);
    memset(page, 0, sizeof(*page));
}
