/* SPDX-License-Identifier: BSD-2-Clause */
/* The workloads, each a function of its seed and scale alone. */
#ifndef BENCH_WORKLOAD_H
#define BENCH_WORKLOAD_H

#include "bench/flow.h"

struct bench_workload {
    const char *name;
    uint64_t seed;
    uint32_t flows;       /* at scale 1 */
    uint32_t concurrent;  /* flows open at a time */
    uint32_t mean_gap_us; /* between packets of the capture */
    enum bench_cut cut;
    uint32_t smi_percent; /* of flows that are Smart Install on its port */
    uint32_t smi_requests; /* mean per such flow */
    const struct bench_weather *weather; /* NULL: fair */
};

/* NULL when there is none of this name. */
const struct bench_workload *bench_workload_find(const char *name);

/* 0, or -1 without memory. */
int bench_mix_write(const struct bench_workload *workload, uint32_t flows, struct bench_output *output,
                    struct bench_truth *truth);
int bench_many_write(const struct bench_workload *workload, uint32_t flows, struct bench_output *output,
                     struct bench_truth *truth);

/* Fills in addresses and the client's port of flow number `index`: none is used twice at a time. */
void bench_ends_set(struct bench_ends *ends, struct bench_random *random, uint32_t index, uint8_t protocol,
                    uint16_t server_port);

/* A port that is not Smart Install's. */
uint16_t bench_other_port(struct bench_random *random);

#endif
