/* SPDX-License-Identifier: BSD-2-Clause */
/* What a host may lend while a database is made. The core itself reads and writes no file. */
#ifndef SMINI_MATCH_HOST_H
#define SMINI_MATCH_HOST_H

#include "base/span.h"

/* Any function may be NULL. */
struct smini_match_host {
    void *user;
    /* What was stored under `key`, valid until the next call. SMIN_OK; anything else: there is none. */
    int32_t (*load)(void *user, const char *key, const uint8_t **bytes, uint64_t *length);
    /* Whether it was stored is the host's business. */
    int32_t (*store)(void *user, const char *key, const uint8_t *bytes, uint64_t length);
    /* `done` of `total` of what `step` says; called before the first and after each. */
    void (*progress)(void *user, const char *step, uint64_t done, uint64_t total);
};

static inline void smini_match_progress(const struct smini_match_host *host, const char *step, uint64_t done,
                                        uint64_t total)
{
    if (host && host->progress)
        host->progress(host->user, step, done, total);
}

#endif
