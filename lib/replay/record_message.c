/* SPDX-License-Identifier: BSD-2-Clause */
/* The record of one message, and what its output leads to. */
#include "replay/record_internal.h"

bool smini_record_is_anomaly(const struct smin_event_desc *event)
{
    if (event->severity == SMIN_SEVERITY_LOW || event->severity == SMIN_SEVERITY_MEDIUM)
        return true;
    return event->severity > SMIN_SEVERITY_MEDIUM && event->reference && strncmp(event->reference, "CVE-", 4) == 0;
}

static struct smini_plan *find_plan(struct smini_record *record, const struct smin_inspector *inspector)
{
    for (uint32_t i = 0; i < record->plan_count; i++)
        if (record->plans[i].inspector == inspector)
            return &record->plans[i];
    return NULL;
}

/* Copies what was rendered before. False when it has left the buffer, or never was. */
static bool repeat(struct smini_json *json, const struct smini_record_place *place)
{
    if (place->length == 0 || place->position < json->flushed || json->capacity - json->length <= place->length)
        return false;
    memcpy(json->bytes + json->length, json->bytes + (place->position - json->flushed), place->length);
    json->length += place->length;
    json->comma = true;
    return true;
}

static void remember(const struct smini_json *json, uint64_t position, struct smini_record_place *place)
{
    place->position = position;
    place->length = (size_t)(smini_json_position(json) - position);
}

/* app_proto, tx_id, reading. */
static void put_stream_keys(struct smini_json *json, const struct smini_record_context *context)
{
    uint32_t kind = context->output->message->kind;
    if (kind == SMIN_KIND_PACKET)
        return; /* rules looked at it, no protocol was found in it */
    smini_json_key_string(json, "app_proto", context->plan->inspector->name);
    if (kind != SMIN_KIND_STREAM)
        smini_json_key_number(json, "tx_id", context->output->message->number);
    if (context->reading != SMINI_READING_ONLY)
        smini_json_key_literal(json, "reading", context->reading == SMINI_READING_FIRST ? "first" : "last");
}

void smini_record_begin(struct smini_record *record, struct smini_record_context *context, const char *event_type)
{
    const struct smin_output *output = context->output;
    struct smini_json *json = &record->json;
    uint64_t position = smini_json_position(json);
    if (!repeat(json, &context->before_type)) {
        smini_record_before_type(record, output->time_ns, output->packet_number, context->flow);
        remember(json, position, &context->before_type);
    }
    smini_json_key_string(json, "event_type", event_type);
    position = smini_json_position(json);
    if (!repeat(json, &context->behind_type)) {
        bool from_client = output->message->direction == SMIN_TO_SERVER;
        smini_record_behind_type(record, context->flow, from_client ? SMINI_SENDER_CLIENT : SMINI_SENDER_SERVER);
        put_stream_keys(json, context);
        remember(json, position, &context->behind_type);
    }
}

void smini_record_object(struct smini_record *record, struct smini_record_context *context)
{
    struct smini_json *json = &record->json;
    smini_json_key_bytes(json, context->plan->inspector->name, context->plan->name_length);
    uint64_t position = smini_json_position(json);
    if (repeat(json, &context->object))
        return;
    smini_plan_write_object(context->plan, json, context->output->message);
    remember(json, position, &context->object);
}

/* The first members of "anomaly": the same for every occurrence of an event. */
static void put_event(struct smini_json *json, const struct smini_plan *plan, const struct smin_event_desc *desc)
{
    smini_json_key_string(json, "layer", plan->inspector->name);
    smini_json_key_string(json, "event", desc->name);
    smini_json_key_string(json, "detail", desc->meaning);
    if (desc->reference)
        smini_json_key_string(json, "reference", desc->reference);
}

static void put_remembered_event(struct smini_record *record, const struct smini_plan *plan, uint32_t id,
                                 const struct smin_event_desc *desc)
{
    struct smini_event_text *slot = &record->events[plan - record->plans][plan->event_of_id[id] - 1U];
    if (slot->length == 0) {
        struct smini_json json = {
            .bytes = slot->text, .capacity = SMINI_EVENT_TEXT_BYTES, .output = {.write = smini_record_refuse}};
        put_event(&json, plan, desc);
        slot->length = json.flushed ? 0 : (uint32_t)json.length;
    }
    if (slot->length > 0)
        smini_json_verbatim(&record->json, slot->text, slot->length);
    else
        put_event(&record->json, plan, desc);
}

static void put_anomaly(struct smini_record *record, struct smini_record_context *context,
                        const struct smin_event *event, const struct smin_event_desc *desc)
{
    struct smini_json *json = &record->json;
    record->anomalies++;
    smini_record_begin(record, context, "anomaly");
    smini_json_key(json, "anomaly");
    smini_json_begin(json, '{');
    put_remembered_event(record, context->plan, event->id, desc);
    smini_json_key_number(json, "offset", event->offset);
    smini_json_key_number(json, "value", event->number);
    smini_json_end(json, '}');
    smini_record_tail(record);
}

void smini_record_output(struct smini_record *record, const struct smin_inspector *inspector,
                         const struct smini_flow_view *flow, int reading, const struct smin_output *output)
{
    const struct smin_message *message = output->message;
    struct smini_record_context context = {
        .plan = find_plan(record, inspector), .flow = flow, .output = output, .reading = reading};
    smini_record_note_time(record, output->time_ns);
    if (!context.plan || !message)
        return;
    if (message->kind != SMIN_KIND_STREAM && message->kind != SMIN_KIND_PACKET) {
        smini_record_begin(record, &context, inspector->name);
        smini_record_object(record, &context);
        smini_record_tail(record);
    }
    for (uint32_t i = 0; i < output->alert_count; i++) {
        const struct smin_alert *alert = (const struct smin_alert *)(const void *)((const char *)output->alerts +
                                                                                   (size_t)i * output->alert_stride);
        smini_record_alert(record, &context, alert);
    }
    for (uint32_t i = 0; i < message->event_count; i++) {
        const struct smin_event *event = smini_plan_event_at(message, i);
        const struct smin_event_desc *desc = smini_plan_event(context.plan, event->id);
        if (desc && smini_record_is_anomaly(desc))
            put_anomaly(record, &context, event, desc);
    }
}
