/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions behind the ABI table: they check the caller's side of the contract, then pass on. */
#include "http/cut.h"
#include "http/http.h"
#include "http/instance.h"
#include "http/line.h"
#include "smin/version.h"

enum { PROTOCOL_TCP = 6 };

/* `valid`: the input is one that the call may be given. */
static bool may_call(const struct smin_thread *thread, const struct smin_flow *flow, bool valid)
{
    return thread && flow && valid && !thread->busy && !flow->failed;
}

static void enter(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    thread->busy = true;
    thread->input = input;
    thread->flow = flow;
    flow->thread = thread;
}

static struct smin_result leave(struct smin_thread *thread, int32_t status, uint64_t consumed)
{
    thread->flow->failed = status <= SMIN_STATUS_FATAL;
    thread->busy = false;
    thread->input = NULL;
    thread->flow = NULL;
    return smini_guest_result(status, consumed);
}

static int32_t make_flow(struct smin_thread *thread, const struct smin_flow_info *info, bool ordered, void *flow_user,
                         struct smin_flow **flow)
{
    if (!flow)
        return SMIN_E_MISUSE;
    *flow = NULL;
    struct smin_flow_info own;
    if (!thread || thread->busy || smini_guest_take_info(&own, info) != SMIN_OK)
        return SMIN_E_MISUSE;
    struct smin_flow *made = smini_alloc_get(&thread->alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->info = own;
    made->flow_user = flow_user;
    made->streams = own.protocol == PROTOCOL_TCP;
    made->ordered = made->interesting = ordered;
    thread->stats.flows++;
    *flow = made;
    return SMIN_OK;
}

static int32_t new_flow(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                        struct smin_flow **flow)
{
    return make_flow(thread, info, false, flow_user, flow);
}

static int32_t new_expected_flow(struct smin_thread *thread, const struct smin_flow_info *info,
                                 const struct smin_expected *expected, void *flow_user, struct smin_flow **flow)
{
    if (smini_guest_expected_valid(expected))
        return make_flow(thread, info, true, flow_user, flow);
    if (flow)
        *flow = NULL;
    return SMIN_E_MISUSE;
}

static void free_flow(struct smin_thread *thread, struct smin_flow *flow)
{
    if (!thread || !flow || thread->busy)
        return;
    flow->thread = thread;
    smini_http_cut_free(flow);
    smini_alloc_free(&thread->alloc, flow, sizeof(*flow));
}

static int32_t probe(struct smin_thread *thread, const struct smin_flow_info *info, const struct smin_input *input)
{
    struct smin_flow_info own;
    if (!thread || smini_guest_take_info(&own, info) != SMIN_OK || !smini_guest_bytes_valid(input))
        return SMIN_E_MISUSE;
    if (own.protocol != PROTOCOL_TCP)
        return SMIN_PROBE_NO;
    struct smini_span bytes = smini_span_make(input->bytes, (size_t)input->length);
    return input->direction == SMIN_TO_SERVER ? smini_http_begins_request(bytes) : smini_http_begins_answer(bytes);
}

static struct smin_result feed(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_bytes_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (!flow->streams || flow->side[input->direction].ended)
        return smini_guest_result(SMIN_DONE, input->length);
    enter(thread, flow, input);
    thread->stats.bytes += input->length;
    struct smini_span bytes = smini_span_make(input->bytes, (size_t)input->length);
    return leave(thread, smini_http_cut_feed(flow, input->direction, bytes), input->length);
}

static struct smin_result gap(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_gap_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (!flow->streams || flow->side[input->direction].ended)
        return smini_guest_result(SMIN_DONE, input->length);
    enter(thread, flow, input);
    thread->stats.gaps++;
    return leave(thread, smini_http_cut_gap(flow, input->direction, input->length), input->length);
}

static struct smin_result end(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_end_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (flow->side[input->direction].ended)
        return smini_guest_result(SMIN_DONE, 0);
    enter(thread, flow, input);
    flow->side[input->direction].ended = true;
    smini_http_cut_end(flow, input->direction);
    return leave(thread, SMIN_OK, 0);
}

static const void *extension(const char *id)
{
    static const struct smin_ext_expected expected = {.struct_size = sizeof(expected), .flow_new = new_expected_flow};
    static const struct smin_ext_stats stats = {.struct_size = sizeof(stats), .get = smini_http_stats_get};
    if (id && strcmp(id, SMIN_EXT_EXPECTED) == 0)
        return &expected;
    return id && strcmp(id, SMIN_EXT_STATS) == 0 ? &stats : NULL;
}

const struct smin_inspector smini_http_inspector = {
    .struct_size = sizeof(smini_http_inspector),
    .abi_major = SMIN_ABI_MAJOR,
    .abi_minor = SMIN_ABI_MINOR,
    .id = "org.smin.http",
    .name = "http",
    .version = SMIN_VERSION,
    .vendor = "the smin authors",
    .licence = "BSD-2-Clause",
    .fields = smini_http_fields,
    .events = smini_http_events,
    .messages = smini_http_messages,
    .field_count = SMINI_HTTP_FIELD_COUNT,
    .event_count = SMINI_HTTP_EVENT_COUNT,
    .message_count = SMINI_HTTP_MESSAGE_COUNT,
    .field_stride = sizeof(smini_http_fields[0]),
    .event_stride = sizeof(smini_http_events[0]),
    .message_stride = sizeof(smini_http_messages[0]),
    .flags = SMIN_INSPECTOR_EVERYDAY,
    .instance_new = smini_http_instance_new,
    .instance_free = smini_http_instance_free,
    .thread_new = smini_http_thread_new,
    .thread_free = smini_http_thread_free,
    .flow_new = new_flow,
    .flow_free = free_flow,
    .probe = probe,
    .feed = feed,
    .gap = gap,
    .end = end,
    .extension = extension,
};
