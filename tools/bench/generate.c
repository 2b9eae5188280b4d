/* SPDX-License-Identifier: BSD-2-Clause */
/* bench-generate WORKLOAD SCALE CAPTURE TRUTH: writes a capture and what it holds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/workload.h"

static const struct bench_weather rough = {
    .fragment_percent = 30, .late_percent = 15, .duplicate_percent = 5, .overlap_percent = 4};

static const struct bench_workload workloads[] = {
    {"benign-mix", 0x62656e69676e, 54429, 4000, 5, BENCH_CUT_MSS, 0, 7, NULL},
    {"smi-dense", 0x64656e7365, 5494, 500, 5, BENCH_CUT_MIXED, 100, 149, NULL},
    /* Many flows that each say a little: a load test for engines, 100,000 messages at scale 1. */
    {"smi-flows", 0x666c6f7773, 10000, 1000, 5, BENCH_CUT_MSS, 100, 9, NULL},
    {"smi-tiny", 0x74696e79, 530, 100, 1, BENCH_CUT_TINY, 100, 149, NULL},
    {"many-flows", 0x6d616e79, 1000000, 0, 1, BENCH_CUT_MSS, 0, 1, NULL},
    /* Ten packets, a message on the port and one elsewhere: what starting costs. */
    {"start", 0x7374617274, 2, 0, 1, BENCH_CUT_MSS, 0, 1, NULL},
    {"frag-ooo", 0x66726167, 20000, 1000, 5, BENCH_CUT_MSS, 20, 17, &rough},
};

const struct bench_workload *bench_workload_find(const char *name)
{
    for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++)
        if (strcmp(workloads[i].name, name) == 0)
            return &workloads[i];
    return NULL;
}

static int usage(void)
{
    fputs("usage: bench-generate WORKLOAD SCALE CAPTURE TRUTH\nworkloads:", stderr);
    for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++)
        fprintf(stderr, " %s", workloads[i].name);
    fputs("\nSCALE 1 is the size that the goals of doc/performance.md speak of\n", stderr);
    return 2;
}

static int write_truth(const struct bench_truth *truth, const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return -1;
    bench_truth_print(truth, file);
    int failed = ferror(file);
    return fclose(file) != 0 || failed ? -1 : 0;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return usage();
    const struct bench_workload *workload = bench_workload_find(argv[1]);
    char *end;
    double scale = strtod(argv[2], &end);
    if (!workload || *end != '\0' || !(scale > 0) || scale > 100)
        return usage();
    double wanted = workload->flows * scale;
    uint32_t flows = wanted < 2 ? 2 : (uint32_t)wanted;
    struct bench_output output;
    struct bench_truth truth = {0};
    if (bench_output_open(&output, argv[3], workload->seed, workload->mean_gap_us) != 0) {
        perror(argv[3]);
        return 1;
    }
    int status = workload->concurrent ? bench_mix_write(workload, flows, &output, &truth)
                                      : bench_many_write(workload, flows, &output, &truth);
    if (bench_output_close(&output) != 0 || status != 0) {
        fprintf(stderr, "bench-generate: %s was not written whole\n", argv[3]);
        return 1;
    }
    truth.packets = output.packets;
    truth.bytes = output.bytes;
    if (write_truth(&truth, argv[4]) != 0) {
        perror(argv[4]);
        return 1;
    }
    return 0;
}
