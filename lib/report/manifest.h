/* SPDX-License-Identifier: BSD-2-Clause */
/* A list of files with their digests, in the form that sha256sum -c reads, sorted by name. */
#ifndef SMINI_MANIFEST_H
#define SMINI_MANIFEST_H

#include "base/bytebuf.h"
#include "base/sha256.h"

struct smini_manifest_entry {
    char *name;
    uint8_t digest[SMINI_SHA256_BYTES];
};

struct smini_manifest {
    struct smini_alloc *alloc;
    struct smini_manifest_entry *entries;
    uint32_t count, capacity;
};

void smini_manifest_init(struct smini_manifest *manifest, struct smini_alloc *alloc);

/* The name is copied. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_manifest_add(struct smini_manifest *manifest, const char *name,
                           const uint8_t digest[SMINI_SHA256_BYTES]);

/*
 * Sorts by the bytes of the names and appends a line for each; the same file
 * named twice has one line. A name with a backslash or an end of line in it is
 * escaped as sha256sum escapes it. SMIN_OK; SMIN_E_LIMIT, SMIN_E_NOMEM: not all
 * of it.
 */
int32_t smini_manifest_write(struct smini_manifest *manifest, struct smini_bytebuf *out);

void smini_manifest_free(struct smini_manifest *manifest);

#endif
