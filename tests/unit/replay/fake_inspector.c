/* SPDX-License-Identifier: BSD-2-Clause */

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fake_inspector.h"
#include "replay/expect.h"

struct fake_log fake_log;

struct smin_instance {
    const struct smin_host *host;
};

struct smin_thread {
    const struct smin_host *host;
};

struct fake_side {
    uint64_t offset;
    uint64_t number;
    uint8_t message[FAKE_MESSAGE];
    bool hole;
    bool ended;
};

struct smin_flow {
    void *user;
    uint32_t index;
    struct fake_side side[2];
};

void fake_log_clear(void)
{
    memset(&fake_log, 0, sizeof(fake_log));
}

static void breach(const char *why)
{
    fake_log.broken = true;
    fake_log.why = why;
}

static int32_t instance_new(const struct smin_host *host, const struct smin_config *config,
                            struct smin_instance **instance)
{
    (void)config;
    *instance = host->alloc(host->user, sizeof(**instance));
    if (!*instance)
        return SMIN_E_NOMEM;
    (*instance)->host = host;
    return SMIN_OK;
}

static void instance_free(struct smin_instance *instance)
{
    if (instance)
        instance->host->release(instance->host->user, instance, sizeof(*instance));
}

static int32_t thread_new(struct smin_instance *instance, struct smin_thread **thread)
{
    *thread = instance->host->alloc(instance->host->user, sizeof(**thread));
    if (!*thread)
        return SMIN_E_NOMEM;
    (*thread)->host = instance->host;
    fake_log.threads++;
    return SMIN_OK;
}

static void thread_free(struct smin_thread *thread)
{
    if (thread)
        thread->host->release(thread->host->user, thread, sizeof(*thread));
}

static int32_t flow_new(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                        struct smin_flow **flow)
{
    *flow = thread->host->alloc(thread->host->user, sizeof(**flow));
    if (!*flow)
        return SMIN_E_NOMEM;
    memset(*flow, 0, sizeof(**flow));
    (*flow)->user = flow_user;
    (*flow)->index = fake_log.flow_count++;
    fake_log.live++;
    if ((*flow)->index < FAKE_FLOWS_MAX) {
        fake_log.flows[(*flow)->index].info = *info;
        fake_log.flows[(*flow)->index].live = true;
    }
    return SMIN_OK;
}

static void flow_free(struct smin_thread *thread, struct smin_flow *flow)
{
    if (!flow)
        return;
    fake_log.live--;
    if (flow->index < FAKE_FLOWS_MAX)
        fake_log.flows[flow->index].live = false;
    thread->host->release(thread->host->user, flow, sizeof(*flow));
}

static int32_t probe(struct smin_thread *thread, const struct smin_flow_info *info, const struct smin_input *input)
{
    (void)thread;
    (void)info;
    fake_log.probes++;
    if (input->length == 0)
        breach("probe of nothing");
    size_t length = input->length < 4 ? (size_t)input->length : 4;
    if (memcmp(input->bytes, "FAKE", length) != 0)
        return SMIN_PROBE_NO;
    return length == 4 ? SMIN_PROBE_YES : SMIN_PROBE_MORE;
}

static void deliver(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input, uint32_t size)
{
    struct fake_side *side = &flow->side[input->direction];
    struct smin_message message = {.struct_size = sizeof(message),
                                   .kind = SMIN_KIND_MESSAGE,
                                   .id = 1,
                                   .direction = input->direction,
                                   .flags = size == FAKE_MESSAGE && !side->hole ? SMIN_MESSAGE_COMPLETE : 0u,
                                   .number = side->number++,
                                   .offset = side->offset - size,
                                   .length = size,
                                   .bytes = side->message,
                                   .size = size};
    struct smin_output output = {.struct_size = sizeof(output),
                                 .time_ns = input->time_ns,
                                 .packet_number = input->packet_number,
                                 .message = &message};
    thread->host->on_output(thread->host->user, flow->user, &output);
    side->hole = false;
}

static struct fake_stream *log_of(const struct smin_flow *flow, uint32_t direction)
{
    return flow->index < FAKE_FLOWS_MAX ? &fake_log.flows[flow->index].stream[direction] : NULL;
}

static struct smin_result take(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    struct fake_side *side = &flow->side[input->direction];
    struct fake_stream *log = log_of(flow, input->direction);
    if (input->offset != side->offset)
        breach("offset does not continue");
    if (side->ended)
        breach("fed after the end");
    if (log)
        log->feeds++;
    for (uint64_t i = 0; i < input->length; i++) {
        uint8_t byte = input->bytes ? input->bytes[i] : '?';
        side->message[side->offset % FAKE_MESSAGE] = byte;
        side->hole |= input->bytes == NULL;
        side->offset++;
        if (log && log->length < FAKE_STREAM_MAX)
            log->bytes[log->length++] = byte;
        if (side->offset % FAKE_MESSAGE == 0)
            deliver(thread, flow, input, FAKE_MESSAGE);
    }
    return (struct smin_result){.status = SMIN_OK, .consumed = input->length};
}

static struct smin_result feed(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!input->bytes || input->length == 0)
        breach("feed of nothing");
    return take(thread, flow, input);
}

static struct smin_result gap(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    struct fake_stream *log = log_of(flow, input->direction);
    if (input->bytes || input->length == 0)
        breach("gap with bytes, or of nothing");
    if (log && log->gap_count < FAKE_GAPS_MAX)
        log->gaps[log->gap_count++] = (struct fake_gap){.offset = input->offset, .length = input->length};
    return take(thread, flow, input);
}

static struct smin_result datagram(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    fake_log.datagrams++;
    return take(thread, flow, input);
}

static struct smin_result end(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    struct fake_side *side = &flow->side[input->direction];
    struct fake_stream *log = log_of(flow, input->direction);
    if (side->ended || input->offset != side->offset || input->bytes || input->length)
        breach("end twice, elsewhere or with bytes");
    side->ended = true;
    if (log)
        log->ends++;
    if (log && (input->flow_flags & SMIN_FLOW_FINISHED))
        log->finished++;
    if (side->offset % FAKE_MESSAGE != 0)
        deliver(thread, flow, input, (uint32_t)(side->offset % FAKE_MESSAGE));
    return (struct smin_result){.status = SMIN_OK};
}

struct smin_expectation fake_expectation;

static struct smin_result feed_and_announce(struct smin_thread *thread, struct smin_flow *flow,
                                            const struct smin_input *input)
{
    if (input->offset == 0 &&
        smini_expect_lent.announce(thread->host->user, flow->user, &fake_expectation) != SMIN_OK)
        breach("an expectation was refused");
    return feed(thread, flow, input);
}

static const uint16_t ports[] = {FAKE_PORT};

#define FAKE_TABLE                                                                                         \
    .struct_size = sizeof(struct smin_inspector), .abi_major = SMIN_ABI_MAJOR, .abi_minor = SMIN_ABI_MINOR, \
    .id = "org.smin.fake", .name = "fake", .version = "1", .vendor = "tests", .licence = "BSD-2-Clause",   \
    .tcp_port_count = 1, .tcp_ports = ports, .instance_new = instance_new, .instance_free = instance_free, \
    .thread_new = thread_new, .thread_free = thread_free, .flow_new = flow_new, .flow_free = flow_free,    \
    .probe = probe, .gap = gap, .end = end

const struct smin_inspector fake_inspector = {FAKE_TABLE, .feed = feed};
const struct smin_inspector fake_datagram_inspector = {FAKE_TABLE, .feed = feed, .datagram = datagram};
const struct smin_inspector fake_announcer = {FAKE_TABLE, .feed = feed_and_announce};
