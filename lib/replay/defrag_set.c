/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of datagrams: found by identity, kept in order of age. */
#include "replay/defrag_set.h"

#include <string.h>

#include "smin/status.h"

enum { FIRST_CAPACITY = 64 };

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

static uint64_t mix_bytes(uint64_t hash, const uint8_t *bytes, size_t length)
{
    for (size_t at = 0; at + 4 <= length; at += 4) {
        uint32_t word;
        memcpy(&word, bytes + at, sizeof(word));
        hash = mix(hash, word);
    }
    return hash;
}

static uint64_t digest_tunnels(uint64_t hash, const struct smini_dissected *fragment)
{
    if (fragment->tunnel_count == 0)
        return 0;
    for (uint8_t i = 0; i < fragment->tunnel_count; i++) {
        const struct smini_tunnel *tunnel = &fragment->tunnels[i];
        hash = mix(hash, (uint64_t)tunnel->id << 16 | (uint64_t)tunnel->kind << 8 | tunnel->ip_version);
        hash = mix_bytes(hash, tunnel->source, sizeof(tunnel->source));
        hash = mix_bytes(hash, tunnel->destination, sizeof(tunnel->destination));
    }
    return hash;
}

void smini_set_identify(const struct smini_set_table *table, const struct smini_dissected *fragment,
                        struct smini_set *key)
{
    size_t address = fragment->ip_version == 4 ? 4 : 16;
    memset(key, 0, sizeof(*key));
    memcpy(key->source, fragment->source, address);
    memcpy(key->destination, fragment->destination, address);
    memcpy(key->vlan, fragment->vlan, sizeof(key->vlan));
    key->vlan_count = fragment->vlan_count;
    key->ip_version = fragment->ip_version;
    key->protocol = fragment->ip_version == 4 ? fragment->protocol : 0;
    key->id = fragment->fragment_id;
    key->tunnels = digest_tunnels(table->secret, fragment);
    uint64_t hash = mix(table->secret, (uint64_t)key->id << 32 | (uint64_t)key->protocol << 8 | key->ip_version);
    hash = mix_bytes(hash, key->source, address);
    hash = mix_bytes(hash, key->destination, address);
    uint64_t vlans;
    memcpy(&vlans, key->vlan, sizeof(vlans));
    key->hash = mix(mix(hash, vlans), key->tunnels);
    key->bucket_next = key->older = key->newer = SMINI_DEFRAG_NONE;
    key->total = UINT32_MAX;
}

static bool same_identity(const struct smini_set *a, const struct smini_set *b)
{
    return a->hash == b->hash && a->id == b->id && a->tunnels == b->tunnels && a->ip_version == b->ip_version &&
           a->protocol == b->protocol && a->vlan_count == b->vlan_count &&
           memcmp(a->source, b->source, sizeof(a->source)) == 0 &&
           memcmp(a->destination, b->destination, sizeof(a->destination)) == 0 &&
           memcmp(a->vlan, b->vlan, sizeof(a->vlan)) == 0;
}

static int32_t *bucket_of(const struct smini_set_table *table, uint64_t hash)
{
    return &table->buckets[(hash >> 20) & (table->capacity - 1)];
}

int32_t smini_set_find(const struct smini_set_table *table, const struct smini_set *key, bool complete)
{
    for (int32_t i = *bucket_of(table, key->hash); i != SMINI_DEFRAG_NONE; i = table->sets[i].bucket_next) {
        const struct smini_set *set = &table->sets[i];
        if (((set->flags & SMINI_SET_COMPLETE) != 0) == complete && same_identity(set, key))
            return i;
    }
    return SMINI_DEFRAG_NONE;
}

static void list_add(struct smini_set_table *table, struct smini_set_list *list, int32_t index)
{
    struct smini_set *set = &table->sets[index];
    set->older = list->newest;
    set->newer = SMINI_DEFRAG_NONE;
    if (list->newest != SMINI_DEFRAG_NONE)
        table->sets[list->newest].newer = index;
    else
        list->oldest = index;
    list->newest = index;
    list->count++;
}

static void list_remove(struct smini_set_table *table, struct smini_set_list *list, int32_t index)
{
    const struct smini_set *set = &table->sets[index];
    if (set->older != SMINI_DEFRAG_NONE)
        table->sets[set->older].newer = set->newer;
    else
        list->oldest = set->newer;
    if (set->newer != SMINI_DEFRAG_NONE)
        table->sets[set->newer].older = set->older;
    else
        list->newest = set->older;
    list->count--;
}

static void bucket_add(struct smini_set_table *table, int32_t index)
{
    int32_t *bucket = bucket_of(table, table->sets[index].hash);
    table->sets[index].bucket_next = *bucket;
    *bucket = index;
}

static void add_free(struct smini_set_table *table, uint32_t from, uint32_t to)
{
    for (uint32_t i = to; i-- > from;) {
        table->sets[i].bucket_next = table->free;
        table->free = (int32_t)i;
    }
}

static int32_t resize(struct smini_set_table *table, uint32_t capacity)
{
    int32_t *buckets = smini_alloc_array(table->alloc, capacity, sizeof(*buckets));
    struct smini_set *sets = smini_alloc_array(table->alloc, capacity, sizeof(*sets));
    if (!buckets || !sets) {
        smini_alloc_free(table->alloc, buckets, capacity * sizeof(*buckets));
        smini_alloc_free(table->alloc, sets, capacity * sizeof(*sets));
        return SMIN_E_NOMEM;
    }
    uint32_t old = table->capacity;
    if (table->sets)
        memcpy(sets, table->sets, old * sizeof(*sets));
    smini_alloc_free(table->alloc, table->sets, old * sizeof(*sets));
    smini_alloc_free(table->alloc, table->buckets, old * sizeof(*buckets));
    table->sets = sets;
    table->buckets = buckets;
    table->capacity = capacity;
    for (uint32_t i = 0; i < capacity; i++)
        buckets[i] = SMINI_DEFRAG_NONE;
    /* Oldest first, so that a bucket's order does not depend on when the table grew. */
    for (int32_t i = table->complete.oldest; i != SMINI_DEFRAG_NONE; i = sets[i].newer)
        bucket_add(table, i);
    for (int32_t i = table->open.oldest; i != SMINI_DEFRAG_NONE; i = sets[i].newer)
        bucket_add(table, i);
    add_free(table, old, capacity);
    return SMIN_OK;
}

int32_t smini_set_table_init(struct smini_set_table *table, struct smini_alloc *alloc, uint32_t sets_max)
{
    struct smini_set_list empty = {SMINI_DEFRAG_NONE, SMINI_DEFRAG_NONE, 0};
    memset(table, 0, sizeof(*table));
    table->alloc = alloc;
    table->free = SMINI_DEFRAG_NONE;
    table->open = table->complete = empty;
    table->capacity_max = FIRST_CAPACITY;
    while (table->capacity_max < sets_max && table->capacity_max < UINT32_C(1) << 24)
        table->capacity_max *= 2;
    int32_t status = resize(table, FIRST_CAPACITY);
    /*
     * Where the system put this memory is not known to whoever wrote the
     * capture: chains cannot be made long on purpose. Nothing that is told
     * depends on it.
     */
    table->secret = mix(UINT64_C(0x5bd1e995), (uint64_t)(uintptr_t)table->sets);
    return status;
}

void smini_set_table_free(struct smini_set_table *table)
{
    smini_alloc_free(table->alloc, table->sets, table->capacity * sizeof(*table->sets));
    smini_alloc_free(table->alloc, table->buckets, table->capacity * sizeof(*table->buckets));
}

int32_t smini_set_add(struct smini_set_table *table, const struct smini_set *key, int32_t *index)
{
    if (table->free == SMINI_DEFRAG_NONE) {
        if (table->capacity >= table->capacity_max)
            return SMIN_E_LIMIT;
        int32_t status = resize(table, table->capacity * 2);
        if (status != SMIN_OK)
            return status;
    }
    int32_t i = table->free;
    table->free = table->sets[i].bucket_next;
    table->sets[i] = *key;
    bucket_add(table, i);
    list_add(table, &table->open, i);
    *index = i;
    return SMIN_OK;
}

void smini_set_complete(struct smini_set_table *table, int32_t index)
{
    list_remove(table, &table->open, index);
    table->sets[index].flags |= SMINI_SET_COMPLETE;
    list_add(table, &table->complete, index);
}

void smini_set_remove(struct smini_set_table *table, int32_t index)
{
    struct smini_set *set = &table->sets[index];
    int32_t *link = bucket_of(table, set->hash);
    while (*link != index)
        link = &table->sets[*link].bucket_next;
    *link = set->bucket_next;
    list_remove(table, (set->flags & SMINI_SET_COMPLETE) != 0 ? &table->complete : &table->open, index);
    set->bucket_next = table->free;
    table->free = index;
}
