/* SPDX-License-Identifier: BSD-2-Clause */
/* --rule-profile: what each rule cost, summed over threads, so that it does not depend on how many there were. */
#ifndef SMINI_PROFILE_H
#define SMINI_PROFILE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "replay/record.h"
#include "replay/run.h"
#include "smin/abi_ext.h"

struct smini_profile {
    struct smini_alloc *alloc;
    const struct smini_run_inspector *inspectors; /* borrowed */
    uint32_t inspector_count;
    pthread_mutex_t lock;
    struct smin_rule_cost *costs[SMINI_RECORD_INSPECTORS_MAX]; /* NULL: it counts nothing */
    uint32_t counts[SMINI_RECORD_INSPECTORS_MAX];
};

/* SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_profile_open(struct smini_profile *profile, struct smini_alloc *alloc,
                           const struct smini_run_inspector *inspectors, uint32_t count);
/* A thread object is about to end. From any thread. */
void smini_profile_add(struct smini_profile *profile, const struct smin_inspector *inspector,
                       struct smin_thread *thread);

/* Writes it, the dearest rule first: as JSON lines when `name` ends in .json, else as a table. Closes `out`, unless it is
 * standard output, and the profile. False when not all could be written. */
bool smini_profile_finish(struct smini_profile *profile, FILE *out, const char *name);

#endif
