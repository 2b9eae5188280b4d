/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions behind the ABI table: they check the caller's side of the contract, then pass on. */
#include "inspect/inspector.h"

#include "inspect/flow_state.h"

typedef int32_t (*step_fn)(struct smin_thread *, struct smin_flow *, const struct smin_input *);

/* `valid`: the input is one that this call may be given. */
static struct smin_result run(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input,
                              bool valid, step_fn step)
{
    if (!thread || !flow || !valid || thread->busy || flow->failed)
        return smini_guest_result(SMIN_E_MISUSE, 0);
    if (flow->ended[input->direction])
        return smini_guest_result(SMIN_DONE, input->length);
    thread->busy = true;
    int32_t status = step(thread, flow, input);
    thread->busy = false;
    struct smin_result result = smini_guest_result(status, input->length);
    if (status >= 0)
        result.needed = smini_stream_needed(&flow->streams[input->direction]);
    return result;
}

struct smin_result smini_inspector_feed(struct smin_thread *thread, struct smin_flow *flow,
                                        const struct smin_input *input)
{
    return run(thread, flow, input, smini_guest_bytes_valid(input), smini_flow_feed);
}

struct smin_result smini_inspector_gap(struct smin_thread *thread, struct smin_flow *flow,
                                       const struct smin_input *input)
{
    return run(thread, flow, input, smini_guest_gap_valid(input), smini_inspect_gap);
}

struct smin_result smini_inspector_datagram(struct smin_thread *thread, struct smin_flow *flow,
                                            const struct smin_input *input)
{
    return run(thread, flow, input, smini_guest_bytes_valid(input), smini_inspect_datagram);
}

struct smin_result smini_inspector_end(struct smin_thread *thread, struct smin_flow *flow,
                                       const struct smin_input *input)
{
    return run(thread, flow, input, smini_guest_end_valid(input), smini_flow_end);
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
    if (!thread || !smini_guest_bytes_valid(input) || smini_flow_facts_read(&facts, info) != SMIN_OK)
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
