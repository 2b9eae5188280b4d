/* SPDX-License-Identifier: BSD-2-Clause */
#include "guarded.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int guarded_open(struct guarded *guarded, size_t length)
{
    guarded->page = (size_t)sysconf(_SC_PAGESIZE);
    guarded->usable = (length / guarded->page + 1) * guarded->page;
    void *pages = mmap(NULL, guarded->usable + guarded->page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    guarded->pages = pages == MAP_FAILED ? NULL : pages;
    if (!guarded->pages || mprotect(guarded->pages + guarded->usable, guarded->page, PROT_NONE) != 0)
        return -1;
    return 0;
}

void guarded_close(struct guarded *guarded)
{
    if (guarded->pages)
        (void)munmap(guarded->pages, guarded->usable + guarded->page);
    guarded->pages = NULL;
}

uint8_t *guarded_put(struct guarded *guarded, const void *bytes, size_t length)
{
    uint8_t *place = guarded->pages + guarded->usable - length;
    if (length > 0)
        memcpy(place, bytes, length);
    return place;
}

void guarded_spoil(struct guarded *guarded, size_t length)
{
    memset(guarded->pages + guarded->usable - length, 0xdd, length);
}
