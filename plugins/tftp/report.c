/* SPDX-License-Identifier: BSD-2-Clause */
#include "tftp/report.h"

void smini_tftp_report_begin(struct smini_tftp_report *report, uint32_t message)
{
    report->id = message;
    report->kind = SMIN_KIND_MESSAGE;
    report->flags = SMIN_MESSAGE_COMPLETE;
    report->field_count = report->event_count = 0;
}

static struct smin_field *add_field(struct smini_tftp_report *report, uint32_t id)
{
    struct smin_field *field = &report->fields[report->field_count];
    if (report->field_count < SMINI_TFTP_FIELDS_MAX)
        report->field_count++;
    else
        field--; /* more fields than the table has: the last stands */
    *field = (struct smin_field){.id = id};
    return field;
}

void smini_tftp_report_text(struct smini_tftp_report *report, uint32_t field, struct smini_span text, uint32_t flags)
{
    struct smin_field *made = add_field(report, field);
    made->flags = flags;
    made->bytes = text.bytes;
    made->size = text.length > UINT32_MAX ? UINT32_MAX : (uint32_t)text.length;
}

void smini_tftp_report_number(struct smini_tftp_report *report, uint32_t field, uint64_t number)
{
    add_field(report, field)->number = number;
}

void smini_tftp_report_options(struct smini_tftp_report *report, const struct smini_tftp_options *options)
{
    if (options->known & SMINI_TFTP_OPTION_BLKSIZE)
        smini_tftp_report_number(report, SMINI_TFTP_FIELD_BLKSIZE, options->blksize);
    if (options->known & SMINI_TFTP_OPTION_TSIZE)
        smini_tftp_report_number(report, SMINI_TFTP_FIELD_TSIZE, options->tsize);
    if (options->known & SMINI_TFTP_OPTION_WINDOWSIZE)
        smini_tftp_report_number(report, SMINI_TFTP_FIELD_WINDOWSIZE, options->windowsize);
    if (options->known & SMINI_TFTP_OPTION_TIMEOUT)
        smini_tftp_report_number(report, SMINI_TFTP_FIELD_TIMEOUT, options->timeout);
}

void smini_tftp_report_event(struct smini_tftp_report *report, uint32_t event, uint64_t offset, uint64_t number)
{
    if (report->event_count < SMINI_TFTP_EVENTS_MAX)
        report->events[report->event_count++] = (struct smin_event){.id = event, .offset = offset, .number = number};
}

void smini_tftp_report_send(struct smin_thread *thread, struct smini_tftp_report *report, bool covers)
{
    const struct smin_input *input = thread->input;
    struct smin_flow *flow = thread->flow;
    const struct smin_host *host = &thread->instance->guest.host;
    bool message = report->kind == SMIN_KIND_MESSAGE;
    for (uint32_t i = 0; i < report->field_count; i++)
        report->fields[i].offset = input->offset; /* all are derived: of the message */
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
        .offset = input->offset,
        .length = covers ? input->length : 0,
        .fields = report->fields,
        .events = report->events,
        .bytes = covers ? input->bytes : NULL,
        .size = covers ? input->length : 0,
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

void smini_tftp_tell(struct smin_thread *thread, uint32_t event, uint64_t number)
{
    struct smini_tftp_report report = {.kind = SMIN_KIND_STREAM};
    if (thread->flow->told & 1u << event)
        return;
    thread->flow->told |= 1u << event;
    smini_tftp_report_event(&report, event, thread->input->offset, number);
    smini_tftp_report_send(thread, &report, false);
}
