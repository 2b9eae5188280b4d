/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "stage.h"

enum { KEYS = 3000, STEPS = 60000 };

/* As random as those of a run. */
static const struct smini_hash_secret secret = {
    {0x3c6ef372fe94f82bu, 0xa54ff53a5f1d36f1u, 0x510e527fade682d1u, 0x9b05688c2b3e6c1fu}};

/* What the table should hold, the slow way. */
struct naive {
    uint32_t index[KEYS];
    uint32_t live;
};

static void make_key(struct smini_dissected *dissected, uint8_t addresses[2][16], uint32_t which, bool reverse)
{
    memset(dissected, 0, sizeof(*dissected));
    memset(addresses, 0, 32);
    dissected->kind = SMINI_DISSECT_TCP;
    dissected->protocol = which % 7 == 0 ? 17 : 6;
    dissected->ip_version = which % 3 == 0 ? 6 : 4;
    addresses[0][0] = (uint8_t)(which % 11);
    addresses[1][3] = (uint8_t)(which % 13);
    dissected->source = addresses[reverse ? 1 : 0];
    dissected->destination = addresses[reverse ? 0 : 1];
    dissected->source_port = (uint16_t)(reverse ? 80 : which / 4);
    dissected->destination_port = (uint16_t)(reverse ? which / 4 : 80);
    if (which % 4 == 1) {
        dissected->vlan_count = 1;
        dissected->vlan[0] = (uint16_t)(which % 50);
    }
    if (which % 4 == 2) {
        dissected->tunnel_count = 1;
        dissected->tunnels[0].kind = SMINI_TUNNEL_GTPU;
        dissected->tunnels[0].ip_version = 4;
        dissected->tunnels[0].id = reverse ? 1 : 2; /* each direction has its own */
        dissected->tunnels[0].source[0] = reverse ? 9 : (uint8_t)(which % 17 + 10);
        dissected->tunnels[0].destination[0] = reverse ? (uint8_t)(which % 17 + 10) : 9;
    }
}

Test(flow_table, agrees_with_a_plain_list_over_random_operations)
{
    struct failing_alloc memory;
    static struct naive naive;
    struct smini_flow_table table = {0};
    uint64_t random = 7;
    failing_alloc_open(&memory);
    smini_flow_table_init(&table, &memory.alloc, &secret, KEYS);
    for (uint32_t step = 0; step < STEPS; step++) {
        uint32_t which = stage_random(&random) % KEYS;
        struct smini_dissected dissected;
        struct smini_flow_key key;
        uint8_t addresses[2][16];
        make_key(&dissected, addresses, which, stage_random(&random) & 1);
        smini_flow_table_key(&table, &dissected, &key);
        uint32_t guess = smini_flow_table_guess(&table, &key);
        cr_assert(eq(u32, smini_flow_table_find(&table, &key, guess), naive.index[which]));
        cr_assert(eq(u32, smini_flow_table_find(&table, &key, 0), naive.index[which]));
        if (naive.index[which] == 0) {
            naive.index[which] = smini_flow_table_add(&table, &key, &dissected);
            cr_assert(ne(u32, naive.index[which], 0));
            naive.live++;
        } else if (stage_random(&random) % 3 == 0) {
            smini_flow_table_remove(&table, naive.index[which]);
            naive.index[which] = 0;
            naive.live--;
        }
        cr_assert(eq(u32, table.records.live, naive.live));
    }
    smini_flow_table_clear(&table);
    cr_assert(failing_alloc_clean(&memory));
}

Test(flow_table, refuses_a_record_beyond_its_limit_and_takes_one_after_a_removal)
{
    struct failing_alloc memory;
    struct smini_flow_table table = {0};
    uint32_t last = 0;
    failing_alloc_open(&memory);
    smini_flow_table_init(&table, &memory.alloc, &secret, 10);
    for (uint32_t which = 0; which < 44; which += 4) {
        struct smini_dissected dissected;
        struct smini_flow_key key;
        uint8_t addresses[2][16];
        make_key(&dissected, addresses, which, false);
        smini_flow_table_key(&table, &dissected, &key);
        uint32_t index = smini_flow_table_add(&table, &key, &dissected);
        cr_expect(eq(int, index != 0, which < 40));
        if (index == 0) {
            smini_flow_table_remove(&table, last);
            cr_expect(ne(u32, smini_flow_table_add(&table, &key, &dissected), 0));
        }
        last = index;
    }
    smini_flow_table_clear(&table);
    cr_expect(failing_alloc_clean(&memory));
}

Test(flow_table, costs_at_most_96_bytes_for_each_of_a_million_idle_flows)
{
    enum { FLOWS = 1000000 };
    struct failing_alloc memory;
    struct smini_flow_table table = {0};
    failing_alloc_open(&memory);
    smini_flow_table_init(&table, &memory.alloc, &secret, FLOWS);
    for (uint32_t i = 0; i < FLOWS; i++) {
        uint8_t source[4], destination[4] = {10, 0, 0, 1};
        memcpy(source, &i, 4);
        struct smini_dissected dissected = {.kind = SMINI_DISSECT_TCP,
                                            .protocol = 6,
                                            .ip_version = 4,
                                            .source = source,
                                            .destination = destination,
                                            .source_port = 4000,
                                            .destination_port = 80};
        struct smini_flow_key key;
        smini_flow_table_key(&table, &dissected, &key);
        cr_assert(ne(u32, smini_flow_table_add(&table, &key, &dissected), 0));
    }
    cr_expect(le(sz, memory.alloc.used / FLOWS, 96));
    smini_flow_table_clear(&table);
    cr_expect(failing_alloc_clean(&memory));
}
