/* SPDX-License-Identifier: BSD-2-Clause */
#include "sealed/flow.h"

#include "sealed/opening.h"

struct report {
    uint32_t field_count, event_count;
    struct smin_field fields[SMINI_SEALED_FIELDS_MAX];
    struct smin_event events[SMINI_SEALED_EVENT_COUNT];
};

int32_t smini_sealed_flow_bytes(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    struct smini_sealed_side *side = &flow->side[input->direction];
    int32_t status = SMIN_OK;
    if (side->gap_bytes == 0) /* behind a gap it is no beginning any more */
        status = smini_bytebuf_add(&side->head, smini_span_make(input->bytes, (size_t)input->length));
    side->bytes += input->length;
    thread->stats.bytes_skipped += input->length;
    return status == SMIN_E_NOMEM ? status : SMIN_OK;
}

void smini_sealed_flow_gap(struct smin_flow *flow, const struct smin_input *input)
{
    struct smini_sealed_side *side = &flow->side[input->direction];
    side->gap_bytes = input->length < UINT64_MAX - side->gap_bytes ? side->gap_bytes + input->length : UINT64_MAX;
}

static void add_text(struct report *report, uint32_t id, struct smini_span text, bool cut)
{
    if (text.length > 0)
        report->fields[report->field_count++] = (struct smin_field){.id = id,
                                                                    .flags = cut ? (uint32_t)SMIN_FIELD_CUT : 0,
                                                                    .bytes = text.bytes,
                                                                    .size = (uint32_t)text.length};
}

static void add_number(struct report *report, uint32_t id, uint64_t number)
{
    report->fields[report->field_count++] = (struct smin_field){.id = id, .number = number};
}

static void add_event(struct report *report, uint32_t id, uint64_t offset, uint64_t number)
{
    report->events[report->event_count++] = (struct smin_event){.id = id, .offset = offset, .number = number};
}

static void send(struct smin_thread *thread, const struct smin_flow *flow, struct report *report,
                 const struct smin_input *input, bool complete)
{
    const struct smin_host *host = &thread->instance->guest.host;
    for (uint32_t i = 0; i < report->field_count; i++)
        report->fields[i].offset = input->offset; /* all are derived: of the message */
    struct smin_message message = {.struct_size = sizeof(message),
                                   .kind = SMIN_KIND_MESSAGE,
                                   .id = SMINI_SEALED_MESSAGE_TRANSFER,
                                   .direction = input->direction,
                                   .flags = complete ? (uint32_t)SMIN_MESSAGE_COMPLETE : (uint32_t)SMIN_MESSAGE_HOLE,
                                   .field_count = report->field_count,
                                   .event_count = report->event_count,
                                   .field_stride = sizeof(report->fields[0]),
                                   .event_stride = sizeof(report->events[0]),
                                   .offset = input->offset,
                                   .fields = report->fields,
                                   .events = report->events};
    struct smin_output output = {.struct_size = sizeof(output),
                                 .alert_stride = sizeof(struct smin_alert),
                                 .time_ns = input->time_ns,
                                 .packet_number = input->packet_number,
                                 .message = &message};
    thread->stats.messages++;
    thread->stats.events += report->event_count;
    host->on_output(host->user, flow->flow_user, &output);
}

/* The host gets to know that something moved, and how much of it. Which way the file went is a guess: most bytes do. */
static void tell_file(struct smin_thread *thread, const struct smin_flow *flow, const struct smin_input *input)
{
    const struct smin_ext_file *host = thread->instance->guest.file;
    void *user = thread->instance->guest.host.user;
    uint64_t up = flow->side[SMIN_TO_SERVER].bytes, down = flow->side[SMIN_TO_CLIENT].bytes;
    struct smin_file about = {.struct_size = sizeof(about),
                              .direction = up > down ? SMIN_TO_SERVER : SMIN_TO_CLIENT,
                              .size = UINT64_MAX};
    struct smin_file_handle *file = NULL;
    if (!host || host->begin(user, flow->flow_user, &about, &file) != SMIN_OK || !file)
        return;
    host->gap(user, file, up + down);
    host->end(user, file, SMIN_FILE_SEALED, input->time_ns, input->packet_number);
}

static void tell(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    const struct smini_sealed_side *up = &flow->side[SMIN_TO_SERVER], *down = &flow->side[SMIN_TO_CLIENT];
    struct smini_sealed_opening client = smini_sealed_read(smini_bytebuf_span(&up->head));
    struct smini_sealed_opening server = smini_sealed_read(smini_bytebuf_span(&down->head));
    enum smini_sealed_protocol protocol = client.protocol ? client.protocol : server.protocol;
    struct report report = {.field_count = 0};
    bool gaps = up->gap_bytes > 0 || down->gap_bytes > 0;
    add_text(&report, SMINI_SEALED_FIELD_PROTOCOL,
             smini_span_text(protocol == SMINI_SEALED_SSH   ? "ssh"
                             : protocol == SMINI_SEALED_TLS ? "tls"
                                                            : "unknown"),
             false);
    add_text(&report, SMINI_SEALED_FIELD_SSH_CLIENT, client.banner, client.banner_cut);
    add_text(&report, SMINI_SEALED_FIELD_SSH_SERVER, server.banner, server.banner_cut);
    add_text(&report, SMINI_SEALED_FIELD_TLS_SNI, client.sni, false);
    if (server.version)
        add_text(&report, SMINI_SEALED_FIELD_TLS_VERSION, smini_span_text(smini_sealed_version(server.version)), false);
    add_number(&report, SMINI_SEALED_FIELD_TO_SERVER, up->bytes);
    add_number(&report, SMINI_SEALED_FIELD_TO_CLIENT, down->bytes);
    add_number(&report, SMINI_SEALED_FIELD_GAPS, gaps);
    if (protocol == SMINI_SEALED_UNKNOWN)
        add_event(&report, SMINI_SEALED_EVENT_OTHER_PROTOCOL, 0, 0);
    if (gaps)
        add_event(&report, SMINI_SEALED_EVENT_DATA_GAP, 0, up->gap_bytes + down->gap_bytes);
    if (protocol != SMINI_SEALED_UNKNOWN)
        tell_file(thread, flow, input);
    send(thread, flow, &report, input, !gaps);
}

void smini_sealed_flow_end(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    struct smini_sealed_side *side = flow->side;
    side[input->direction].ended = true;
    for (int i = 0; i < 2; i++)
        if (!side[i].ended && (side[i].bytes > 0 || side[i].gap_bytes > 0))
            return;
    if (flow->told || side[0].bytes + side[1].bytes == 0) /* a connection over which nothing moved */
        return;
    flow->told = true;
    tell(thread, flow, input);
}
