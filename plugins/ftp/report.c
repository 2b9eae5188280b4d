/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/report.h"

void smini_ftp_report_begin(struct smini_ftp_report *report, uint32_t message)
{
    report->id = message;
    report->kind = SMIN_KIND_MESSAGE;
    report->flags = SMIN_MESSAGE_COMPLETE;
    report->field_count = report->event_count = 0;
}

static struct smin_field *add_field(struct smini_ftp_report *report, uint32_t id)
{
    struct smin_field *field = &report->fields[report->field_count];
    if (report->field_count < SMINI_FTP_FIELDS_MAX)
        report->field_count++;
    else
        field--; /* more fields than the table has: the last stands */
    *field = (struct smin_field){.id = id};
    return field;
}

void smini_ftp_report_text(struct smini_ftp_report *report, uint32_t field, struct smini_span text, uint32_t flags)
{
    struct smin_field *made = add_field(report, field);
    made->flags = flags;
    made->bytes = text.bytes;
    made->size = text.length > UINT32_MAX ? UINT32_MAX : (uint32_t)text.length;
}

void smini_ftp_report_number(struct smini_ftp_report *report, uint32_t field, uint64_t number)
{
    add_field(report, field)->number = number;
}

void smini_ftp_report_send(struct smin_thread *thread, struct smini_ftp_report *report)
{
    const struct smin_input *input = thread->input;
    struct smin_flow *flow = thread->flow;
    const struct smin_host *host = &thread->instance->guest.host;
    bool message = report->kind == SMIN_KIND_MESSAGE;
    for (uint32_t i = 0; i < report->field_count; i++)
        report->fields[i].offset = thread->at; /* all are derived: of the message */
    struct smin_message made = {
        .struct_size = sizeof(made),
        .kind = report->kind,
        .id = message ? report->id : 0,
        .direction = input->direction,
        .flags = message ? report->flags : 0,
        .field_count = report->field_count,
        .event_count = report->event_count,
        .field_stride = sizeof(report->fields[0]),
        .event_stride = sizeof(report->events[0]),
        .number = message ? flow->messages[input->direction]++ : 0,
        .offset = thread->at,
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

void smini_ftp_tell(struct smin_thread *thread, uint32_t event, uint64_t number)
{
    struct smini_ftp_report report = {.kind = SMIN_KIND_STREAM};
    if (thread->flow->told & 1u << event)
        return;
    thread->flow->told |= 1u << event;
    report.events[report.event_count++] =
        (struct smin_event){.id = event, .offset = thread->at, .number = number};
    smini_ftp_report_send(thread, &report);
}
