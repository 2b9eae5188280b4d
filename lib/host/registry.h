/* SPDX-License-Identifier: BSD-2-Clause */
/* A list of accepted inspectors and where each came from. */
#ifndef SMINI_HOST_REGISTRY_H
#define SMINI_HOST_REGISTRY_H

#include "base/alloc.h"
#include "host/limits.h"
#include "smin/host.h"

/* Where static inspectors come from. */
#define SMINI_REGISTRY_BUILT_IN "built in"

struct smini_registry_entry {
    const struct smin_inspector *inspector;
    char *origin; /* NULL: built in */
    size_t origin_bytes;
};

struct smin_registry {
    struct smini_alloc alloc;
    uint32_t count;
    struct smini_registry_entry entries[SMINI_HOST_INSPECTORS];
};

/* As smin_host_registry_new, on somebody's allocator, which is copied. */
int32_t smini_registry_new_on(const struct smini_alloc *alloc, struct smin_registry **registry);

/*
 * Adds all of `inspectors`, or none. `origin` is copied; NULL means built in.
 * Statuses and reason as smin_host_registry_add.
 */
int32_t smini_registry_add_all(struct smin_registry *registry, const struct smin_inspector *const *inspectors,
                               uint32_t count, const char *origin, char *reason);

#endif
