/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that moved, into the case folder, and beside it to wherever else they are stored. */
#ifndef SMINI_TOOL_EVIDENCE_STORE_H
#define SMINI_TOOL_EVIDENCE_STORE_H

#include <stdbool.h>

#include "rows.h"
#include "store.h"

struct smini_evidence_store {
    struct smini_store files; /* of the case */
    const struct smini_file_store *beside; /* NULL: nowhere else */
    struct smini_file_store table;
    struct smini_alloc alloc; /* guarded by the lock */
    struct smini_rows digests;
    bool digests_lost; /* no memory for all of them */
    pthread_mutex_t lock;
};

/* Makes "files" below the open folder. 0, or -1 with errno. */
int smini_evidence_store_open(struct smini_evidence_store *store, int folder, const struct smini_tool_limits *limits,
                              const struct smini_file_store *beside);
void smini_evidence_store_close(struct smini_evidence_store *store);

/* Sorts the digests of what was kept, each once. */
void smini_evidence_store_sort(struct smini_evidence_store *store);

/* After that: was a file of this digest kept? */
bool smini_evidence_store_has(const struct smini_evidence_store *store, const uint8_t digest[SMINI_SHA256_BYTES]);

/* "files/ab/abcd...", under which a digest is kept. */
enum { SMINI_EVIDENCE_FILE_NAME = 6 + 3 + 2 * SMINI_SHA256_BYTES + 1 };
void smini_evidence_file_name(char name[SMINI_EVIDENCE_FILE_NAME], const uint8_t digest[SMINI_SHA256_BYTES]);

#endif
