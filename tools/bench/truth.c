/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench/truth.h"

#include <inttypes.h>

void bench_truth_print_messages(const struct bench_truth *truth, FILE *file)
{
    static const char *const ports[2] = {"4786", "other"};
    for (int from = 0; from < BENCH_ROLES; from++)
        for (int type = 0; type < BENCH_TYPES; type++)
            for (int port = 0; port < 2; port++)
                if (truth->messages[from][type][port])
                    fprintf(file, "messages %d %d %s %" PRIu64 "\n", from, type, ports[port],
                            truth->messages[from][type][port]);
}

void bench_truth_print(const struct bench_truth *truth, FILE *file)
{
    bench_truth_print_messages(truth, file);
    fprintf(file, "suspicious %" PRIu64 "\n", truth->suspicious);
    fprintf(file, "odd_lengths %" PRIu64 "\n", truth->odd_lengths);
    fprintf(file, "tcp_flows %" PRIu64 "\n", truth->tcp_flows);
    fprintf(file, "udp_flows %" PRIu64 "\n", truth->udp_flows);
    fprintf(file, "smi_flows %" PRIu64 "\n", truth->smi_flows);
    fprintf(file, "packets %" PRIu64 "\n", truth->packets);
    fprintf(file, "bytes %" PRIu64 "\n", truth->bytes);
}
