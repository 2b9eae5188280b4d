/* SPDX-License-Identifier: BSD-2-Clause */
/* What a generated capture really holds: the yardstick no figure is printed without. */
#ifndef BENCH_TRUTH_H
#define BENCH_TRUTH_H

#include <stdint.h>
#include <stdio.h>

enum { BENCH_ROLES = 5, BENCH_TYPES = 11 }; /* from 1..4, type 1..10 */

struct bench_truth {
    uint64_t messages[BENCH_ROLES][BENCH_TYPES][2]; /* last index: 0 on port 4786, 1 elsewhere */
    uint64_t suspicious;                            /* messages that carry a URL or a command */
    uint64_t odd_lengths;
    uint64_t tcp_flows;
    uint64_t udp_flows;
    uint64_t smi_flows;
    uint64_t packets;
    uint64_t bytes;
};

/* The lines "messages FROM TYPE PORT COUNT", the same in every program of this folder. */
void bench_truth_print_messages(const struct bench_truth *truth, FILE *file);

void bench_truth_print(const struct bench_truth *truth, FILE *file);

#endif
