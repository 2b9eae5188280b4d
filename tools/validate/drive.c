/* SPDX-License-Identifier: BSD-2-Clause */
#include "drive.h"

#include "host_lent.h"

#include <string.h>

/* The first packet's time; any will do, as long as it is not the clock's. */
#define FIRST_TIME_NS 1500000000000000000u

int bench_open(struct bench *bench, const struct smin_inspector *inspector, const struct samples *samples)
{
    memset(bench, 0, sizeof(*bench));
    host_side_open(&bench->host, inspector);
    bench->samples = samples;
    return guarded_open(&bench->room, SAMPLE_BYTES_MOST);
}

struct smin_config bench_config(const struct samples *samples, struct smin_rule_text *text)
{
    struct smin_config config = {.struct_size = sizeof(config)};
    if (samples->rules.length > 0) {
        text->name = samples->rules.name;
        text->text = (const char *)samples->rules.bytes;
        text->length = samples->rules.length;
        config.rule_text_count = 1;
        config.rule_texts = text;
    }
    return config;
}

int32_t bench_start(struct bench *bench)
{
    const struct smin_inspector *inspector = bench->host.inspector;
    struct smin_rule_text text;
    struct smin_config config = bench_config(bench->samples, &text);
    int32_t status = inspector->instance_new(&bench->host.table, &config, &bench->instance);
    if ((status == SMIN_OK) != (bench->instance != NULL))
        host_side_fault(&bench->host, "instance_new gave status %d and %s", (int)status,
                        bench->instance ? "an instance" : "no instance");
    if (status != SMIN_OK)
        return status;
    status = inspector->thread_new(bench->instance, &bench->thread);
    if (status != SMIN_OK)
        bench_stop(bench);
    else if (!bench->thread)
        host_side_fault(&bench->host, "thread_new gave SMIN_OK and no thread");
    return status;
}

void bench_stop(struct bench *bench)
{
    const struct smin_inspector *inspector = bench->host.inspector;
    if (bench->thread)
        inspector->thread_free(bench->thread);
    bench->thread = NULL;
    if (bench->instance)
        inspector->instance_free(bench->instance);
    bench->instance = NULL;
}

void bench_close(struct bench *bench)
{
    bench_stop(bench);
    guarded_close(&bench->room);
}

struct smin_flow_info drive_info(void)
{
    struct smin_flow_info info = {
        .struct_size = sizeof(info),
        .ip_version = 4,
        .protocol = 6,
        .flags = SMIN_FLOW_ESTABLISHED,
        .client_port = 40000,
        .server_port = 4786,
        .client_address = {198, 51, 100, 7},
        .server_address = {192, 0, 2, 10},
    };
    return info;
}

int32_t drive_open(struct bench *bench, struct flow_side *flow)
{
    struct smin_flow_info info = drive_info();
    flow_side_open(flow, &bench->host);
    flow->thread = bench->thread;
    int32_t status = bench->host.inspector->flow_new(bench->thread, &info, flow, &flow->flow);
    /* `info` is borrowed for the call only. */
    memset(&info, 0xdd, sizeof(info));
    if ((status == SMIN_OK) != (flow->flow != NULL))
        host_side_fault(&bench->host, "flow_new gave status %d and %s", (int)status, flow->flow ? "a flow" : "no flow");
    return status;
}

void drive_close(struct bench *bench, struct flow_side *flow)
{
    flow->quiet = true;
    host_lent_forget(flow);
    bench->host.inspector->flow_free(bench->thread, flow->flow);
    flow->flow = NULL;
}

static void set_input(struct flow_side *flow, uint32_t direction, const uint8_t *bytes, uint64_t length)
{
    flow->input = (struct smin_input){
        .struct_size = sizeof(flow->input),
        .direction = direction,
        .time_ns = FIRST_TIME_NS + flow->input.time_ns % FIRST_TIME_NS + 1000,
        .packet_number = flow->input.packet_number + 1,
        .offset = flow->position[direction],
        .bytes = bytes,
        .length = length,
        .flow_flags = SMIN_FLOW_ESTABLISHED,
    };
    uint64_t *position = &flow->position[direction];
    *position = length > UINT64_MAX - *position ? UINT64_MAX : *position + length;
}

static void check_result(struct bench *bench, const char *name, const struct smin_input *input,
                         struct smin_result result)
{
    if (result.reserved != 0)
        host_side_fault(&bench->host, "%s gave a result whose reserved member is not zero", name);
    if (result.status >= 0 && result.consumed != input->length)
        host_side_fault(&bench->host, "%s gave status %d and took %llu of %llu bytes", name, (int)result.status,
                        (unsigned long long)result.consumed, (unsigned long long)input->length);
    if (result.consumed > input->length)
        host_side_fault(&bench->host, "%s took more bytes than there were", name);
    if (result.status == SMIN_E_MISUSE || result.status == SMIN_MORE)
        host_side_fault(&bench->host, "%s gave status %d for a correct call", name, (int)result.status);
}

typedef struct smin_result (*input_fn)(struct smin_thread *, struct smin_flow *, const struct smin_input *);

static struct smin_result call(struct bench *bench, struct flow_side *flow, const char *name, input_fn function)
{
    struct smin_input input = flow->input;
    flow->in_call = true;
    struct smin_result result = function(bench->thread, flow->flow, &input);
    flow->in_call = false;
    if (memcmp(&input, &flow->input, sizeof(input)) != 0)
        host_side_fault(&bench->host, "%s changed its input struct", name);
    check_result(bench, name, &flow->input, result);
    return result;
}

struct smin_result drive_feed(struct bench *bench, struct flow_side *flow, uint32_t direction, const uint8_t *bytes,
                              size_t length)
{
    set_input(flow, direction, guarded_put(&bench->room, bytes, length), length);
    struct smin_result result = call(bench, flow, "feed", bench->host.inspector->feed);
    guarded_spoil(&bench->room, length);
    return result;
}

struct smin_result drive_datagram(struct bench *bench, struct flow_side *flow, uint32_t direction,
                                  const struct sample *sample)
{
    set_input(flow, direction, guarded_put(&bench->room, sample->bytes, sample->length), sample->length);
    struct smin_result result = call(bench, flow, "datagram", bench->host.inspector->datagram);
    guarded_spoil(&bench->room, sample->length);
    return result;
}

struct smin_result drive_gap(struct bench *bench, struct flow_side *flow, uint32_t direction, uint64_t length)
{
    set_input(flow, direction, NULL, length);
    return call(bench, flow, "gap", bench->host.inspector->gap);
}

struct smin_result drive_end(struct bench *bench, struct flow_side *flow, uint32_t direction)
{
    set_input(flow, direction, NULL, 0);
    return call(bench, flow, "end", bench->host.inspector->end);
}

static int32_t feed_pieces(struct bench *bench, struct flow_side *flow, const struct sample *sample,
                           uint32_t direction, struct cut cut)
{
    int32_t status = SMIN_OK;
    size_t piece = cut.first ? cut.first : cut.step ? cut.step : sample->length;
    for (size_t at = 0; at < sample->length && status >= 0;) {
        size_t left = sample->length - at;
        piece = piece < left ? piece : left;
        status = drive_feed(bench, flow, direction, sample->bytes + at, piece).status;
        at += piece;
        piece = cut.step ? cut.step : sample->length;
    }
    return status;
}

int32_t drive_stream(struct bench *bench, const struct sample *sample, uint32_t direction, struct cut cut,
                     uint64_t *digest)
{
    struct flow_side flow;
    int32_t status = drive_open(bench, &flow);
    if (status != SMIN_OK)
        return status;
    status = feed_pieces(bench, &flow, sample, direction, cut);
    for (uint32_t side = 0; side < 2 && status > SMIN_STATUS_FATAL; side++) {
        struct smin_result ended = drive_end(bench, &flow, side);
        if (ended.status < 0)
            status = ended.status;
    }
    drive_close(bench, &flow);
    if (digest)
        *digest = flow.digest;
    return status;
}
