/* SPDX-License-Identifier: BSD-2-Clause */
/* Streams: the same bytes must give the same words, however they arrive. */
#include <pthread.h>

#include "check.h"

static const struct cut in_one_piece = {0, 0};

/* Cuts per sample: all of them in short ones, evenly spread in long ones. */
enum { CUTS_MOST = 512 };

void check_outputs(const struct subject *subject, char *why)
{
    struct bench bench;
    if (!begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count; i++)
        for (uint32_t direction = 0; direction < 2; direction++)
            (void)drive_stream(&bench, &subject->samples->list[i], direction, in_one_piece, NULL);
    finish_bench(&bench, why);
}

static void compare_cut(struct bench *bench, const struct sample *sample, uint32_t direction, struct cut cut, char *why)
{
    uint64_t whole = 0, pieces = 0;
    int32_t status = drive_stream(bench, sample, direction, in_one_piece, &whole);
    int32_t cut_status = drive_stream(bench, sample, direction, cut, &pieces);
    if (whole == pieces && status == cut_status)
        return;
    if (cut.first)
        say_why(why, "\"%s\", direction %u, is told otherwise when cut behind byte %zu", sample->name,
                (unsigned)direction, cut.first);
    else
        say_why(why, "\"%s\", direction %u, is told otherwise in pieces of %zu", sample->name, (unsigned)direction,
                cut.step);
}

void check_byte_by_byte(const struct subject *subject, char *why)
{
    struct bench bench;
    if (!begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count && why[0] == '\0'; i++)
        for (uint32_t direction = 0; direction < 2; direction++) {
            compare_cut(&bench, &subject->samples->list[i], direction, (struct cut){0, 1}, why);
            compare_cut(&bench, &subject->samples->list[i], direction, (struct cut){0, 7}, why);
        }
    finish_bench(&bench, why);
}

void check_every_split(const struct subject *subject, char *why)
{
    struct bench bench;
    if (!begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count && why[0] == '\0'; i++) {
        const struct sample *sample = &subject->samples->list[i];
        size_t stride = sample->length / CUTS_MOST + 1;
        for (size_t at = 1; at < sample->length && why[0] == '\0'; at += stride)
            compare_cut(&bench, sample, SMIN_TO_SERVER, (struct cut){at, 0}, why);
    }
    finish_bench(&bench, why);
}

static void lose(struct bench *bench, const struct sample *sample, uint32_t direction, size_t at, uint64_t missing)
{
    struct flow_side flow;
    if (drive_open(bench, &flow) != SMIN_OK)
        return;
    (void)drive_feed(bench, &flow, direction, sample->bytes, at);
    struct smin_result result = drive_gap(bench, &flow, direction, missing);
    if (result.status > SMIN_STATUS_FATAL)
        result = drive_feed(bench, &flow, direction, sample->bytes + at, sample->length - at);
    if (result.status > SMIN_STATUS_FATAL)
        (void)drive_end(bench, &flow, direction);
    drive_close(bench, &flow);
}

void check_gaps(const struct subject *subject, char *why)
{
    static const uint64_t lengths[] = {0, 1, 16, 4096, UINT32_MAX, UINT64_MAX / 2};
    struct bench bench;
    if (!begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count; i++) {
        const struct sample *sample = &subject->samples->list[i];
        size_t stride = sample->length / 64 + 1;
        for (size_t at = 0; at <= sample->length; at += stride)
            for (size_t k = 0; k < sizeof(lengths) / sizeof(lengths[0]); k++)
                lose(&bench, sample, (uint32_t)(at % 2), at, lengths[k]);
    }
    finish_bench(&bench, why);
}

static void probe_prefix(struct bench *bench, const struct sample *sample, size_t length, uint64_t offset, char *why)
{
    struct smin_flow_info info = drive_info();
    int32_t answers[2];
    long long blocks = atomic_load(&bench->host.blocks_out);
    for (int i = 0; i < 2; i++) {
        struct smin_input input = {.struct_size = sizeof(input), .offset = offset, .length = length};
        input.bytes = guarded_put(&bench->room, sample->bytes, length);
        answers[i] = bench->host.inspector->probe(bench->thread, &info, &input);
        guarded_spoil(&bench->room, length);
    }
    if (answers[0] < SMIN_PROBE_NO || answers[0] > SMIN_PROBE_MORE)
        say_why(why, "\"%s\", %zu bytes: the answer is %d", sample->name, length, (int)answers[0]);
    if (answers[0] != answers[1])
        say_why(why, "\"%s\", %zu bytes: the answer is %d, then %d", sample->name, length, (int)answers[0],
                (int)answers[1]);
    if (length >= 16 && answers[0] == SMIN_PROBE_MORE)
        say_why(why, "\"%s\": %zu bytes are not enough, but 16 must be", sample->name, length);
    if (atomic_load(&bench->host.blocks_out) != blocks)
        say_why(why, "\"%s\": probe kept memory", sample->name);
}

void check_probe(const struct subject *subject, char *why)
{
    struct bench bench;
    if (!begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count; i++) {
        const struct sample *sample = &subject->samples->list[i];
        for (size_t length = 0; length <= 40 && length <= sample->length; length++) {
            probe_prefix(&bench, sample, length, 0, why);
            probe_prefix(&bench, sample, length, 1234567, why);
        }
    }
    finish_bench(&bench, why);
}

static void send_datagram(struct bench *bench, struct flow_side *flow, const struct sample *sample, char *why)
{
    flow->position[0] = sample->length;
    flow->whole_message = true;
    flow->input = (struct smin_input){.struct_size = sizeof(flow->input), .packet_number = 1, .length = sample->length};
    flow->input.bytes = guarded_put(&bench->room, sample->bytes, sample->length);
    flow->in_call = true;
    struct smin_result result = bench->host.inspector->datagram(bench->thread, flow->flow, &flow->input);
    flow->in_call = false;
    guarded_spoil(&bench->room, sample->length);
    if (result.status >= 0 && result.consumed != sample->length)
        say_why(why, "\"%s\": %llu of %zu bytes were taken", sample->name, (unsigned long long)result.consumed,
                sample->length);
}

void check_datagram(const struct subject *subject, char *why)
{
    struct bench bench;
    if (!subject->inspector->datagram || !begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count; i++) {
        struct flow_side flow;
        if (drive_open(&bench, &flow) != SMIN_OK)
            continue;
        send_datagram(&bench, &flow, &subject->samples->list[i], why);
        drive_close(&bench, &flow);
    }
    finish_bench(&bench, why);
}

/* The same stream twice at the same time, a piece here, a piece there. */
static void interleave(struct bench *bench, const struct sample *sample, uint64_t digests[2])
{
    struct flow_side flows[2];
    bool open[2];
    for (int i = 0; i < 2; i++)
        open[i] = drive_open(bench, &flows[i]) == SMIN_OK;
    for (size_t at = 0; at < sample->length; at += 5) {
        size_t left = sample->length - at;
        for (int i = 0; i < 2; i++)
            if (open[i])
                (void)drive_feed(bench, &flows[i], SMIN_TO_SERVER, sample->bytes + at, left < 5 ? left : 5);
    }
    for (int i = 0; i < 2; i++) {
        if (open[i]) {
            (void)drive_end(bench, &flows[i], SMIN_TO_SERVER);
            (void)drive_end(bench, &flows[i], SMIN_TO_CLIENT);
            drive_close(bench, &flows[i]);
        }
        digests[i] = flows[i].digest;
    }
}

void check_flows_apart(const struct subject *subject, char *why)
{
    struct bench bench;
    if (!begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count; i++) {
        const struct sample *sample = &subject->samples->list[i];
        uint64_t alone, together[2];
        (void)drive_stream(&bench, sample, SMIN_TO_SERVER, in_one_piece, &alone);
        interleave(&bench, sample, together);
        if (alone != together[0] || alone != together[1])
            say_why(why, "\"%s\" is told otherwise beside another flow", sample->name);
    }
    finish_bench(&bench, why);
}

/* One thread of several, on the shared instance, with a thread object of its own. */
struct worker {
    struct bench bench;
    pthread_t handle;
    uint64_t digest;
    bool started;
};

enum { WORKERS = 4 };

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct bench *bench = &worker->bench;
    worker->digest = 0;
    for (size_t i = 0; i < bench->samples->count; i++) {
        uint64_t digest = 0;
        (void)drive_stream(bench, &bench->samples->list[i], SMIN_TO_SERVER, (struct cut){0, 64}, &digest);
        worker->digest = worker->digest * 31 + digest;
    }
    return NULL;
}

/*
 * A worker has a host side of its own for what it notices; the instance counts
 * its memory on the shared one.
 */
static void start_worker(struct worker *worker, struct bench *shared, char *why)
{
    if (bench_open(&worker->bench, shared->host.inspector, shared->samples) != 0 ||
        shared->host.inspector->thread_new(shared->instance, &worker->bench.thread) != SMIN_OK) {
        say_why(why, "thread_new failed");
        return;
    }
    worker->started = pthread_create(&worker->handle, NULL, work, worker) == 0;
}

void check_threads(const struct subject *subject, char *why)
{
    static struct worker workers[WORKERS];
    struct bench bench;
    if (!begin_bench(&bench, subject, why))
        return;
    for (int i = 0; i < WORKERS; i++)
        start_worker(&workers[i], &bench, why);
    for (int i = 0; i < WORKERS; i++) {
        if (workers[i].started)
            (void)pthread_join(workers[i].handle, NULL);
        if (workers[i].digest != workers[0].digest)
            say_why(why, "thread %d was told otherwise than thread 0", i);
        if (workers[i].bench.host.fault[0] != '\0')
            say_why(why, "%s", workers[i].bench.host.fault);
        bench_close(&workers[i].bench);
    }
    finish_bench(&bench, why);
}
