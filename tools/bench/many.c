/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every flow open at once, one packet each per phase, in another order each
 * time: no packet finds its flow in a cache.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/workload.h"

enum { SMI_PORT = 4786, PHASES = 5 };

/* One flow in 1000 is Smart Install on its port, and one on another; at least two of each. */
static int smi_kind(uint32_t index, uint32_t flows)
{
    uint32_t period = flows < 2000 ? flows / 2 + 1 : 1000;
    if (index % period == 0)
        return BENCH_ON_PORT;
    return index % period == period / 2 ? BENCH_OFF_PORT : -1;
}

/* Everything about flow `index` follows from the seed and its number, so that nothing is kept for it. */
static uint32_t make_flow(const struct bench_workload *workload, uint32_t index, uint32_t flows, struct bench_ends *ends,
                          uint8_t *payload, uint32_t sequence[2], struct bench_truth *truth)
{
    struct bench_random random;
    bench_random_seed(&random, workload->seed + 1 + index);
    sequence[0] = (uint32_t)bench_random_next(&random);
    sequence[1] = (uint32_t)bench_random_next(&random);
    int kind = smi_kind(index, flows);
    uint16_t port = kind == BENCH_ON_PORT ? SMI_PORT : kind == BENCH_OFF_PORT ? bench_other_port(&random) : 80;
    bench_ends_set(ends, &random, index, BENCH_TCP, port);
    /* A million flows need the third byte of the client for uniqueness. */
    uint8_t *client = ends->address[0] + (ends->is_ipv6 ? 12 : 0);
    client[1] = (uint8_t)(index / 64000);
    if (kind >= 0) {
        uint32_t type;
        truth->smi_flows++;
        return bench_message_request(&random, payload, kind, truth, &type);
    }
    return (uint32_t)snprintf((char *)payload, BENCH_MESSAGE_MAX, "GET /%u HTTP/1.1\r\nHost: host-%u.example.net\r\n\r\n",
                              (unsigned)bench_random_range(&random, 0, 9999999),
                              (unsigned)bench_random_range(&random, 1, 500));
}

static void write_phase(const struct bench_workload *workload, uint32_t phase, uint32_t index, uint32_t flows,
                        struct bench_output *output, struct bench_truth *truth)
{
    static const struct {
        uint8_t from_server;
        uint8_t flags;
    } phases[PHASES] = {{0, BENCH_SYN},
                        {1, BENCH_SYN | BENCH_ACK},
                        {0, BENCH_ACK},
                        {0, BENCH_ACK | BENCH_PSH},
                        {1, BENCH_ACK}};
    uint8_t payload[BENCH_MESSAGE_MAX];
    struct bench_ends ends;
    uint32_t sequence[2];
    struct bench_truth uncounted = {0};
    uint32_t length = make_flow(workload, index, flows, &ends, payload, sequence, phase == 0 ? truth : &uncounted);
    struct bench_packet packet = {.ends = &ends, .from_server = phases[phase].from_server, .flags = phases[phase].flags};
    int after_data = phase == 4;
    packet.sequence = sequence[packet.from_server] + (phase >= 2);
    if (packet.flags & BENCH_ACK)
        packet.acknowledge = sequence[!packet.from_server] + 1 + (after_data ? length : 0);
    if (phase == 3) {
        packet.payload = payload;
        packet.length = length;
    }
    bench_output_packet(output, &packet);
}

int bench_many_write(const struct bench_workload *workload, uint32_t flows, struct bench_output *output,
                     struct bench_truth *truth)
{
    struct bench_random random;
    uint32_t *order = calloc(flows, sizeof *order);
    if (!order)
        return -1;
    bench_random_seed(&random, workload->seed);
    for (uint32_t phase = 0; phase < PHASES; phase++) {
        bench_random_permute(&random, order, flows);
        for (uint32_t i = 0; i < flows; i++)
            write_phase(workload, phase, order[i], flows, output, truth);
    }
    truth->tcp_flows += flows;
    free(order);
    return 0;
}
