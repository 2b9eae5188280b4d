/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that lives until the program ends, so that frames may share bytes
 * without anybody owning them. What cannot be made is not made in part: every
 * error here ends the program with a message.
 */
#ifndef SMINI_STORE_H
#define SMINI_STORE_H

#include <stdnoreturn.h>

#include "base/alloc.h"
#include "base/span.h"

enum { SMINI_EXIT_USAGE = 2, SMINI_EXIT_INPUT = 3, SMINI_EXIT_INTERNAL = 4 };

struct smini_store_block;

struct smini_store {
    struct smini_alloc alloc;
    struct smini_store_block *blocks;
};

void smini_store_init(struct smini_store *store);

/* Zeroed bytes; never NULL. */
void *smini_store_get(struct smini_store *store, size_t size);

/* A copy of `span`. */
uint8_t *smini_store_copy(struct smini_store *store, struct smini_span span);

void smini_store_free(struct smini_store *store);

/* "smin-mkpcap: ..." on stderr, then exit. */
noreturn void smini_store_stop(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A whole file, at most 16 MiB; stops when it cannot be read. */
struct smini_span smini_store_file(struct smini_store *store, const char *path);

#endif
