/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench/micro.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench/message.h"

enum { REPETITIONS = 9 };

static void *allocate(size_t size)
{
    void *memory = calloc(1, size);
    if (!memory) {
        fputs("micro bench: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

void micro_messages_make(struct micro_messages *messages, size_t length)
{
    enum { SHORTEST_MESSAGE = 24 };
    struct bench_random random;
    struct bench_truth truth = {0};
    uint32_t type;
    bench_random_seed(&random, 0x6d6963726f);
    messages->bytes = allocate(length + BENCH_MESSAGE_MAX);
    messages->starts = allocate((length / SHORTEST_MESSAGE + 2) * sizeof *messages->starts);
    messages->length = 0;
    messages->count = 0;
    while (messages->length < length) {
        messages->starts[messages->count++] = messages->length;
        /* Off the port every length is exact: no anomalies to report. */
        messages->length += bench_message_request(&random, messages->bytes + messages->length, BENCH_OFF_PORT, &truth,
                                                  &type);
    }
    messages->starts[messages->count] = messages->length;
}

void micro_messages_free(struct micro_messages *messages)
{
    free(messages->bytes);
    free(messages->starts);
}

static double cpu_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

double micro_time(void (*work)(void *user), void *user)
{
    double times[REPETITIONS];
    work(user);
    for (int i = 0; i < REPETITIONS; i++) {
        double from = cpu_now();
        work(user);
        times[i] = cpu_now() - from;
    }
    qsort(times, REPETITIONS, sizeof *times, ascending);
    return times[REPETITIONS / 2];
}
