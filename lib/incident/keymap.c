/* SPDX-License-Identifier: BSD-2-Clause */
#include "incident/keymap.h"

#include <string.h>

#include "smin/status.h"

enum { FIRST_CAPACITY = 64 };

void smini_keymap_init(struct smini_keymap *map, struct smini_alloc *alloc, uint64_t seed)
{
    memset(map, 0, sizeof(*map));
    map->alloc = alloc;
    map->seed = seed;
}

static size_t home(const struct smini_keymap *map, const struct smini_key *key)
{
    uint64_t hash = map->seed ^ 0x9e3779b97f4a7c15U;
    for (size_t i = 0; i < SMINI_KEY_BYTES / 8; i++) {
        hash = (hash ^ key->words[i]) * 0xff51afd7ed558ccdU;
        hash ^= hash >> 32;
        hash += map->seed;
    }
    hash ^= hash >> 29;
    return (size_t)hash & (map->capacity - 1);
}

static bool same(const struct smini_key *a, const struct smini_key *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

static size_t find(const struct smini_keymap *map, const struct smini_key *key)
{
    size_t at = home(map, key);
    while (map->entries[at].value && !same(&map->entries[at].key, key))
        at = (at + 1) & (map->capacity - 1);
    return at;
}

uint32_t smini_keymap_get(const struct smini_keymap *map, const struct smini_key *key)
{
    return map->capacity ? map->entries[find(map, key)].value : SMINI_KEY_ABSENT;
}

static int32_t grow(struct smini_keymap *map)
{
    struct smini_keymap bigger = *map;
    bigger.capacity = map->capacity ? map->capacity * 2 : FIRST_CAPACITY;
    bigger.entries = smini_alloc_array(map->alloc, bigger.capacity, sizeof(*bigger.entries));
    if (!bigger.entries)
        return SMIN_E_NOMEM;
    for (size_t i = 0; i < map->capacity; i++)
        if (map->entries[i].value)
            bigger.entries[find(&bigger, &map->entries[i].key)] = map->entries[i];
    smini_alloc_free(map->alloc, map->entries, map->capacity * sizeof(*map->entries));
    *map = bigger;
    return SMIN_OK;
}

int32_t smini_keymap_put(struct smini_keymap *map, const struct smini_key *key, uint32_t value)
{
    if ((map->count + 1) * 2 > map->capacity && grow(map) != SMIN_OK)
        return SMIN_E_NOMEM;
    size_t at = find(map, key);
    map->entries[at].key = *key;
    map->entries[at].value = value + 1;
    map->count++;
    return SMIN_OK;
}

/* Backward shift: no tombstones, so the load stays what the count says. */
void smini_keymap_remove(struct smini_keymap *map, const struct smini_key *key)
{
    if (!map->capacity)
        return;
    size_t mask = map->capacity - 1, hole = find(map, key);
    if (!map->entries[hole].value)
        return;
    map->count--;
    for (size_t at = (hole + 1) & mask; map->entries[at].value; at = (at + 1) & mask) {
        size_t wanted = home(map, &map->entries[at].key);
        if (((at - wanted) & mask) >= ((at - hole) & mask)) {
            map->entries[hole] = map->entries[at];
            hole = at;
        }
    }
    memset(&map->entries[hole], 0, sizeof(map->entries[hole]));
}

void smini_keymap_free(struct smini_keymap *map)
{
    smini_alloc_free(map->alloc, map->entries, map->capacity * sizeof(*map->entries));
    map->entries = NULL;
    map->capacity = map->count = 0;
}
