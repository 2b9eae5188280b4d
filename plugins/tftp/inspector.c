/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions behind the ABI table: they check the caller's side of the contract, then pass on. */
#include "smin/abi_ext.h"
#include "smin/version.h"
#include "tftp/flow.h"
#include "tftp/instance.h"
#include "tftp/tables.h"
#include "tftp/tftp.h"
#include "tftp/transfer.h"

enum { PROTOCOL_UDP = 17 };

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
}

static void leave(struct smin_thread *thread)
{
    thread->busy = false;
    thread->input = NULL;
    thread->flow = NULL;
}

static int32_t new_flow(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
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
    made->datagrams = own.protocol == PROTOCOL_UDP;
    thread->stats.flows++;
    *flow = made;
    return SMIN_OK;
}

static void free_flow(struct smin_thread *thread, struct smin_flow *flow)
{
    if (!thread || !flow || thread->busy)
        return;
    smini_tftp_transfer_leave(thread, flow);
    smini_alloc_free(&thread->alloc, flow, sizeof(*flow));
}

static int32_t new_expected_flow(struct smin_thread *thread, const struct smin_flow_info *info,
                                 const struct smin_expected *expected, void *flow_user, struct smin_flow **flow)
{
    if (!smini_guest_expected_valid(expected)) {
        if (flow)
            *flow = NULL;
        return SMIN_E_MISUSE;
    }
    int32_t status = new_flow(thread, info, flow_user, flow);
    if (status != SMIN_OK)
        return status;
    status = smini_tftp_transfer_join(thread, *flow, expected->context, expected->context_length);
    if (status == SMIN_OK)
        return SMIN_OK;
    free_flow(thread, *flow);
    *flow = NULL;
    return status;
}

/* A request can be told by itself; on its port it is taken for one even when it is damaged. */
static int32_t probe(struct smin_thread *thread, const struct smin_flow_info *info, const struct smin_input *input)
{
    struct smin_flow_info own;
    if (!thread || smini_guest_take_info(&own, info) != SMIN_OK || !smini_guest_bytes_valid(input))
        return SMIN_E_MISUSE;
    if (own.protocol != PROTOCOL_UDP || input->length < 4)
        return SMIN_PROBE_NO;
    uint16_t to = input->direction == SMIN_TO_SERVER ? own.server_port : own.client_port;
    bool request = input->bytes[0] == 0 && (input->bytes[1] == SMINI_TFTP_READ || input->bytes[1] == SMINI_TFTP_WRITE);
    if (request && to == SMINI_TFTP_PORT)
        return SMIN_PROBE_YES;
    return request && smini_tftp_is_request(smini_span_make(input->bytes, (size_t)input->length)) ? SMIN_PROBE_YES
                                                                                                  : SMIN_PROBE_NO;
}

/* A stream is no TFTP. */
static struct smin_result feed(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_bytes_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    return smini_guest_result(SMIN_DONE, input->length);
}

static struct smin_result gap(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_gap_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    return smini_guest_result(SMIN_DONE, input->length);
}

static struct smin_result datagram(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_bytes_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (!flow->datagrams || flow->ended[input->direction])
        return smini_guest_result(SMIN_DONE, input->length);
    enter(thread, flow, input);
    thread->stats.bytes += input->length;
    int32_t status = smini_tftp_flow_datagram(thread, flow);
    leave(thread);
    flow->failed = status <= SMIN_STATUS_FATAL;
    return smini_guest_result(status, input->length);
}

/* Datagrams have no end of their own: the first of the two directions ends what is under way. */
static struct smin_result end(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_end_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (flow->ended[input->direction])
        return smini_guest_result(SMIN_DONE, 0);
    enter(thread, flow, input);
    smini_tftp_flow_end(thread, flow);
    leave(thread);
    flow->ended[input->direction] = true;
    return smini_guest_result(SMIN_OK, 0);
}

static const void *extension(const char *id)
{
    static const struct smin_ext_expected expected = {.struct_size = sizeof(expected), .flow_new = new_expected_flow};
    static const struct smin_ext_stats stats = {.struct_size = sizeof(stats), .get = smini_tftp_stats_get};
    if (id && strcmp(id, SMIN_EXT_EXPECTED) == 0)
        return &expected;
    return id && strcmp(id, SMIN_EXT_STATS) == 0 ? &stats : NULL;
}

const struct smin_inspector smini_tftp_inspector = {
    .struct_size = sizeof(smini_tftp_inspector),
    .abi_major = SMIN_ABI_MAJOR,
    .abi_minor = SMIN_ABI_MINOR,
    .id = "org.smin.tftp",
    .name = "tftp",
    .version = SMIN_VERSION,
    .vendor = "the smin authors",
    .licence = "BSD-2-Clause",
    .fields = smini_tftp_fields,
    .events = smini_tftp_events,
    .messages = smini_tftp_messages,
    .field_count = SMINI_TFTP_FIELD_COUNT,
    .event_count = SMINI_TFTP_EVENT_COUNT,
    .message_count = SMINI_TFTP_MESSAGE_COUNT,
    .field_stride = sizeof(smini_tftp_fields[0]),
    .event_stride = sizeof(smini_tftp_events[0]),
    .message_stride = sizeof(smini_tftp_messages[0]),
    .instance_new = smini_tftp_instance_new,
    .instance_free = smini_tftp_instance_free,
    .thread_new = smini_tftp_thread_new,
    .thread_free = smini_tftp_thread_free,
    .flow_new = new_flow,
    .flow_free = free_flow,
    .probe = probe,
    .feed = feed,
    .gap = gap,
    .datagram = datagram,
    .end = end,
    .extension = extension,
};
