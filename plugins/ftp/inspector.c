/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions behind the ABI table: they check the caller's side of the contract, then pass on. */
#include "ftp/data.h"
#include "ftp/ftp.h"
#include "ftp/instance.h"
#include "ftp/probe.h"
#include "ftp/session.h"
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
    thread->at = input->offset;
}

static struct smin_result leave(struct smin_thread *thread, struct smin_flow *flow, int32_t status, uint64_t consumed)
{
    thread->busy = false;
    thread->input = NULL;
    thread->flow = NULL;
    flow->failed = status <= SMIN_STATUS_FATAL;
    return smini_guest_result(status, consumed);
}

static void free_flow(struct smin_thread *thread, struct smin_flow *flow)
{
    if (!thread || !flow || thread->busy)
        return;
    if (flow->session)
        smini_ftp_session_free(thread, flow->session);
    smini_ftp_data_leave(thread, flow);
    smini_alloc_free(&thread->alloc, flow, sizeof(*flow));
}

/* `data`: it is a data connection, of `channel` or of one that is gone. */
static int32_t make_flow(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user, bool data,
                         struct smini_ftp_channel *channel, struct smin_flow **flow)
{
    struct smin_flow *made = smini_alloc_get(&thread->alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->info = *info;
    made->flow_user = flow_user;
    if (!data && info->protocol == PROTOCOL_TCP)
        made->session = smini_ftp_session_new(thread, info);
    if (!data && info->protocol == PROTOCOL_TCP && !made->session) {
        free_flow(thread, made);
        return SMIN_E_NOMEM;
    }
    if (channel)
        smini_ftp_data_join(made, channel);
    thread->stats.flows++;
    *flow = made;
    return SMIN_OK;
}

static int32_t new_flow(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                        struct smin_flow **flow)
{
    struct smin_flow_info own;
    if (!flow)
        return SMIN_E_MISUSE;
    *flow = NULL;
    if (!thread || thread->busy || smini_guest_take_info(&own, info) != SMIN_OK)
        return SMIN_E_MISUSE;
    return make_flow(thread, &own, flow_user, false, NULL, flow);
}

/* With a context it is a data connection; without one somebody else knew where a control connection will go. */
static int32_t new_expected_flow(struct smin_thread *thread, const struct smin_flow_info *info,
                                 const struct smin_expected *expected, void *flow_user, struct smin_flow **flow)
{
    struct smin_flow_info own;
    if (!flow)
        return SMIN_E_MISUSE;
    *flow = NULL;
    if (!thread || thread->busy || !smini_guest_expected_valid(expected) ||
        smini_guest_take_info(&own, info) != SMIN_OK)
        return SMIN_E_MISUSE;
    bool data = expected->context_length > 0;
    struct smini_ftp_channel *channel =
        data ? smini_ftp_channel_find(thread, expected->context, expected->context_length) : NULL;
    return make_flow(thread, &own, flow_user, data, channel, flow);
}

static int32_t probe(struct smin_thread *thread, const struct smin_flow_info *info, const struct smin_input *input)
{
    struct smin_flow_info own;
    if (!thread || smini_guest_take_info(&own, info) != SMIN_OK || !smini_guest_bytes_valid(input))
        return SMIN_E_MISUSE;
    bool on_port = own.server_port == SMINI_FTP_PORT_CONTROL;
    struct smini_span bytes = smini_span_make(input->bytes, (size_t)input->length);
    if (own.protocol != PROTOCOL_TCP)
        return SMIN_PROBE_NO;
    return input->direction == SMIN_TO_SERVER ? smini_ftp_probe_client(bytes, on_port)
                                              : smini_ftp_probe_server(bytes, on_port);
}

static struct smin_result feed(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_bytes_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (flow->ended[input->direction])
        return smini_guest_result(SMIN_DONE, input->length);
    enter(thread, flow, input);
    thread->stats.bytes += input->length;
    flow->fed[input->direction] |= input->length > 0;
    int32_t status = flow->session ? smini_ftp_session_feed(thread, flow->session) : smini_ftp_data_feed(thread, flow);
    return leave(thread, flow, status, input->length);
}

static struct smin_result gap(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    int32_t status = SMIN_OK;
    if (!may_call(thread, flow, smini_guest_gap_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (flow->ended[input->direction])
        return smini_guest_result(SMIN_DONE, input->length);
    if (input->length == 0)
        return smini_guest_result(SMIN_OK, 0);
    enter(thread, flow, input);
    flow->fed[input->direction] = true;
    if (flow->session)
        smini_ftp_session_gap(thread, flow->session);
    else
        status = smini_ftp_data_gap(thread, flow);
    return leave(thread, flow, status, input->length);
}

/* The flow is over with both directions, or with the only one of which anything came. */
static void finish(struct smin_thread *thread, struct smin_flow *flow)
{
    if (flow->over || (!flow->ended[0] && flow->fed[0]) || (!flow->ended[1] && flow->fed[1]))
        return;
    /* Without a single byte both ends are awaited: one may still say how it ended. */
    if (!flow->fed[0] && !flow->fed[1] && !(flow->ended[0] && flow->ended[1]))
        return;
    flow->over = true;
    if (flow->session)
        smini_ftp_session_end(thread, flow->session);
    else
        smini_ftp_data_end(thread, flow);
}

static struct smin_result end(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!may_call(thread, flow, smini_guest_end_valid(input)))
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (flow->ended[input->direction])
        return smini_guest_result(SMIN_DONE, 0);
    flow->ended[input->direction] = true;
    flow->finished[input->direction] = (input->flow_flags & SMIN_FLOW_FINISHED) != 0;
    enter(thread, flow, input);
    finish(thread, flow);
    return leave(thread, flow, SMIN_OK, 0);
}

static const void *extension(const char *id)
{
    static const struct smin_ext_expected expected = {.struct_size = sizeof(expected), .flow_new = new_expected_flow};
    static const struct smin_ext_stats stats = {.struct_size = sizeof(stats), .get = smini_ftp_stats_get};
    if (id && strcmp(id, SMIN_EXT_EXPECTED) == 0)
        return &expected;
    return id && strcmp(id, SMIN_EXT_STATS) == 0 ? &stats : NULL;
}

const struct smin_inspector smini_ftp_inspector = {
    .struct_size = sizeof(smini_ftp_inspector),
    .abi_major = SMIN_ABI_MAJOR,
    .abi_minor = SMIN_ABI_MINOR,
    .id = "org.smin.ftp",
    .name = "ftp",
    .version = SMIN_VERSION,
    .vendor = "the smin authors",
    .licence = "BSD-2-Clause",
    .fields = smini_ftp_fields,
    .events = smini_ftp_events,
    .messages = smini_ftp_messages,
    .field_count = SMINI_FTP_FIELD_COUNT,
    .event_count = SMINI_FTP_EVENT_COUNT,
    .message_count = SMINI_FTP_MESSAGE_COUNT,
    .field_stride = sizeof(smini_ftp_fields[0]),
    .event_stride = sizeof(smini_ftp_events[0]),
    .message_stride = sizeof(smini_ftp_messages[0]),
    .flags = SMIN_INSPECTOR_EVERYDAY,
    .instance_new = smini_ftp_instance_new,
    .instance_free = smini_ftp_instance_free,
    .thread_new = smini_ftp_thread_new,
    .thread_free = smini_ftp_thread_free,
    .flow_new = new_flow,
    .flow_free = free_flow,
    .probe = probe,
    .feed = feed,
    .gap = gap,
    .end = end,
    .extension = extension,
};
