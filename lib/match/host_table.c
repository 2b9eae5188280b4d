/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/host_table.h"

#include <string.h>

enum { ROOM_FIRST = 64 };

void smini_host_table_free(struct smini_host_table *table, struct smini_alloc *alloc)
{
    smini_alloc_free(alloc, table->entries, table->room * sizeof(table->entries[0]));
    smini_alloc_free(alloc, table->buckets, table->room * sizeof(table->buckets[0]));
}

struct smini_host_key smini_host_key_of(enum smini_host_kind kind, uint32_t id, enum smini_state_track track,
                                        const struct smini_flow_facts *facts, uint32_t direction)
{
    struct smini_host_key key = {.kind = (uint32_t)kind, .id = id};
    size_t size = facts->ip_version == 4 ? 4 : 16;
    const uint8_t *source = direction == SMIN_TO_SERVER ? facts->client_address : facts->server_address;
    const uint8_t *target = direction == SMIN_TO_SERVER ? facts->server_address : facts->client_address;
    bool swapped = memcmp(source, target, size) > 0;
    if (track == SMINI_TRACK_RULE)
        return key;
    key.family = facts->ip_version;
    if (track == SMINI_TRACK_TARGET || (track == SMINI_TRACK_BOTH && swapped))
        memcpy(key.address[0], target, size);
    else
        memcpy(key.address[0], source, size);
    if (track == SMINI_TRACK_BOTH)
        memcpy(key.address[1], swapped ? source : target, size);
    return key;
}

static uint32_t bucket_of(const struct smini_host_table *table, const struct smini_host_key *key)
{
    uint64_t words[4];
    uint64_t hash = ((uint64_t)key->id << 32 | key->kind << 8 | key->family) * 0x9e3779b97f4a7c15u;
    memcpy(words, key->address, sizeof(words));
    for (size_t i = 0; i < 4; i++) {
        hash = (hash ^ words[i]) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    return (uint32_t)hash & (table->room - 1);
}

static void unlink_use(struct smini_host_table *table, struct smini_host_entry *entry)
{
    uint32_t *from_newer = entry->newer ? &table->entries[entry->newer - 1].older : &table->newest;
    uint32_t *from_older = entry->older ? &table->entries[entry->older - 1].newer : &table->oldest;
    *from_newer = entry->older;
    *from_older = entry->newer;
}

static void link_newest(struct smini_host_table *table, struct smini_host_entry *entry)
{
    uint32_t link = (uint32_t)(entry - table->entries) + 1;
    entry->newer = 0;
    entry->older = table->newest;
    if (table->newest)
        table->entries[table->newest - 1].newer = link;
    else
        table->oldest = link;
    table->newest = link;
}

static void link_bucket(struct smini_host_table *table, struct smini_host_entry *entry)
{
    uint32_t *bucket = &table->buckets[bucket_of(table, &entry->key)];
    entry->next_in_bucket = *bucket;
    *bucket = (uint32_t)(entry - table->entries) + 1;
}

static void unlink_bucket(struct smini_host_table *table, const struct smini_host_entry *entry)
{
    uint32_t link = (uint32_t)(entry - table->entries) + 1;
    uint32_t *at = &table->buckets[bucket_of(table, &entry->key)];
    while (*at != link)
        at = &table->entries[*at - 1].next_in_bucket;
    *at = entry->next_in_bucket;
}

static bool make_room(struct smini_host_table *table, struct smini_alloc *alloc)
{
    uint32_t wanted = table->room ? table->room * 2 : ROOM_FIRST;
    uint32_t *buckets = smini_alloc_array(alloc, wanted, sizeof(*buckets));
    if (!buckets)
        return false;
    void *entries = smini_alloc_grow(alloc, table->entries, table->room * sizeof(table->entries[0]),
                                     wanted * sizeof(table->entries[0]));
    if (!entries) {
        smini_alloc_free(alloc, buckets, wanted * sizeof(*buckets));
        return false;
    }
    smini_alloc_free(alloc, table->buckets, table->room * sizeof(*buckets));
    table->entries = entries;
    table->buckets = buckets;
    table->room = wanted;
    for (uint32_t i = 0; i < table->count; i++)
        link_bucket(table, &table->entries[i]);
    return true;
}

/* An entry that is linked nowhere; NULL: no memory. */
static struct smini_host_entry *take_entry(struct smini_host_table *table, struct smini_alloc *alloc, uint32_t most,
                                           uint64_t now_ns, uint64_t *lost)
{
    if (table->count < most) {
        if (table->count == table->room && !make_room(table, alloc))
            return NULL;
        return &table->entries[table->count++];
    }
    struct smini_host_entry *entry = &table->entries[table->oldest - 1];
    *lost += entry->count.begun && entry->until_ns >= now_ns ? 1 : 0;
    unlink_use(table, entry);
    unlink_bucket(table, entry);
    memset(entry, 0, sizeof(*entry));
    return entry;
}

struct smini_host_entry *smini_host_table_find(struct smini_host_table *table, const struct smini_host_key *key)
{
    uint32_t at = table->room ? table->buckets[bucket_of(table, key)] : 0;
    while (at && memcmp(&table->entries[at - 1].key, key, sizeof(*key)) != 0)
        at = table->entries[at - 1].next_in_bucket;
    if (!at)
        return NULL;
    struct smini_host_entry *entry = &table->entries[at - 1];
    unlink_use(table, entry);
    link_newest(table, entry);
    return entry;
}

struct smini_host_entry *smini_host_table_add(struct smini_host_table *table, struct smini_alloc *alloc, uint32_t most,
                                              const struct smini_host_key *key, uint64_t now_ns, uint64_t *lost)
{
    struct smini_host_entry *entry = take_entry(table, alloc, most, now_ns, lost);
    if (!entry)
        return NULL;
    entry->key = *key;
    link_bucket(table, entry);
    link_newest(table, entry);
    return entry;
}
