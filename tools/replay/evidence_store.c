/* SPDX-License-Identifier: BSD-2-Clause */
#include "evidence_store.h"

#include <stdlib.h>
#include <string.h>

#include "smin/status.h"

enum { DIGESTS_MAX = 1 << 20 };

/* One file in two places; where it could not be kept it is gone, and that place says so at the end. */
struct twin {
    void *ours, *beside;
    int ours_stored, beside_stored;
};

static int worse(const struct twin *twin)
{
    return twin->ours_stored != SMINI_STORED_YES ? twin->ours_stored : twin->beside_stored;
}

static void *open_twin(void *user, int *stored)
{
    struct smini_evidence_store *store = user;
    const struct smini_file_store *ours = &store->files.table, *beside = store->beside;
    struct twin *twin = calloc(1, sizeof(*twin));
    *stored = SMINI_STORED_FAILED;
    if (!twin)
        return NULL;
    twin->beside_stored = SMINI_STORED_YES;
    twin->ours = ours->open(ours->user, &twin->ours_stored);
    if (beside)
        twin->beside = beside->open(beside->user, &twin->beside_stored);
    *stored = SMINI_STORED_YES;
    if (twin->ours || twin->beside)
        return twin;
    *stored = worse(twin);
    free(twin);
    return NULL;
}

static int write_one(const struct smini_file_store *to, void **file, int *stored, const uint8_t *bytes, size_t length)
{
    if (*file)
        *stored = to->write(to->user, *file, bytes, length);
    if (*stored != SMINI_STORED_YES)
        *file = NULL;
    return *file != NULL;
}

static int write_twin(void *user, void *file, const uint8_t *bytes, size_t length)
{
    struct smini_evidence_store *store = user;
    struct twin *twin = file;
    int left = write_one(&store->files.table, &twin->ours, &twin->ours_stored, bytes, length);
    if (store->beside)
        left |= write_one(store->beside, &twin->beside, &twin->beside_stored, bytes, length);
    if (left)
        return SMINI_STORED_YES;
    int stored = worse(twin);
    free(twin);
    return stored;
}

static void note_digest(struct smini_evidence_store *store, const uint8_t sha256[SMINI_SHA256_BYTES])
{
    pthread_mutex_lock(&store->lock);
    store->digests_lost |= smini_rows_add(&store->digests, sha256) != SMIN_OK;
    pthread_mutex_unlock(&store->lock);
}

static int keep_twin(void *user, void *file, const uint8_t sha256[SMINI_SHA256_BYTES])
{
    struct smini_evidence_store *store = user;
    struct twin *twin = file;
    if (twin->ours)
        twin->ours_stored = store->files.table.keep(store->files.table.user, twin->ours, sha256);
    if (twin->ours && twin->ours_stored == SMINI_STORED_YES)
        note_digest(store, sha256);
    if (twin->beside)
        twin->beside_stored = store->beside->keep(store->beside->user, twin->beside, sha256);
    int stored = worse(twin);
    free(twin);
    return stored;
}

int smini_evidence_store_open(struct smini_evidence_store *store, int folder, const struct smini_tool_limits *limits,
                              const struct smini_file_store *beside)
{
    if (smini_store_open(&store->files, folder, limits) != 0)
        return -1;
    store->beside = beside;
    store->table =
        (struct smini_file_store){.user = store, .open = open_twin, .write = write_twin, .keep = keep_twin};
    smini_alloc_init(&store->alloc, 0);
    smini_rows_init(&store->digests, &store->alloc, SMINI_SHA256_BYTES, DIGESTS_MAX);
    pthread_mutex_init(&store->lock, NULL);
    return 0;
}

void smini_evidence_store_close(struct smini_evidence_store *store)
{
    if (!store->table.open)
        return;
    smini_store_close(&store->files);
    smini_rows_free(&store->digests);
    pthread_mutex_destroy(&store->lock);
    store->table.open = NULL;
}

static int by_bytes(const void *left, const void *right)
{
    return memcmp(left, right, SMINI_SHA256_BYTES);
}

void smini_evidence_store_sort(struct smini_evidence_store *store)
{
    smini_rows_sort(&store->digests, by_bytes);
}

bool smini_evidence_store_has(const struct smini_evidence_store *store, const uint8_t digest[SMINI_SHA256_BYTES])
{
    size_t at = smini_rows_lower(&store->digests, digest, by_bytes);
    return at < store->digests.count && by_bytes(smini_rows_at(&store->digests, at), digest) == 0;
}

void smini_evidence_file_name(char name[SMINI_EVIDENCE_FILE_NAME], const uint8_t digest[SMINI_SHA256_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    memcpy(name, "files/", 6);
    for (size_t i = 0; i < SMINI_SHA256_BYTES; i++) {
        name[9 + 2 * i] = digits[digest[i] >> 4];
        name[10 + 2 * i] = digits[digest[i] & 15];
    }
    memcpy(name + 6, name + 9, 2);
    name[8] = '/';
    name[SMINI_EVIDENCE_FILE_NAME - 1] = '\0';
}
