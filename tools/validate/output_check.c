/* SPDX-License-Identifier: BSD-2-Clause */
#include "output_check.h"

#include <stdalign.h>
#include <string.h>

/* FNV-1a: any difference in what was said shows, and nothing has to be kept. */
static void digest_bytes(struct flow_side *flow, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < length; i++)
        flow->digest = (flow->digest ^ at[i]) * 1099511628211u;
}

static void digest_number(struct flow_side *flow, uint64_t number)
{
    digest_bytes(flow, &number, sizeof(number));
}

static const struct smin_field_desc *find_field(const struct smin_inspector *inspector, uint32_t id)
{
    for (uint32_t i = 0; i < inspector->field_count; i++) {
        const void *element = (const uint8_t *)inspector->fields + (size_t)i * inspector->field_stride;
        if (((const struct smin_field_desc *)element)->id == id)
            return element;
    }
    return NULL;
}

static bool event_is_known(const struct smin_inspector *inspector, uint32_t id)
{
    for (uint32_t i = 0; i < inspector->event_count; i++) {
        const void *element = (const uint8_t *)inspector->events + (size_t)i * inspector->event_stride;
        if (((const struct smin_event_desc *)element)->id == id)
            return true;
    }
    return false;
}

static bool message_is_known(const struct smin_inspector *inspector, uint32_t id)
{
    for (uint32_t i = 0; i < inspector->message_count; i++) {
        const void *element = (const uint8_t *)inspector->messages + (size_t)i * inspector->message_stride;
        if (((const struct smin_message_desc *)element)->id == id)
            return true;
    }
    return false;
}

static bool inside(uint64_t offset, uint64_t length, uint64_t begin, uint64_t end)
{
    return offset >= begin && offset <= end && length <= end - offset;
}

static void check_value(struct flow_side *flow, const struct smin_field *field, const struct smin_field_desc *desc)
{
    struct host_side *host = flow->host;
    if (desc->type == SMIN_TYPE_NUMBER || desc->type == SMIN_TYPE_BOOL) {
        if (desc->type == SMIN_TYPE_BOOL && field->number > 1)
            host_side_fault(host, "field %s is a truth value but holds %llu", desc->name,
                            (unsigned long long)field->number);
        digest_number(flow, field->number);
        return;
    }
    if (field->size > 0 && !field->bytes) {
        host_side_fault(host, "field %s has %u bytes at NULL", desc->name, (unsigned)field->size);
        return;
    }
    if ((desc->type == SMIN_TYPE_MAC && field->size != 6) || (desc->type == SMIN_TYPE_IPV4 && field->size != 4))
        host_side_fault(host, "field %s has %u bytes, which is not the size of its type", desc->name,
                        (unsigned)field->size);
    if (field->length > 0 && field->size > field->length)
        host_side_fault(host, "field %s has %u bytes but covers %u on the wire", desc->name, (unsigned)field->size,
                        (unsigned)field->length);
    digest_bytes(flow, field->bytes, field->size);
}

static void check_field(struct flow_side *flow, const struct smin_message *message, const struct smin_field *field)
{
    const struct smin_field_desc *desc = find_field(flow->host->inspector, field->id);
    if (!desc) {
        host_side_fault(flow->host, "a field has the number %u, which is not in the field table", (unsigned)field->id);
        return;
    }
    if (!inside(field->offset, field->length, message->offset, message->offset + message->length))
        host_side_fault(flow->host, "field %s stands at %llu+%u, outside its message at %llu+%llu", desc->name,
                        (unsigned long long)field->offset, (unsigned)field->length,
                        (unsigned long long)message->offset, (unsigned long long)message->length);
    digest_number(flow, field->id);
    digest_number(flow, field->flags);
    digest_number(flow, field->offset);
    digest_number(flow, field->length);
    check_value(flow, field, desc);
}

static void check_event(struct flow_side *flow, uint64_t offered, const struct smin_event *event)
{
    if (!event_is_known(flow->host->inspector, event->id))
        host_side_fault(flow->host, "an event has the number %u, which is not in the event table", (unsigned)event->id);
    if (!inside(event->offset, 0, 0, offered))
        host_side_fault(flow->host, "event %u stands at %llu, but only %llu bytes were offered", (unsigned)event->id,
                        (unsigned long long)event->offset, (unsigned long long)offered);
    digest_number(flow, event->id);
    digest_number(flow, event->offset);
    digest_number(flow, event->length);
    digest_number(flow, event->number);
}

static bool array_is_sound(struct flow_side *flow, const char *what, const void *elements, uint32_t count,
                           uint16_t stride, size_t smallest)
{
    if (count == 0)
        return true;
    if (elements && stride >= smallest && stride % alignof(uint64_t) == 0 &&
        (uintptr_t)elements % alignof(uint64_t) == 0)
        return true;
    host_side_fault(flow->host, "%u %s are delivered at NULL, misaligned, or with a stride (%u) below %zu",
                    (unsigned)count, what, (unsigned)stride, smallest);
    return false;
}

static void check_parts(struct flow_side *flow, const struct smin_message *message, uint64_t offered)
{
    if (array_is_sound(flow, "fields", message->fields, message->field_count, message->field_stride,
                       sizeof(struct smin_field)))
        for (uint32_t i = 0; i < message->field_count; i++) {
            const void *element = (const uint8_t *)message->fields + (size_t)i * message->field_stride;
            check_field(flow, message, element);
        }
    if (array_is_sound(flow, "events", message->events, message->event_count, message->event_stride,
                       sizeof(struct smin_event)))
        for (uint32_t i = 0; i < message->event_count; i++) {
            const void *element = (const uint8_t *)message->events + (size_t)i * message->event_stride;
            check_event(flow, offered, element);
        }
}

static void check_identity(struct flow_side *flow, const struct smin_message *message)
{
    struct host_side *host = flow->host;
    if (message->kind < SMIN_KIND_MESSAGE || message->kind > SMIN_KIND_FILE)
        host_side_fault(host, "a message has the kind %u", (unsigned)message->kind);
    bool nameless = message->kind == SMIN_KIND_STREAM || message->kind == SMIN_KIND_PACKET ||
                    message->kind == SMIN_KIND_FILE;
    if (!nameless && !message_is_known(host->inspector, message->id))
        host_side_fault(host, "a message has the number %u, which is not in the message table", (unsigned)message->id);
    if (nameless && message->id != 0)
        host_side_fault(host, "what is no message came with the message number %u", (unsigned)message->id);
    if (message->direction != flow->input.direction)
        host_side_fault(host, "a message has the direction %u, the input had %u", (unsigned)message->direction,
                        (unsigned)flow->input.direction);
    if (message->kind != SMIN_KIND_MESSAGE || flow->whole_message)
        return;
    uint64_t *next = &flow->next_number[flow->input.direction];
    if (message->number != *next)
        host_side_fault(host, "a message has the running number %llu, expected %llu",
                        (unsigned long long)message->number, (unsigned long long)*next);
    *next = message->number + 1;
}

static void check_message(struct flow_side *flow, const struct smin_message *message)
{
    struct host_side *host = flow->host;
    uint64_t offered = flow->position[flow->input.direction];
    check_identity(flow, message);
    if (!inside(message->offset, message->length, 0, offered))
        host_side_fault(host, "a message stands at %llu+%llu, but only %llu bytes were offered",
                        (unsigned long long)message->offset, (unsigned long long)message->length,
                        (unsigned long long)offered);
    if (message->size > message->length || (message->size > 0 && !message->bytes)) {
        host_side_fault(host, "a message shows %llu bytes of its %llu, at %s", (unsigned long long)message->size,
                        (unsigned long long)message->length, message->bytes ? "an address" : "NULL");
        return;
    }
    digest_number(flow, message->kind);
    digest_number(flow, message->id);
    digest_number(flow, message->flags);
    digest_number(flow, message->offset);
    digest_number(flow, message->length);
    digest_bytes(flow, message->bytes, (size_t)message->size);
    check_parts(flow, message, offered);
}

static void check_alerts(struct flow_side *flow, const struct smin_output *output)
{
    if (!array_is_sound(flow, "alerts", output->alerts, output->alert_count, output->alert_stride,
                        sizeof(struct smin_alert)))
        return;
    for (uint32_t i = 0; i < output->alert_count; i++) {
        const void *element = (const uint8_t *)output->alerts + (size_t)i * output->alert_stride;
        const struct smin_alert *alert = element;
        const struct smin_rule_info *rule = alert->rule;
        if (!rule || !SMIN_HAS(rule, references) || !rule->action || !rule->msg || !rule->category || !rule->file) {
            host_side_fault(flow->host, "an alert comes without a complete rule");
            return;
        }
        if (!inside(alert->offset, alert->length, 0, flow->position[flow->input.direction]))
            host_side_fault(flow->host, "the alert of rule %u stands at %llu+%u, outside of what was offered",
                            (unsigned)rule->sid, (unsigned long long)alert->offset, (unsigned)alert->length);
        flow->alerts++;
        digest_number(flow, rule->sid);
        digest_number(flow, alert->offset);
        digest_number(flow, alert->length);
    }
}

void output_check(struct flow_side *flow, const struct smin_output *output)
{
    if (!output || !SMIN_HAS(output, alerts) || !output->message || !SMIN_HAS(output->message, size)) {
        host_side_fault(flow->host, "on_output came without a whole output or without a whole message");
        return;
    }
    if (output->time_ns != flow->input.time_ns || output->packet_number != flow->input.packet_number)
        host_side_fault(flow->host, "an output carries another time or packet number than its input");
    check_message(flow, output->message);
    check_alerts(flow, output);
}
