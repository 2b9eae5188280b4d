/* SPDX-License-Identifier: BSD-2-Clause */
#include "http/report.h"

static struct smin_field *add_field(struct smini_http_report *report, uint32_t id)
{
    struct smin_field *field = &report->fields[report->field_count];
    if (report->field_count < SMINI_HTTP_FIELDS_MAX)
        report->field_count++;
    else
        field--; /* more fields than the table has: the last stands */
    *field = (struct smin_field){.id = id, .offset = report->offset};
    return field;
}

void smini_http_report_text(struct smini_http_report *report, uint32_t field, struct smini_span text, uint32_t flags)
{
    if (text.length == 0)
        return;
    struct smin_field *made = add_field(report, field);
    made->flags = flags;
    made->bytes = text.bytes;
    made->size = text.length > UINT32_MAX ? UINT32_MAX : (uint32_t)text.length;
}

void smini_http_report_number(struct smini_http_report *report, uint32_t field, uint64_t number)
{
    add_field(report, field)->number = number;
}

static void add_event(struct smin_event *events, uint32_t *count, const struct smin_event *event)
{
    for (uint32_t i = 0; i < *count; i++)
        if (events[i].id == event->id)
            return;
    if (*count < SMINI_HTTP_EVENTS_MAX)
        events[(*count)++] = *event;
}

void smini_http_report_send(struct smin_flow *flow, struct smini_http_report *report)
{
    struct smin_thread *thread = flow->thread;
    const struct smin_input *input = thread->input;
    const struct smin_host *host = &thread->instance->guest.host;
    bool message = report->kind == SMIN_KIND_MESSAGE;
    struct smin_message made = {
        .struct_size = sizeof(made),
        .kind = report->kind,
        .id = message ? (uint32_t)SMINI_HTTP_MESSAGE_TRANSACTION : 0,
        .direction = report->direction,
        .flags = report->flags,
        .field_count = report->field_count,
        .event_count = report->event_count,
        .field_stride = sizeof(report->fields[0]),
        .event_stride = sizeof(report->events[0]),
        .number = message ? flow->messages[report->direction]++ : 0,
        .offset = report->offset,
        .fields = report->fields,
        .events = report->events,
    };
    struct smin_output output = {
        .struct_size = sizeof(output),
        .alert_stride = sizeof(struct smin_alert),
        .time_ns = input->time_ns,
        .packet_number = input->packet_number,
        .message = &made,
    };
    thread->stats.messages += message;
    thread->stats.events += report->event_count;
    host->on_output(host->user, flow->flow_user, &output);
}

void smini_http_note(struct smini_http_exchange *exchange, uint32_t event, uint64_t number)
{
    const struct smin_event made = {.id = event, .number = number};
    add_event(exchange->events, &exchange->event_count, &made);
}

static void tell_event(struct smin_flow *flow, const struct smin_event *event)
{
    if (flow->told & 1u << event->id)
        return;
    flow->told |= 1u << event->id;
    if (!flow->interesting) {
        add_event(flow->events, &flow->event_count, event);
        return;
    }
    unsigned role = flow->thread->input->direction;
    struct smini_http_report report = {.kind = SMIN_KIND_STREAM, .direction = role, .offset = flow->side[role].piece};
    report.events[report.event_count++] = *event;
    smini_http_report_send(flow, &report);
}

void smini_http_tell(struct smin_flow *flow, unsigned role, uint32_t event, uint64_t number)
{
    const struct smin_event made = {.id = event, .offset = flow->side[role].piece, .number = number};
    tell_event(flow, &made);
}

void smini_http_tell_all(const struct smini_http_exchange *exchange)
{
    unsigned role = exchange->seen[SMINI_HTTP_ANSWERS] ? SMINI_HTTP_ANSWERS : SMINI_HTTP_REQUESTS;
    for (uint32_t i = 0; i < exchange->event_count; i++) {
        struct smin_event event = exchange->events[i];
        event.offset = exchange->offset[role];
        tell_event(exchange->flow, &event);
    }
}
