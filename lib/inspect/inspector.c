/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions behind the ABI table: they check the caller's side of the contract, then pass on. */
#include "inspect/inspector.h"

#include "inspect/flow_state.h"

static struct smin_result result_of(int32_t status, uint64_t consumed, uint64_t needed)
{
    struct smin_result result = {.status = status, .consumed = consumed, .needed = needed};
    return result;
}

static bool input_valid(const struct smin_input *input)
{
    return input && SMIN_HAS(input, flow_flags) && input->direction <= SMIN_TO_CLIENT &&
           input->offset <= UINT64_MAX - input->length &&
           smini_tail_is_zero(input, input->struct_size, sizeof(*input));
}

/* SMIN_OK when the call may go on, SMIN_DONE when the direction is over. */
static int32_t check_call(const struct smin_thread *thread, const struct smin_flow *flow,
                          const struct smin_input *input)
{
    if (!thread || !flow || !input_valid(input) || thread->busy || flow->failed)
        return SMIN_E_MISUSE;
    return flow->ended[input->direction] ? SMIN_DONE : SMIN_OK;
}

typedef int32_t (*step_fn)(struct smin_thread *, struct smin_flow *, const struct smin_input *);

static struct smin_result run(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input,
                              step_fn step)
{
    int32_t status = check_call(thread, flow, input);
    if (status != SMIN_OK)
        return result_of(status, status == SMIN_DONE ? input->length : 0, 0);
    thread->busy = true;
    status = step(thread, flow, input);
    thread->busy = false;
    if (status < 0)
        return result_of(status, 0, 0);
    return result_of(status, input->length, smini_stream_needed(&flow->streams[input->direction]));
}

struct smin_result smini_inspector_feed(struct smin_thread *thread, struct smin_flow *flow,
                                        const struct smin_input *input)
{
    if (input_valid(input) && (input->length > SIZE_MAX || (!input->bytes && input->length > 0)))
        return result_of(SMIN_E_MISUSE, 0, 0);
    return run(thread, flow, input, smini_flow_feed);
}

struct smin_result smini_inspector_gap(struct smin_thread *thread, struct smin_flow *flow,
                                       const struct smin_input *input)
{
    if (input_valid(input) && input->bytes)
        return result_of(SMIN_E_MISUSE, 0, 0);
    return run(thread, flow, input, smini_inspect_gap);
}

struct smin_result smini_inspector_datagram(struct smin_thread *thread, struct smin_flow *flow,
                                            const struct smin_input *input)
{
    if (input_valid(input) && (input->length > SIZE_MAX || (!input->bytes && input->length > 0)))
        return result_of(SMIN_E_MISUSE, 0, 0);
    return run(thread, flow, input, smini_inspect_datagram);
}

struct smin_result smini_inspector_end(struct smin_thread *thread, struct smin_flow *flow,
                                       const struct smin_input *input)
{
    if (input_valid(input) && (input->bytes || input->length > 0))
        return result_of(SMIN_E_MISUSE, 0, 0);
    return run(thread, flow, input, smini_flow_end);
}

int32_t smini_inspector_flow_new(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                                 struct smin_flow **flow)
{
    if (flow)
        *flow = NULL;
    if (!thread || thread->busy)
        return SMIN_E_MISUSE;
    return smini_flow_new(thread, info, flow_user, flow);
}

void smini_inspector_flow_free(struct smin_thread *thread, struct smin_flow *flow)
{
    if (thread && !thread->busy)
        smini_flow_free(thread, flow);
}

int32_t smini_inspector_probe(struct smin_thread *thread, const struct smin_flow_info *info,
                              const struct smin_input *input)
{
    struct smini_flow_facts facts = {0};
    if (!thread || !input_valid(input) || (!input->bytes && input->length > 0) ||
        smini_flow_facts_read(&facts, info) != SMIN_OK)
        return SMIN_E_MISUSE;
    if (info->protocol == SMINI_INSPECT_UDP) /* Smart Install is spoken over TCP only */
        return thread->instance->database && smini_database_wants_udp(thread->instance->database, &facts)
                   ? SMIN_PROBE_YES
                   : SMIN_PROBE_NO;
    size_t length = input->length < SMINI_HEADER_BYTES ? (size_t)input->length : SMINI_HEADER_BYTES;
    int answer = smini_detect(input->bytes, length, smini_detect_hinted(facts.client_port, facts.server_port));
    if (answer != SMINI_DETECT_YES && thread->instance->database &&
        smini_database_wants_tcp(thread->instance->database, &facts))
        return SMIN_PROBE_YES;
    return answer;
}
