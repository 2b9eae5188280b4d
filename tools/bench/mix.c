/* SPDX-License-Identifier: BSD-2-Clause */
/* Flows of several kinds, a few hundred or thousand open at a time, their packets interleaved. */
#include <stdlib.h>
#include <string.h>

#include "bench/workload.h"

enum { SMI_PORT = 4786 };

void bench_ends_set(struct bench_ends *ends, struct bench_random *random, uint32_t index, uint8_t protocol,
                    uint16_t server_port)
{
    memset(ends, 0, sizeof *ends);
    ends->protocol = protocol;
    ends->is_ipv6 = (uint8_t)bench_random_percent(random, 15);
    ends->port[0] = (uint16_t)(1024 + index % 64000);
    ends->port[1] = server_port;
    uint32_t server = bench_random_range(random, 1, 500);
    uint32_t network = index / 64000;
    uint32_t client = bench_random_range(random, 1, 65534);
    uint8_t tail[2][4] = {{10, (uint8_t)network, (uint8_t)(client >> 8), (uint8_t)client},
                          {198, 18, (uint8_t)(server >> 8), (uint8_t)server}};
    for (int side = 0; side < 2; side++) {
        if (ends->is_ipv6) {
            memcpy(ends->address[side], "\x20\x01\x0d\xb8", 4);
            memcpy(ends->address[side] + 12, tail[side], 4);
        } else {
            memcpy(ends->address[side], tail[side], 4);
        }
    }
}

uint16_t bench_other_port(struct bench_random *random)
{
    static const uint16_t ports[] = {80, 443, 5000, 8080, 14786, 40000};
    return ports[bench_random_range(random, 0, 5)];
}

static void make_smi(struct bench_flow *flow, struct bench_random *random, const struct bench_workload *workload,
                     uint32_t index, int port, struct bench_truth *truth)
{
    uint16_t server_port = port == BENCH_ON_PORT ? SMI_PORT : bench_other_port(random);
    bench_ends_set(&flow->ends, random, index, BENCH_TCP, server_port);
    if (port == BENCH_ON_PORT && bench_random_percent(random, 5)) {
        bench_conversation_call_back(&flow->conversation, random, truth);
        return;
    }
    uint32_t requests = bench_random_range(random, 1, 2 * workload->smi_requests - 1);
    bench_conversation_smi(&flow->conversation, random, port, requests, truth);
}

static void make_benign(struct bench_flow *flow, struct bench_random *random, uint32_t index)
{
    static const struct {
        uint8_t below; /* percent, cumulated */
        uint8_t protocol;
        uint16_t port;
        void (*talk)(struct bench_conversation *conversation, struct bench_random *random);
    } kinds[] = {{35, BENCH_TCP, 80, bench_conversation_http},
                 {65, BENCH_TCP, 443, bench_conversation_tls},
                 {70, BENCH_TCP, 22, bench_conversation_ssh},
                 {98, BENCH_UDP, 53, bench_conversation_dns},
                 {100, BENCH_UDP, 5004, bench_conversation_media}};
    uint32_t at = bench_random_range(random, 0, 99);
    size_t i = 0;
    while (at >= kinds[i].below)
        i++;
    bench_ends_set(&flow->ends, random, index, kinds[i].protocol, kinds[i].port);
    kinds[i].talk(&flow->conversation, random);
}

/* Needles: where a workload is mostly something else, Smart Install comes at fixed places. */
static int is_needle(uint32_t index, uint32_t flows, uint32_t one_in)
{
    uint32_t period = flows / 4 < one_in ? flows / 4 + 1 : one_in;
    return index % period == period / 2;
}

static void make_flow(struct bench_flow *flow, struct bench_random *random, const struct bench_workload *workload,
                      uint32_t index, uint32_t flows, struct bench_truth *truth)
{
    enum { ON_PORT_NEEDLE = 707, OFF_PORT_NEEDLE = 2865 };
    bench_conversation_clear(&flow->conversation);
    int needles = workload->smi_percent == 0;
    int all_smi = workload->smi_percent == 100;
    uint32_t lot = bench_random_range(random, 0, 99);
    if (all_smi || lot < workload->smi_percent || (needles && is_needle(index, flows, ON_PORT_NEEDLE)))
        make_smi(flow, random, workload, index, BENCH_ON_PORT, truth);
    else if (lot < workload->smi_percent + workload->smi_percent / 6 ||
             (needles && is_needle(index + 1, flows, OFF_PORT_NEEDLE)))
        make_smi(flow, random, workload, index, BENCH_OFF_PORT, truth);
    else
        make_benign(flow, random, index);
    if (workload->weather && bench_random_percent(random, 25))
        flow->ends.vlan = (uint16_t)bench_random_range(random, 2, 200);
    truth->tcp_flows += flow->ends.protocol == BENCH_TCP;
    truth->udp_flows += flow->ends.protocol == BENCH_UDP;
    bench_flow_begin(flow, random, workload->cut, needles && flow->ends.protocol == BENCH_TCP && lot < 50);
}

int bench_mix_write(const struct bench_workload *workload, uint32_t flows, struct bench_output *output,
                    struct bench_truth *truth)
{
    enum { LONGEST_BURST = 8 };
    struct bench_random random;
    uint32_t open = workload->concurrent < flows ? workload->concurrent : flows;
    struct bench_flow **slots = calloc(open, sizeof *slots);
    struct bench_flow *pool = calloc(open, sizeof *pool);
    if (!slots || !pool) {
        free(slots);
        free(pool);
        return -1;
    }
    bench_random_seed(&random, workload->seed);
    uint32_t begun = 0;
    for (uint32_t i = 0; i < open; i++) {
        slots[i] = &pool[i];
        make_flow(slots[i], &random, workload, begun++, flows, truth);
    }
    for (uint32_t left = open; left > 0;) {
        uint32_t at = bench_random_range(&random, 0, left - 1);
        int goes_on = 1;
        for (uint32_t burst = bench_random_range(&random, 1, LONGEST_BURST); goes_on && burst > 0; burst--)
            goes_on = bench_flow_step(slots[at], &random, workload->weather, output);
        if (goes_on)
            continue;
        if (begun < flows)
            make_flow(slots[at], &random, workload, begun++, flows, truth);
        else {
            bench_conversation_free(&slots[at]->conversation);
            slots[at] = slots[--left];
        }
    }
    free(slots);
    free(pool);
    return 0;
}
