/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions behind the ABI table: they check the caller's side of the contract, then pass on. */
#include "sealed/flow.h"
#include "sealed/instance.h"
#include "sealed/sealed.h"
#include "smin/version.h"

/* `valid`: the input is one that the call may be given. */
static bool may_call(const struct smin_thread *thread, const struct smin_flow *flow, bool valid)
{
    return thread && flow && valid && !thread->busy && !flow->failed;
}

static int32_t make_flow(struct smin_thread *thread, const struct smin_flow_info *info, bool announced, void *flow_user,
                         struct smin_flow **flow)
{
    struct smin_flow_info own;
    if (!flow)
        return SMIN_E_MISUSE;
    *flow = NULL;
    if (!thread || thread->busy || smini_guest_take_info(&own, info) != SMIN_OK)
        return SMIN_E_MISUSE;
    struct smin_flow *made = smini_alloc_get(&thread->alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->flow_user = flow_user;
    made->announced = announced;
    for (int i = 0; i < 2; i++)
        smini_bytebuf_init(&made->side[i].head, &thread->alloc, SMINI_SEALED_HEAD_BYTES);
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
    if (!smini_guest_expected_valid(expected)) {
        if (flow)
            *flow = NULL;
        return SMIN_E_MISUSE;
    }
    return make_flow(thread, info, true, flow_user, flow);
}

static void free_flow(struct smin_thread *thread, struct smin_flow *flow)
{
    if (!thread || !flow || thread->busy)
        return;
    smini_bytebuf_free(&flow->side[0].head);
    smini_bytebuf_free(&flow->side[1].head);
    smini_alloc_free(&thread->alloc, flow, sizeof(*flow));
}

/* Nobody's traffic is looked at without an order. */
static int32_t probe(struct smin_thread *thread, const struct smin_flow_info *info, const struct smin_input *input)
{
    struct smin_flow_info own;
    if (!thread || smini_guest_take_info(&own, info) != SMIN_OK || !smini_guest_bytes_valid(input))
        return SMIN_E_MISUSE;
    return SMIN_PROBE_NO;
}

static struct smin_result feed(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_bytes_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (!flow->announced || flow->side[input->direction].ended)
        return smini_guest_result(SMIN_DONE, input->length);
    thread->stats.bytes += input->length;
    int32_t status = smini_sealed_flow_bytes(thread, flow, input);
    flow->failed = status <= SMIN_STATUS_FATAL;
    return smini_guest_result(status, input->length);
}

static struct smin_result gap(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_gap_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (!flow->announced || flow->side[input->direction].ended)
        return smini_guest_result(SMIN_DONE, input->length);
    smini_sealed_flow_gap(flow, input);
    return smini_guest_result(SMIN_OK, input->length);
}

static struct smin_result end(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_end_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (flow->side[input->direction].ended)
        return smini_guest_result(SMIN_DONE, 0);
    thread->busy = true;
    smini_sealed_flow_end(thread, flow, input);
    thread->busy = false;
    return smini_guest_result(SMIN_OK, 0);
}

static const void *extension(const char *id)
{
    static const struct smin_ext_expected expected = {.struct_size = sizeof(expected), .flow_new = new_expected_flow};
    static const struct smin_ext_stats stats = {.struct_size = sizeof(stats), .get = smini_sealed_stats_get};
    if (id && strcmp(id, SMIN_EXT_EXPECTED) == 0)
        return &expected;
    return id && strcmp(id, SMIN_EXT_STATS) == 0 ? &stats : NULL;
}

const struct smin_inspector smini_sealed_inspector = {
    .struct_size = sizeof(smini_sealed_inspector),
    .abi_major = SMIN_ABI_MAJOR,
    .abi_minor = SMIN_ABI_MINOR,
    .id = "org.smin.sealed",
    .name = "sealed",
    .version = SMIN_VERSION,
    .vendor = "the smin authors",
    .licence = "BSD-2-Clause",
    .fields = smini_sealed_fields,
    .events = smini_sealed_events,
    .messages = smini_sealed_messages,
    .field_count = SMINI_SEALED_FIELD_COUNT,
    .event_count = SMINI_SEALED_EVENT_COUNT,
    .message_count = SMINI_SEALED_MESSAGE_COUNT,
    .field_stride = sizeof(smini_sealed_fields[0]),
    .event_stride = sizeof(smini_sealed_events[0]),
    .message_stride = sizeof(smini_sealed_messages[0]),
    .instance_new = smini_sealed_instance_new,
    .instance_free = smini_sealed_instance_free,
    .thread_new = smini_sealed_thread_new,
    .thread_free = smini_sealed_thread_free,
    .flow_new = new_flow,
    .flow_free = free_flow,
    .probe = probe,
    .feed = feed,
    .gap = gap,
    .end = end,
    .extension = extension,
};
