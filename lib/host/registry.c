/* SPDX-License-Identifier: BSD-2-Clause */
#define SMIN_BUILDING_LIBRARY
#include "host/registry.h"

#include <string.h>

#include "host/reason.h"

int32_t smini_registry_new_on(const struct smini_alloc *alloc, struct smin_registry **registry)
{
    if (!registry)
        return SMIN_E_MISUSE;
    *registry = NULL;
    struct smini_alloc own = *alloc;
    struct smin_registry *made = smini_alloc_get(&own, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->alloc = own;
    *registry = made;
    return SMIN_OK;
}

int32_t smin_host_registry_new(struct smin_registry **registry)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    return smini_registry_new_on(&alloc, registry);
}

static int32_t judge_against_list(const struct smin_registry *registry, uint32_t count,
                                  const struct smin_inspector *inspector, char *reason)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct smini_registry_entry *entry = &registry->entries[i];
        if (strcmp(entry->inspector->id, inspector->id) == 0)
            return smini_reason_say(reason, SMIN_E_REFUSED,
                                    "an inspector with the id %s is there already (version %.64s, %.200s); leave one "
                                    "of the two out",
                                    inspector->id, entry->inspector->version,
                                    entry->origin ? entry->origin : SMINI_REGISTRY_BUILT_IN);
    }
    return SMIN_OK;
}

static int32_t copy_origin(struct smin_registry *registry, struct smini_registry_entry *entry, const char *origin)
{
    if (!origin)
        return SMIN_OK;
    entry->origin_bytes = strlen(origin) + 1;
    entry->origin = smini_alloc_get(&registry->alloc, entry->origin_bytes);
    if (!entry->origin)
        return SMIN_E_NOMEM;
    memcpy(entry->origin, origin, entry->origin_bytes);
    return SMIN_OK;
}

static int32_t add_behind(struct smin_registry *registry, uint32_t count, const struct smin_inspector *inspector,
                          const char *origin, char *reason)
{
    int32_t status = smin_host_judge(inspector, reason);
    if (status == SMIN_OK)
        status = judge_against_list(registry, count, inspector, reason);
    if (status != SMIN_OK)
        return status;
    struct smini_registry_entry entry = {.inspector = inspector};
    if (copy_origin(registry, &entry, origin) != SMIN_OK)
        return smini_reason_say(reason, SMIN_E_NOMEM, "out of memory");
    registry->entries[count] = entry;
    return SMIN_OK;
}

static void drop_from(struct smin_registry *registry, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        struct smini_registry_entry *entry = &registry->entries[i];
        smini_alloc_free(&registry->alloc, entry->origin, entry->origin_bytes);
        memset(entry, 0, sizeof(*entry));
    }
}

int32_t smini_registry_add_all(struct smin_registry *registry, const struct smin_inspector *const *inspectors,
                               uint32_t count, const char *origin, char *reason)
{
    if (count > SMINI_HOST_INSPECTORS - registry->count)
        return smini_reason_say(reason, SMIN_E_REFUSED, "the list is full: it holds at most %u inspectors",
                                SMINI_HOST_INSPECTORS);
    uint32_t end = registry->count;
    for (uint32_t i = 0; i < count; i++, end++) {
        int32_t status = add_behind(registry, end, inspectors[i], origin, reason);
        if (status != SMIN_OK) {
            drop_from(registry, registry->count, end);
            return status;
        }
    }
    registry->count = end;
    return smini_reason_none(reason);
}

int32_t smin_host_registry_add(struct smin_registry *registry, const struct smin_inspector *inspector, char *reason)
{
    if (!registry)
        return smini_reason_say(reason, SMIN_E_MISUSE, "there is no list: the pointer is NULL");
    return smini_registry_add_all(registry, &inspector, 1, NULL, reason);
}

uint32_t smin_host_registry_count(const struct smin_registry *registry)
{
    return registry ? registry->count : 0;
}

const struct smin_inspector *smin_host_registry_get(const struct smin_registry *registry, uint32_t index)
{
    return registry && index < registry->count ? registry->entries[index].inspector : NULL;
}

const char *smin_host_registry_origin(const struct smin_registry *registry, uint32_t index)
{
    if (!registry || index >= registry->count)
        return NULL;
    const char *origin = registry->entries[index].origin;
    return origin ? origin : SMINI_REGISTRY_BUILT_IN;
}

void smin_host_registry_free(struct smin_registry **registry)
{
    if (!registry || !*registry)
        return;
    struct smin_registry *list = *registry;
    drop_from(list, 0, list->count);
    struct smini_alloc alloc = list->alloc;
    smini_alloc_free(&alloc, list, sizeof(*list));
    *registry = NULL;
}
