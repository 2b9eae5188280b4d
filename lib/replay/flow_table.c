/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/flow_table.h"

#include <string.h>

enum {
    RECORDS_SHIFT = 13, /* 512 KiB a chunk: few chunks for a million flows, little to clear for a small capture */
    ADDRESSES_SHIFT = 10
};

void smini_flow_table_init(struct smini_flow_table *table, struct smini_alloc *alloc,
                           const struct smini_hash_secret *secret, uint32_t flows_max)
{
    table->secret = *secret;
    table->peak = 0;
    smini_slots_init(&table->slots, alloc);
    smini_arena_init(&table->records, alloc, sizeof(struct smini_flow_record), RECORDS_SHIFT, flows_max);
    smini_arena_init(&table->addresses, alloc, sizeof(struct smini_flow_addresses), ADDRESSES_SHIFT, 0);
    smini_flow_paths_init(&table->paths, alloc);
}

static uint32_t hash_key(const struct smini_hash_secret *secret, const struct smini_flow_key *key)
{
    uint64_t state = (uint64_t)key->port[0] << 32 | (uint64_t)key->port[1] << 16 | key->protocol;
    if (key->path_digest != 0)
        state = smini_hash_mix(secret, state, key->path_digest);
    if (key->ipv6) {
        for (unsigned end = 0; end < 2; end++) {
            state = smini_hash_mix(secret, state, smini_hash_load(key->address6[end]));
            state = smini_hash_mix(secret, state, smini_hash_load(key->address6[end] + 8));
        }
    } else {
        state = smini_hash_mix(secret, state, (uint64_t)key->address4[0] << 32 | key->address4[1]);
    }
    return (uint32_t)(state >> 32) ^ (uint32_t)state;
}

void smini_flow_table_key(const struct smini_flow_table *table, const struct smini_dissected *dissected,
                          struct smini_flow_key *key)
{
    int order;
    key->ipv6 = dissected->ip_version == 6;
    key->protocol = dissected->protocol;
    key->address4[0] = key->address4[1] = 0;
    if (key->ipv6) {
        order = memcmp(dissected->source, dissected->destination, 16);
    } else {
        memcpy(&key->address4[0], dissected->source, 4);
        memcpy(&key->address4[1], dissected->destination, 4);
        order = key->address4[0] < key->address4[1] ? -1 : key->address4[0] > key->address4[1];
    }
    if (order == 0)
        order = dissected->source_port < dissected->destination_port ? -1 : 1;
    unsigned sender = order < 0 ? 0 : 1;
    key->sender = (uint8_t)sender;
    key->port[sender] = dissected->source_port;
    key->port[sender ^ 1] = dissected->destination_port;
    key->address6[sender] = dissected->source;
    key->address6[sender ^ 1] = dissected->destination;
    if (!key->ipv6 && sender == 1) {
        uint32_t source = key->address4[0];
        key->address4[0] = key->address4[1];
        key->address4[1] = source;
    }
    key->path_digest = smini_flow_path_digest(&table->secret, dissected);
    key->hash = hash_key(&table->secret, key);
}

const uint8_t *smini_flow_table_address(const struct smini_flow_table *table, const struct smini_flow_record *record,
                                        unsigned end)
{
    if (!(record->state & SMINI_RECORD_IPV6))
        return (const uint8_t *)&record->address[end];
    const struct smini_flow_addresses *both = smini_arena_at(&table->addresses, record->address[0]);
    return both->address[end];
}

static bool same_addresses(const struct smini_flow_table *table, const struct smini_flow_record *record,
                           const struct smini_flow_key *key)
{
    if (!key->ipv6)
        return record->address[0] == key->address4[0] && record->address[1] == key->address4[1];
    const struct smini_flow_addresses *both = smini_arena_at(&table->addresses, record->address[0]);
    return memcmp(both->address[0], key->address6[0], 16) == 0 && memcmp(both->address[1], key->address6[1], 16) == 0;
}

static bool matches(const struct smini_flow_table *table, uint32_t index, const struct smini_flow_key *key)
{
    const struct smini_flow_record *record = smini_flow_table_at(table, index);
    uint16_t state = record->state;
    if (!(state & SMINI_RECORD_USED) || !(state & SMINI_RECORD_IPV6) != !key->ipv6 ||
        !(state & SMINI_RECORD_UDP) != (key->protocol != 17))
        return false;
    if (record->port[0] != key->port[0] || record->port[1] != key->port[1] || !same_addresses(table, record, key))
        return false;
    uint64_t digest = record->path ? smini_flow_path_at(&table->paths, record->path)->digest : 0;
    return digest == key->path_digest;
}

uint32_t smini_flow_table_guess(const struct smini_flow_table *table, const struct smini_flow_key *key)
{
    struct smini_slot_walk walk = smini_slots_start(&table->slots, key->hash);
    uint32_t index = smini_slots_next(&walk);
    if (index != 0)
        __builtin_prefetch(smini_flow_table_at(table, index), 1);
    return index;
}

uint32_t smini_flow_table_find(const struct smini_flow_table *table, const struct smini_flow_key *key, uint32_t guess)
{
    if (guess != 0 && matches(table, guess, key))
        return guess;
    struct smini_slot_walk walk = smini_slots_start(&table->slots, key->hash);
    uint32_t index;
    while ((index = smini_slots_next(&walk)) != 0)
        if (matches(table, index, key))
            return index;
    return 0;
}

static bool fill_key(struct smini_flow_table *table, struct smini_flow_record *record, const struct smini_flow_key *key,
                     const struct smini_dissected *dissected)
{
    record->port[0] = key->port[0];
    record->port[1] = key->port[1];
    record->address[0] = key->address4[0];
    record->address[1] = key->address4[1];
    if (key->ipv6) {
        uint32_t side = smini_arena_take(&table->addresses);
        if (side == 0)
            return false;
        struct smini_flow_addresses *both = smini_arena_at(&table->addresses, side);
        memcpy(both->address[0], key->address6[0], 16);
        memcpy(both->address[1], key->address6[1], 16);
        record->address[0] = side;
        record->address[1] = 0;
    }
    if (key->path_digest != 0) {
        record->path = smini_flow_paths_take(&table->paths, &table->secret, dissected, key->path_digest);
        if (record->path == 0) {
            if (key->ipv6)
                smini_arena_give(&table->addresses, record->address[0]);
            return false;
        }
    }
    record->state = (uint16_t)(SMINI_RECORD_USED | (key->ipv6 ? SMINI_RECORD_IPV6 : 0) |
                               (key->protocol == 17 ? SMINI_RECORD_UDP : 0));
    return true;
}

static void drop_sides(struct smini_flow_table *table, const struct smini_flow_record *record)
{
    if (record->state & SMINI_RECORD_IPV6)
        smini_arena_give(&table->addresses, record->address[0]);
    if (record->path != 0)
        smini_flow_paths_give(&table->paths, record->path);
}

uint32_t smini_flow_table_add(struct smini_flow_table *table, const struct smini_flow_key *key,
                              const struct smini_dissected *dissected)
{
    uint32_t index = smini_arena_take(&table->records);
    if (index == 0)
        return 0;
    struct smini_flow_record *record = smini_flow_table_at(table, index);
    if (!fill_key(table, record, key, dissected)) {
        smini_arena_give(&table->records, index);
        return 0;
    }
    if (!smini_slots_add(&table->slots, key->hash, index)) {
        drop_sides(table, record);
        smini_arena_give(&table->records, index);
        return 0;
    }
    if (table->records.live > table->peak)
        table->peak = table->records.live;
    return index;
}

void smini_flow_table_remove(struct smini_flow_table *table, uint32_t index)
{
    const struct smini_flow_record *record = smini_flow_table_at(table, index);
    struct smini_flow_key key = {
        .path_digest = record->path ? smini_flow_path_at(&table->paths, record->path)->digest : 0,
        .address4 = {record->address[0], record->address[1]},
        .address6 = {smini_flow_table_address(table, record, 0), smini_flow_table_address(table, record, 1)},
        .port = {record->port[0], record->port[1]},
        .ipv6 = (record->state & SMINI_RECORD_IPV6) != 0,
        .protocol = record->state & SMINI_RECORD_UDP ? 17 : 6,
    };
    smini_slots_remove(&table->slots, hash_key(&table->secret, &key), index);
    drop_sides(table, record);
    smini_arena_give(&table->records, index);
}

void smini_flow_table_clear(struct smini_flow_table *table)
{
    smini_slots_clear(&table->slots);
    smini_arena_clear(&table->records);
    smini_arena_clear(&table->addresses);
    smini_flow_paths_clear(&table->paths);
}
