/* SPDX-License-Identifier: BSD-2-Clause */
/* From a packet's key to its flow's record. */
#ifndef SMINI_FLOW_TABLE_H
#define SMINI_FLOW_TABLE_H

#include "replay/flow_path.h"
#include "replay/flow_record.h"

/* Both addresses of an IPv6 flow, in the order of its end points. */
struct smini_flow_addresses {
    uint8_t address[2][16];
};

struct smini_flow_table {
    struct smini_hash_secret secret;
    struct smini_slots slots;
    struct smini_arena records;
    struct smini_arena addresses;
    struct smini_flow_paths paths;
    uint32_t peak;
};

/* What makes packets one flow, both ends in the order of their bytes. */
struct smini_flow_key {
    uint64_t path_digest;
    uint32_t hash;
    uint32_t address4[2];
    const uint8_t *address6[2]; /* borrowed from the packet */
    uint16_t port[2];
    bool ipv6;
    uint8_t protocol;
    uint8_t sender; /* which end sent this packet */
};

void smini_flow_table_init(struct smini_flow_table *table, struct smini_alloc *alloc,
                           const struct smini_hash_secret *secret, uint32_t flows_max);

void smini_flow_table_key(const struct smini_flow_table *table, const struct smini_dissected *dissected,
                          struct smini_flow_key *key);

/* First record with the key's hash, its line on the way to the cache; not compared yet. 0: none. */
uint32_t smini_flow_table_guess(const struct smini_flow_table *table, const struct smini_flow_key *key);

/* Index of the record, or 0. `guess` may be stale or 0. */
uint32_t smini_flow_table_find(const struct smini_flow_table *table, const struct smini_flow_key *key, uint32_t guess);

/* A new record with its key filled in; 0: no memory, or flows_max records are out. */
uint32_t smini_flow_table_add(struct smini_flow_table *table, const struct smini_flow_key *key,
                              const struct smini_dissected *dissected);

void smini_flow_table_remove(struct smini_flow_table *table, uint32_t index);
void smini_flow_table_clear(struct smini_flow_table *table);

static inline struct smini_flow_record *smini_flow_table_at(const struct smini_flow_table *table, uint32_t index)
{
    return smini_arena_at(&table->records, index);
}

/* Address of end point 0 or 1: 4 or 16 bytes. */
const uint8_t *smini_flow_table_address(const struct smini_flow_table *table, const struct smini_flow_record *record,
                                        unsigned end);

#endif
