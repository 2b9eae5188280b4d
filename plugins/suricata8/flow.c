/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/flow.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "suricata8/event.h"
#include "suricata8/flow_facts.h"
#include "suricata8/frame.h"
#include "suricata8/log.h"

static const struct smini_engine_result all_taken = {0};
static const struct smini_engine_result stop = {.status = -1};

static const struct smin_inspector *inspector(void)
{
    return smini_suricata_adapter.session.inspector;
}

void *smini_suricata_flow_new(void *old_state, uint16_t old_protocol)
{
    (void)old_state, (void)old_protocol;
    struct smini_suricata_slot *slot = smini_suricata_slot_mine(&smini_suricata_adapter.slots);
    struct smini_suricata_flow *flow = slot ? calloc(1, sizeof(*flow)) : NULL;
    if (!flow)
        return NULL;
    flow->slot = slot;
    smini_alloc_init(&flow->alloc, SMINI_SURICATA_FLOW_BYTES);
    flow->store.alloc = &flow->alloc;
    flow->sides[SMIN_TO_SERVER].frame = flow->sides[SMIN_TO_CLIENT].frame = -1;
    return flow;
}

void smini_suricata_flow_free(void *state)
{
    struct smini_suricata_flow *flow = state;
    if (!flow)
        return;
    if (flow->inspected) {
        smini_suricata_slot_lock(flow->slot);
        inspector()->flow_free(flow->slot->thread, flow->inspected);
        smini_suricata_slot_unlock(flow->slot);
    }
    smini_suricata_store_free_all(&flow->store);
    free(flow);
}

/* Once per process, so that a flood of flows is no flood of lines; the counter tells how often. */
static void tell_once(atomic_flag *told, const char *text)
{
    if (!atomic_flag_test_and_set(told))
        smini_suricata_log(SMINI_ENGINE_LOG_WARNING, "%s: %s", inspector()->name, text);
}

/* What the open transaction stood for has come, or will not come. From then on it is the engine's to free. */
static void close_open(struct smini_suricata_flow *flow)
{
    if (flow->open)
        flow->open->open = false;
    flow->open = NULL;
}

static void lose_flow(struct smini_suricata_flow *flow)
{
    static atomic_flag told = ATOMIC_FLAG_INIT;
    tell_once(&told, "out of memory, or an input was refused: a flow is not parsed to its end (counter flows_lost)");
    flow->failed = true;
    close_open(flow);
    flow->slot->counters.own[SMINI_SURICATA_FLOWS_LOST]++;
}

static void lose_transaction(struct smini_suricata_flow *flow)
{
    static atomic_flag told = ATOMIC_FLAG_INIT;
    tell_once(&told, "a limit of live transactions, or memory: messages are neither logged nor looked at by rules "
                     "(counter transactions_lost)");
    flow->slot->counters.own[SMINI_SURICATA_TRANSACTIONS_LOST]++;
}

static struct smini_suricata_transaction *add(struct smini_suricata_flow *flow, const struct smin_output *output)
{
    struct smini_suricata_transaction *transaction = smini_suricata_transaction_new(&flow->alloc, output);
    if (transaction && smini_suricata_store_add(&flow->store, transaction) == SMIN_OK) {
        transaction->data.updated_to_server = output->message->direction == SMIN_TO_SERVER;
        transaction->data.updated_to_client = output->message->direction == SMIN_TO_CLIENT;
        return transaction;
    }
    smini_suricata_transaction_free(&flow->alloc, transaction);
    lose_transaction(flow);
    return NULL;
}

void smini_suricata_flow_output(void *user, void *flow_user, const struct smin_output *output)
{
    (void)user;
    struct smini_suricata_flow *flow = flow_user;
    const struct smin_message *message = output->message;
    if (message->direction > SMIN_TO_CLIENT || message->kind == SMIN_KIND_PACKET)
        return;
    struct smini_suricata_side *side = &flow->sides[message->direction];
    struct smini_suricata_transaction *transaction = add(flow, output);
    if (transaction) {
        smini_suricata_events_set(transaction);
        smini_suricata_frames_set(flow, transaction);
    }
    uint64_t end = message->offset + message->length;
    if (message->kind != SMIN_KIND_STREAM && end > side->described)
        side->described = end;
}

/* The state of the inspector, made when the first bytes tell whose flow it is. */
static bool begin(struct smini_suricata_flow *flow)
{
    struct smin_flow_info info;
    if (flow->inspected)
        return true;
    smini_suricata_flow_facts(flow->flow, flow->stream_flags, &info);
    return inspector()->flow_new(flow->slot->thread, &info, flow, &flow->inspected) == SMIN_OK;
}

static struct smin_input input_of(const struct smini_suricata_flow *flow, uint32_t direction)
{
    return (struct smin_input){
        .struct_size = sizeof(struct smin_input),
        .direction = direction,
        .time_ns = flow->time_ns,
        .offset = flow->sides[direction].fed,
        .flow_flags = smini_suricata_flow_flags(flow->stream_flags),
    };
}

/* False: the inspector cannot go on with this flow. */
static bool take(struct smini_suricata_flow *flow, uint32_t direction)
{
    struct smini_suricata_side *side = &flow->sides[direction];
    const struct smini_engine_slice *slice = flow->slice;
    uint64_t known = side->fed > slice->offset ? side->fed - slice->offset : 0;
    if (side->done || known >= slice->length)
        return true;
    if (slice->offset > side->fed)
        side->fed = slice->offset;
    struct smin_input input = input_of(flow, direction);
    input.bytes = slice->input ? slice->input + known : NULL;
    input.length = slice->length - known;
    struct smin_result result = slice->input ? inspector()->feed(flow->slot->thread, flow->inspected, &input)
                                             : inspector()->gap(flow->slot->thread, flow->inspected, &input);
    side->fed += input.length;
    side->done = result.status == SMIN_DONE;
    return result.status >= 0;
}

static void end(struct smini_suricata_flow *flow, uint32_t direction)
{
    struct smin_input input = input_of(flow, direction);
    flow->sides[direction].ended = true;
    if (inspector()->end(flow->slot->thread, flow->inspected, &input).status < 0)
        lose_flow(flow);
    if (flow->open && flow->open->message.direction == direction)
        close_open(flow);
}

static bool unfinished(const struct smini_suricata_side *side)
{
    return !side->ended && !side->done && side->fed > side->described;
}

void smini_suricata_flow_end_due(struct smini_suricata_flow *flow)
{
    if (flow->slice || flow->failed || !flow->inspected)
        return;
    for (uint32_t direction = SMIN_TO_SERVER; direction <= SMIN_TO_CLIENT; direction++)
        if (flow->sides[direction].ending && !flow->sides[direction].ended) {
            smini_suricata_slot_lock(flow->slot);
            end(flow, direction);
            smini_suricata_counters_publish(flow->slot);
            smini_suricata_slot_unlock(flow->slot);
        }
}

/*
 * When a connection is reset, the engine tells the end of one direction only, and nothing more when no byte is left to be
 * parsed. An unfinished message of the other one would never be delivered. A transaction that is not complete makes the
 * engine come back for the end of both.
 */
static void ask_for_end(struct smini_suricata_flow *flow, uint32_t direction)
{
    if (flow->open || !unfinished(&flow->sides[direction]))
        return;
    struct smin_message nothing = {
        .struct_size = sizeof(nothing), .kind = SMIN_KIND_STREAM, .direction = direction};
    struct smin_output output = {.struct_size = sizeof(output), .message = &nothing};
    flow->open = add(flow, &output);
    if (!flow->open)
        return;
    flow->open->open = true;
    flow->open->data.flags = SMINI_ENGINE_SKIP_TO_SERVER | SMINI_ENGINE_SKIP_TO_CLIENT;
}

static struct smini_engine_result parse(struct smini_engine_flow *engine_flow, struct smini_suricata_flow *flow,
                                        const struct smini_engine_slice *slice, uint32_t direction)
{
    if (flow->failed)
        return stop;
    flow->flow = engine_flow;
    flow->slice = slice;
    flow->stream_flags = slice->flags;
    flow->time_ns = smini_suricata_flow_time_ns(engine_flow);
    smini_suricata_slot_lock(flow->slot);
    if (!begin(flow) || !take(flow, direction)) {
        lose_flow(flow);
    } else if (slice->flags & (SMINI_ENGINE_STREAM_EOF | SMINI_ENGINE_STREAM_DEPTH)) {
        flow->sides[direction].ending = true;
        if (slice->flags & SMINI_ENGINE_STREAM_EOF)
            ask_for_end(flow, 1 - direction);
    } else {
        smini_suricata_frame_begin(flow, direction);
    }
    smini_suricata_counters_publish(flow->slot);
    smini_suricata_slot_unlock(flow->slot);
    flow->slice = NULL;
    return flow->failed ? stop : all_taken;
}

struct smini_engine_result smini_suricata_flow_to_server(struct smini_engine_flow *flow, void *state,
                                                         struct smini_engine_parser_state *parser_state,
                                                         struct smini_engine_slice slice, void *local)
{
    (void)parser_state, (void)local;
    return parse(flow, state, &slice, SMIN_TO_SERVER);
}

struct smini_engine_result smini_suricata_flow_to_client(struct smini_engine_flow *flow, void *state,
                                                         struct smini_engine_parser_state *parser_state,
                                                         struct smini_engine_slice slice, void *local)
{
    (void)parser_state, (void)local;
    return parse(flow, state, &slice, SMIN_TO_CLIENT);
}
