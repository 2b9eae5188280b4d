/* SPDX-License-Identifier: BSD-2-Clause */
#include "store.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Conversations are texts of a few kilobytes; more is a mistake of the caller. */
#define FILE_BYTES_MAX ((size_t)16 << 20)
/* A capture is made in memory; the largest case has a few thousand packets. */
#define STORE_BYTES_MAX ((size_t)1 << 30)

struct smini_store_block {
    struct smini_store_block *next;
    size_t size;
    max_align_t bytes[];
};

void smini_store_init(struct smini_store *store)
{
    smini_alloc_init(&store->alloc, STORE_BYTES_MAX);
    store->blocks = NULL;
}

void *smini_store_get(struct smini_store *store, size_t size)
{
    size_t whole = sizeof(struct smini_store_block) + (size ? size : 1);
    struct smini_store_block *block = smini_alloc_get(&store->alloc, whole);
    if (!block)
        smini_store_stop(SMINI_EXIT_INTERNAL, "out of memory");
    block->size = whole;
    block->next = store->blocks;
    store->blocks = block;
    return block->bytes;
}

uint8_t *smini_store_copy(struct smini_store *store, struct smini_span span)
{
    uint8_t *copy = smini_store_get(store, span.length);
    if (span.length)
        memcpy(copy, span.bytes, span.length);
    return copy;
}

void smini_store_free(struct smini_store *store)
{
    while (store->blocks) {
        struct smini_store_block *block = store->blocks;
        store->blocks = block->next;
        smini_alloc_free(&store->alloc, block, block->size);
    }
}

void smini_store_stop(int code, const char *format, ...)
{
    va_list arguments;
    fputs("smin-mkpcap: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(code);
}

struct smini_span smini_store_file(struct smini_store *store, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        smini_store_stop(SMINI_EXIT_INPUT, "%s: %s", path, strerror(errno));
    uint8_t *bytes = NULL;
    size_t length = 0, room = 0;
    for (;;) {
        if (length == room) {
            size_t wanted = room ? room * 2 : 4096;
            if (wanted > FILE_BYTES_MAX)
                smini_store_stop(SMINI_EXIT_INPUT, "%s: larger than %zu bytes", path, FILE_BYTES_MAX);
            uint8_t *larger = smini_store_get(store, wanted);
            if (length)
                memcpy(larger, bytes, length);
            bytes = larger;
            room = wanted;
        }
        size_t got = fread(bytes + length, 1, room - length, file);
        length += got;
        if (got == 0)
            break;
    }
    if (ferror(file))
        smini_store_stop(SMINI_EXIT_INPUT, "%s: %s", path, strerror(errno));
    fclose(file);
    return smini_span_make(bytes, length);
}
