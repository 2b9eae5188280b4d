/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/flow_state.h"

#include "inspect/loose.h"

/* Enough for the flows that open and close around each other; 64 * 500 bytes. */
enum { SPARE_FLOWS_MAX = 64 };
int32_t smini_flow_facts_read(struct smini_flow_facts *facts, const struct smin_flow_info *info)
{
    struct smin_flow_info own;
    int32_t status = smini_guest_take_info(&own, info);
    if (status != SMIN_OK)
        return status;
    facts->ip_version = own.ip_version;
    facts->established = (own.flags & SMIN_FLOW_ESTABLISHED) != 0;
    facts->client_port = own.client_port;
    facts->server_port = own.server_port;
    memcpy(facts->client_address, own.client_address, sizeof(facts->client_address));
    memcpy(facts->server_address, own.server_address, sizeof(facts->server_address));
    return SMIN_OK;
}

static struct smin_flow *take_flow(struct smin_thread *thread)
{
    struct smin_flow *flow = thread->spare;
    if (!flow)
        return smini_alloc_get(&thread->alloc, sizeof(*flow));
    thread->spare = flow->next_spare;
    thread->spare_count--;
    memset(flow, 0, sizeof(*flow));
    return flow;
}

int32_t smini_flow_new(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                       struct smin_flow **flow)
{
    if (!flow)
        return SMIN_E_MISUSE;
    *flow = NULL;
    struct smini_flow_facts facts = {0};
    if (!thread || smini_flow_facts_read(&facts, info) != SMIN_OK)
        return SMIN_E_MISUSE;
    struct smin_flow *made = take_flow(thread);
    if (!made)
        return SMIN_E_NOMEM;
    made->facts = facts;
    made->flow_user = flow_user;
    made->hinted = smini_detect_hinted(facts.client_port, facts.server_port);
    made->datagrams = info->protocol == SMINI_INSPECT_UDP;
    made->midstream = (info->flags & SMIN_FLOW_MIDSTREAM) != 0;
    thread->flows++;
    *flow = made;
    return SMIN_OK;
}

void smini_flow_free(struct smin_thread *thread, struct smin_flow *flow)
{
    if (!thread || !flow)
        return;
    for (uint32_t direction = 0; direction < 2; direction++) {
        if (flow->begun[direction])
            smini_stream_drop(&flow->streams[direction], &thread->scratch);
        if (flow->match[direction])
            smini_match_stream_free(thread->matcher, flow->match[direction]);
        smini_loose_free(thread, flow, direction);
    }
    if (flow->memory)
        smini_flow_memory_free(thread->matcher, flow->memory);
    if (thread->spare_count < SPARE_FLOWS_MAX) {
        flow->next_spare = thread->spare;
        thread->spare = flow;
        thread->spare_count++;
        return;
    }
    smini_alloc_free(&thread->alloc, flow, sizeof(*flow));
}

void smini_flow_spare_free(struct smin_thread *thread)
{
    while (thread->spare) {
        struct smin_flow *flow = thread->spare;
        thread->spare = flow->next_spare;
        smini_alloc_free(&thread->alloc, flow, sizeof(*flow));
    }
    thread->spare_count = 0;
}

/* The first input of a direction says where it begins; only then its decoder and its search can be set up. */
static int32_t begin_direction(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    uint32_t direction = input->direction;
    bool midstream = flow->midstream || input->offset != 0;
    flow->begun[direction] = true;
    smini_stream_init(&flow->streams[direction], direction, flow->hinted, midstream);
    flow->streams[direction].offset = input->offset;
    if (!thread->matcher)
        return SMIN_OK;
    int32_t status = smini_match_stream_new(thread->matcher, &flow->facts, direction, input->offset,
                                            &flow->match[direction]);
    if (status == SMIN_OK && flow->match[direction])
        status = smini_loose_begin(thread, flow, direction, input->offset);
    return status;
}

void smini_inspect_enter(struct smin_thread *thread, struct smin_flow *flow, void *flow_user,
                         const struct smin_input *input)
{
    thread->flow = flow;
    thread->flow_user = flow_user;
    thread->input = input;
    thread->trouble = SMIN_OK;
}

int32_t smini_inspect_leave(struct smin_thread *thread, int32_t status)
{
    thread->flow = NULL;
    thread->input = NULL;
    return status >= 0 && thread->trouble < 0 ? thread->trouble : status;
}

static int32_t enter(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (input->flow_flags & SMIN_FLOW_ESTABLISHED)
        flow->facts.established = true;
    smini_inspect_enter(thread, flow, flow->flow_user, input);
    smini_decode_scratch_target(&thread->scratch, smini_inspect_deliver, thread);
    return flow->begun[input->direction] ? SMIN_OK : begin_direction(thread, flow, input);
}

static int32_t leave(struct smin_thread *thread, struct smin_flow *flow, int32_t status)
{
    status = smini_inspect_leave(thread, status);
    if (status <= SMIN_STATUS_FATAL)
        flow->failed = true;
    return status;
}

/* In pieces that fit beside what is kept, so that the places of judgement do not depend on the caller's cuts. */
static int32_t feed_kept(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    uint32_t direction = input->direction;
    uint64_t at = 0;
    while (at < input->length) {
        uint64_t piece = smini_loose_room(flow, direction);
        if (piece > input->length - at)
            piece = input->length - at;
        smini_loose_keep(flow, direction, input->bytes + at, (size_t)piece);
        int32_t status =
            smini_stream_feed(&flow->streams[direction], &thread->scratch, input->bytes + at, (size_t)piece);
        if (status < 0)
            return status;
        smini_loose_kept(thread, flow, direction);
        at += piece;
    }
    return SMIN_OK;
}

int32_t smini_flow_feed(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    uint32_t direction = input->direction;
    int32_t status = enter(thread, flow, input);
    if (status == SMIN_OK && flow->loose[direction])
        status = feed_kept(thread, flow, input);
    else if (status == SMIN_OK)
        status = smini_stream_feed(&flow->streams[direction], &thread->scratch, input->bytes, (size_t)input->length);
    return leave(thread, flow, status);
}

int32_t smini_inspect_gap(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    uint32_t direction = input->direction;
    int32_t status = enter(thread, flow, input);
    if (status == SMIN_OK && flow->loose[direction])
        smini_loose_break(thread, flow, direction, input->offset + input->length);
    if (status == SMIN_OK)
        status = smini_stream_gap(&flow->streams[direction], &thread->scratch, input->length);
    if (status == SMIN_DONE && flow->loose[direction])
        status = SMIN_OK; /* the decoder has given up, the search has not */
    return leave(thread, flow, status);
}

int32_t smini_flow_end(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    uint32_t direction = input->direction;
    if (flow->datagrams) {
        flow->ended[direction] = true;
        return SMIN_OK;
    }
    int32_t status = enter(thread, flow, input);
    if (status == SMIN_OK)
        status = smini_stream_end(&flow->streams[direction], &thread->scratch);
    if (status >= 0 && flow->loose[direction])
        smini_loose_break(thread, flow, direction, input->offset);
    flow->ended[direction] = true;
    return leave(thread, flow, status < 0 ? status : SMIN_OK);
}
