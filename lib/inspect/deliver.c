/* SPDX-License-Identifier: BSD-2-Clause */
/* From a decoded message to the host: what only flows know, alerts, output. */
#include "inspect/announce.h"
#include "inspect/flow_state.h"
#include "inspect/foreign.h"
#include "inspect/loose.h"

/* Commands and URLs come from the side that sent the message. */
static void add_foreign_urls(struct smin_thread *thread, const struct smin_message *message)
{
    const struct smini_flow_facts *facts = &thread->flow->facts;
    const uint8_t *peer =
        message->direction == SMIN_TO_SERVER ? facts->client_address : facts->server_address;
    if (facts->ip_version != 4 && facts->ip_version != 6)
        return;
    uint32_t count = message->field_count;
    for (uint32_t i = 0; i < count; i++) {
        const struct smin_field *field = &message->fields[i];
        if (field->id != SMINI_FIELD_URL || (field->flags & SMIN_FIELD_CUT))
            continue;
        if (smini_foreign_url(smini_span_make(field->bytes, field->size), facts->ip_version, peer))
            (void)smini_decode_scratch_add_event(&thread->scratch, SMINI_EVENT_URL_HOST_FOREIGN, field->offset,
                                                 field->length, 0);
    }
}

/* A trailer is a part of its message: what alerted on the one does not alert again on the other. */
static bool alerted_before(struct smin_flow *flow, const struct smin_message *message, uint32_t rule)
{
    uint32_t direction = message->direction;
    if (message->kind != SMIN_KIND_TRAILER)
        return false;
    for (uint32_t i = 0; i < flow->alerted_count[direction]; i++)
        if (flow->alerted[direction][i] == rule)
            return true;
    return false;
}

static void remember_alert(struct smin_flow *flow, uint32_t direction, uint32_t rule)
{
    if (flow->alerted_count[direction] < SMINI_ALERTED_MAX)
        flow->alerted[direction][flow->alerted_count[direction]++] = rule;
}

static uint32_t collect_alerts(struct smin_thread *thread, const struct smin_message *message,
                               const struct smini_hits *hits)
{
    uint32_t count = 0;
    struct smin_flow *flow = thread->flow;
    if (flow && message->kind == SMIN_KIND_MESSAGE)
        flow->alerted_count[message->direction] = 0;
    for (uint32_t i = 0; i < hits->count && count < SMINI_ALERTS_MAX; i++) {
        const struct smini_hit *hit = &hits->list[i];
        if (flow && alerted_before(flow, message, hit->rule->index))
            continue;
        if (flow && (message->kind == SMIN_KIND_MESSAGE || message->kind == SMIN_KIND_TRAILER))
            remember_alert(flow, message->direction, hit->rule->index);
        struct smin_alert *alert = &thread->alerts[count++];
        alert->rule = &thread->instance->infos[hit->rule->index];
        alert->offset = hit->offset;
        alert->length = hit->length;
        alert->reserved = 0;
    }
    thread->outputs_alerts += count;
    return count;
}

static void hand_over(struct smin_thread *thread, const struct smin_message *message, uint32_t alert_count)
{
    const struct smin_host *host = &thread->instance->guest.host;
    struct smin_output output = {
        .struct_size = sizeof(output),
        .alert_count = alert_count,
        .alert_stride = sizeof(struct smin_alert),
        .time_ns = thread->input->time_ns,
        .packet_number = thread->input->packet_number,
        .message = message,
        .alerts = alert_count ? thread->alerts : NULL,
    };
    host->on_output(host->user, thread->flow_user, &output);
}

void smini_inspect_trouble(struct smin_thread *thread, int32_t status)
{
    if (status < 0 && status != SMIN_E_LIMIT && status < thread->trouble)
        thread->trouble = status;
}

/* Lets the matcher see what rules remember about the flow; without memory for it they do not know the flow. */
void smini_inspect_recall(struct smin_thread *thread, struct smin_flow *flow)
{
    if (flow && !flow->memory && smini_database_has_state(thread->instance->database))
        smini_inspect_trouble(thread, smini_flow_memory_new(thread->matcher, &flow->memory));
    smini_matcher_recall(thread->matcher, flow ? flow->memory : NULL, thread->input->time_ns);
}

void smini_inspect_deliver(void *user, const struct smin_message *message)
{
    struct smin_thread *thread = user;
    struct smin_flow *flow = thread->flow;
    uint32_t alert_count = 0;
    if (flow)
        add_foreign_urls(thread, message);
    if (thread->matcher) {
        static const struct smini_flow_facts nobody;
        struct smini_hits hits = {NULL, 0};
        struct smini_match_stream *stream = flow ? flow->match[message->direction] : NULL;
        if (stream && message->kind != SMIN_KIND_STREAM)
            smini_loose_before(thread, flow, message->direction, message->offset);
        smini_inspect_recall(thread, flow);
        smini_inspect_trouble(thread, smini_match_message(thread->matcher, stream, flow ? &flow->facts : &nobody,
                                                          message, &hits));
        alert_count = collect_alerts(thread, message, &hits);
        if (stream && message->kind != SMIN_KIND_STREAM)
            smini_loose_claimed(flow, message->direction, message->offset + message->length);
    }
    hand_over(thread, message, alert_count);
    smini_inspect_announce(thread, message);
}

void smini_inspect_hits(struct smin_thread *thread, uint32_t kind, uint32_t direction, uint64_t offset,
                        struct smini_span bytes, const struct smini_hits *hits)
{
    if (hits->count == 0)
        return;
    struct smin_message message = {
        .struct_size = sizeof(message),
        .kind = kind,
        .direction = direction,
        .field_stride = sizeof(struct smin_field),
        .event_stride = sizeof(struct smin_event),
        .offset = offset,
        .length = bytes.length,
        .bytes = bytes.bytes,
        .size = bytes.length,
    };
    hand_over(thread, &message, collect_alerts(thread, &message, hits));
}

void smini_loose_judge(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction, uint64_t offset,
                       struct smini_span bytes)
{
    struct smini_hits hits = {NULL, 0};
    smini_inspect_recall(thread, flow);
    smini_inspect_trouble(thread, smini_match_stream_bytes(thread->matcher, flow->match[direction], &flow->facts, offset,
                                                           bytes, &hits));
    smini_inspect_hits(thread, SMIN_KIND_STREAM, direction, offset, bytes, &hits);
}
