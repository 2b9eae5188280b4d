/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/counts.h"

#include <string.h>

enum { ROOM_FIRST = 64 };

void smini_counts_free(struct smini_counts *counts, struct smini_alloc *alloc)
{
    smini_alloc_free(alloc, counts->entries, counts->room * sizeof(counts->entries[0]));
    smini_alloc_free(alloc, counts->buckets, counts->room * sizeof(counts->buckets[0]));
}

struct smini_count_key smini_count_key_of(const struct smini_rule_state *state, const struct smini_flow_facts *facts,
                                          uint32_t direction)
{
    enum smini_threshold_track track = state->threshold->track;
    struct smini_count_key key = {.rule = state->index};
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

static uint32_t bucket_of(const struct smini_counts *counts, const struct smini_count_key *key)
{
    uint64_t words[4];
    uint64_t hash = ((uint64_t)key->rule << 32 | key->family) * 0x9e3779b97f4a7c15u;
    memcpy(words, key->address, sizeof(words));
    for (size_t i = 0; i < 4; i++) {
        hash = (hash ^ words[i]) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    return (uint32_t)hash & (counts->room - 1);
}

static void unlink_use(struct smini_counts *counts, struct smini_count_entry *entry)
{
    uint32_t *from_newer = entry->newer ? &counts->entries[entry->newer - 1].older : &counts->newest;
    uint32_t *from_older = entry->older ? &counts->entries[entry->older - 1].newer : &counts->oldest;
    *from_newer = entry->older;
    *from_older = entry->newer;
}

static void link_newest(struct smini_counts *counts, struct smini_count_entry *entry)
{
    uint32_t link = (uint32_t)(entry - counts->entries) + 1;
    entry->newer = 0;
    entry->older = counts->newest;
    if (counts->newest)
        counts->entries[counts->newest - 1].newer = link;
    else
        counts->oldest = link;
    counts->newest = link;
}

static void link_bucket(struct smini_counts *counts, struct smini_count_entry *entry)
{
    uint32_t *bucket = &counts->buckets[bucket_of(counts, &entry->key)];
    entry->next_in_bucket = *bucket;
    *bucket = (uint32_t)(entry - counts->entries) + 1;
}

static void unlink_bucket(struct smini_counts *counts, const struct smini_count_entry *entry)
{
    uint32_t link = (uint32_t)(entry - counts->entries) + 1;
    uint32_t *at = &counts->buckets[bucket_of(counts, &entry->key)];
    while (*at != link)
        at = &counts->entries[*at - 1].next_in_bucket;
    *at = entry->next_in_bucket;
}

static bool make_room(struct smini_counts *counts, struct smini_alloc *alloc)
{
    uint32_t wanted = counts->room ? counts->room * 2 : ROOM_FIRST;
    uint32_t *buckets = smini_alloc_array(alloc, wanted, sizeof(*buckets));
    if (!buckets)
        return false;
    void *entries = smini_alloc_grow(alloc, counts->entries, counts->room * sizeof(counts->entries[0]),
                                     wanted * sizeof(counts->entries[0]));
    if (!entries) {
        smini_alloc_free(alloc, buckets, wanted * sizeof(*buckets));
        return false;
    }
    smini_alloc_free(alloc, counts->buckets, counts->room * sizeof(*buckets));
    counts->entries = entries;
    counts->buckets = buckets;
    counts->room = wanted;
    for (uint32_t i = 0; i < counts->count; i++)
        link_bucket(counts, &counts->entries[i]);
    return true;
}

/* An entry that is linked nowhere; NULL: no memory. */
static struct smini_count_entry *take_entry(struct smini_counts *counts, struct smini_alloc *alloc, uint32_t most,
                                            uint64_t now_ns, uint64_t *lost)
{
    if (counts->count < most) {
        if (counts->count == counts->room && !make_room(counts, alloc))
            return NULL;
        return &counts->entries[counts->count++];
    }
    struct smini_count_entry *entry = &counts->entries[counts->oldest - 1];
    *lost += smini_threshold_over(entry->threshold, &entry->count, now_ns) ? 0 : 1;
    unlink_use(counts, entry);
    unlink_bucket(counts, entry);
    memset(entry, 0, sizeof(*entry));
    return entry;
}

struct smini_count *smini_counts_find(struct smini_counts *counts, struct smini_alloc *alloc, uint32_t most,
                                      const struct smini_count_key *key, const struct smini_threshold *threshold,
                                      uint64_t now_ns, uint64_t *lost)
{
    struct smini_count_entry *entry = NULL;
    uint32_t at = counts->room ? counts->buckets[bucket_of(counts, key)] : 0;
    for (; at && !entry; at = counts->entries[at - 1].next_in_bucket)
        if (memcmp(&counts->entries[at - 1].key, key, sizeof(*key)) == 0)
            entry = &counts->entries[at - 1];
    if (entry) {
        unlink_use(counts, entry);
        link_newest(counts, entry);
        return &entry->count;
    }
    entry = take_entry(counts, alloc, most, now_ns, lost);
    if (!entry)
        return NULL;
    entry->key = *key;
    entry->threshold = threshold;
    link_bucket(counts, entry);
    link_newest(counts, entry);
    return &entry->count;
}
