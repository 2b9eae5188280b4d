/* SPDX-License-Identifier: BSD-2-Clause */
#include "tftp/flow.h"

#include "guest/name.h"
#include "tftp/contents.h"
#include "tftp/transfer.h"

/* A server answers within seconds; a request that is sent again makes the time begin anew. */
#define EXPECT_LIFETIME_NS 60000000000u

/* The contents, and what acknowledges them, will come from a port that the server chooses: RFC 1350 section 4. */
static void expect_answer(struct smin_thread *thread, struct smin_flow *flow)
{
    const struct smin_ext_expect *host = thread->instance->guest.expect;
    const struct smini_tftp_transfer *transfer = flow->transfer;
    struct smin_expectation expectation = {.struct_size = sizeof(expectation),
                                           .direction = transfer->sender,
                                           .ip_version = flow->info.ip_version,
                                           .protocol = flow->info.protocol,
                                           .client_port = flow->info.client_port,
                                           .lifetime_ns = EXPECT_LIFETIME_NS,
                                           .message = UINT64_MAX,
                                           .name = transfer->name,
                                           .name_length = transfer->name_length};
    if (!host || (flow->info.ip_version != 4 && flow->info.ip_version != 6))
        return;
    memcpy(expectation.client_address, flow->info.client_address, sizeof(expectation.client_address));
    memcpy(expectation.server_address, flow->info.server_address, sizeof(expectation.server_address));
    expectation.context_length = smini_tftp_transfer_context(transfer, expectation.context);
    (void)host->announce(thread->instance->guest.host.user, flow->flow_user, &expectation);
}

/* Path tricks that a server might fall for, and bytes that a terminal might. */
static void judge_name(struct smini_tftp_report *report, uint64_t offset, struct smini_span name)
{
    uint32_t tricks = smini_guest_name_tricks(name);
    if (tricks & SMINI_NAME_CONTROL)
        smini_tftp_report_event(report, SMINI_TFTP_EVENT_NAME_CONTROL, offset, 0);
    if (name.length > SMINI_TFTP_NAME_BYTES)
        smini_tftp_report_event(report, SMINI_TFTP_EVENT_NAME_LONG, offset, name.length);
    if (tricks & SMINI_NAME_TRAVERSAL)
        smini_tftp_report_event(report, SMINI_TFTP_EVENT_NAME_TRAVERSAL, offset, 0);
}

static void report_request(struct smin_thread *thread, const struct smini_tftp_packet *packet)
{
    struct smini_tftp_report report;
    bool read = packet->opcode == SMINI_TFTP_READ;
    uint64_t offset = thread->input->offset;
    struct smini_span name = smini_span_part(packet->name, 0, SMINI_TFTP_NAME_BYTES);
    uint32_t cut = name.length < packet->name.length ? (uint32_t)SMIN_FIELD_CUT : 0;
    smini_tftp_report_begin(&report, read ? SMINI_TFTP_MESSAGE_READ : SMINI_TFTP_MESSAGE_WRITE);
    smini_tftp_report_text(&report, SMINI_TFTP_FIELD_PACKET, smini_span_text(read ? "read" : "write"), 0);
    smini_tftp_report_text(&report, SMINI_TFTP_FIELD_FILE, name, cut);
    smini_tftp_report_text(&report, SMIN_FIELD_FILE_NAME, name, cut);
    smini_tftp_report_text(&report, SMINI_TFTP_FIELD_MODE, smini_span_part(packet->mode, 0, SMINI_TFTP_NAME_BYTES), 0);
    smini_tftp_report_options(&report, &packet->options);
    if (packet->damaged) {
        report.flags = 0;
        smini_tftp_report_event(&report, SMINI_TFTP_EVENT_REQUEST_MALFORMED, offset, 0);
    }
    if (packet->options.invalid)
        smini_tftp_report_event(&report, SMINI_TFTP_EVENT_OPTION_INVALID, offset, packet->options.invalid);
    judge_name(&report, offset, packet->name);
    smini_tftp_report_send(thread, &report, true);
}

/* The flow's transfer ends here, unless it goes on over another flow. */
static void finish_own(struct smin_thread *thread, struct smin_flow *flow, uint32_t state)
{
    struct smini_tftp_transfer *transfer = flow->transfer;
    if (!transfer || transfer->finished || (transfer->carrier && transfer->carrier != flow))
        return;
    transfer->carrier = flow;
    smini_tftp_transfer_finish(thread, transfer, state);
}

static int32_t on_request(struct smin_thread *thread, struct smin_flow *flow, const struct smini_tftp_packet *packet)
{
    uint64_t digest = smini_tftp_digest(smini_span_make(thread->input->bytes, (size_t)thread->input->length));
    const struct smini_tftp_transfer *before = flow->transfer;
    if (thread->input->direction != SMIN_TO_SERVER) {
        smini_tftp_tell(thread, SMINI_TFTP_EVENT_ROLE_REVERSED, packet->opcode);
        return SMIN_OK;
    }
    if (before && !before->finished && before->request_length == thread->input->length &&
        before->request_digest == digest) { /* sent again: the answer takes its time */
        expect_answer(thread, flow);
        return SMIN_OK;
    }
    finish_own(thread, flow, SMIN_FILE_TRUNCATED);
    report_request(thread, packet);
    int32_t status = smini_tftp_transfer_new(thread, flow);
    if (status == SMIN_OK)
        status = smini_tftp_transfer_request(thread, packet);
    if (status != SMIN_OK)
        return status;
    flow->transfer->request_length = (uint32_t)thread->input->length;
    flow->transfer->request_digest = digest;
    expect_answer(thread, flow);
    return SMIN_OK;
}

static void agree(struct smin_thread *thread, struct smini_tftp_transfer *transfer,
                  const struct smini_tftp_options *options)
{
    const uint32_t sizes = SMINI_TFTP_OPTION_BLKSIZE | SMINI_TFTP_OPTION_WINDOWSIZE;
    if (transfer->agreed_seen || transfer->blocks > 0)
        return;
    if (transfer->opcode != 0 && (options->known & sizes & ~transfer->wanted.known))
        smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_OPTION_UNREQUESTED, options->known);
    transfer->agreed_seen = true;
    transfer->agreed = *options;
    if (options->known & SMINI_TFTP_OPTION_BLKSIZE)
        transfer->blksize = options->blksize;
    if (options->known & SMINI_TFTP_OPTION_WINDOWSIZE)
        transfer->window = options->windowsize;
}

static void on_oack(struct smin_thread *thread, struct smin_flow *flow, const struct smini_tftp_packet *packet)
{
    struct smini_tftp_report report;
    uint64_t offset = thread->input->offset;
    if (flow->transfer && flow->transfer->agreed_seen)
        return; /* sent again */
    smini_tftp_report_begin(&report, SMINI_TFTP_MESSAGE_OACK);
    smini_tftp_report_text(&report, SMINI_TFTP_FIELD_PACKET, smini_span_text("oack"), 0);
    smini_tftp_report_options(&report, &packet->options);
    if (packet->damaged) {
        report.flags = 0;
        smini_tftp_report_event(&report, SMINI_TFTP_EVENT_DATAGRAM_MALFORMED, offset, 0);
    }
    if (packet->options.invalid)
        smini_tftp_report_event(&report, SMINI_TFTP_EVENT_OPTION_INVALID, offset, packet->options.invalid);
    if (thread->input->direction != SMIN_TO_CLIENT)
        smini_tftp_report_event(&report, SMINI_TFTP_EVENT_ROLE_REVERSED, offset, packet->opcode);
    smini_tftp_report_send(thread, &report, true);
    if (thread->input->direction == SMIN_TO_CLIENT && flow->transfer)
        agree(thread, flow->transfer, &packet->options);
}

static void on_error(struct smin_thread *thread, struct smin_flow *flow, const struct smini_tftp_packet *packet)
{
    struct smini_tftp_report report;
    struct smini_tftp_transfer *transfer = flow->transfer;
    smini_tftp_report_begin(&report, SMINI_TFTP_MESSAGE_ERROR);
    smini_tftp_report_text(&report, SMINI_TFTP_FIELD_PACKET, smini_span_text("error"), 0);
    if (transfer && transfer->opcode != 0)
        smini_tftp_report_text(&report, SMINI_TFTP_FIELD_FILE, smini_tftp_transfer_name(transfer),
                               transfer->name_cut ? (uint32_t)SMIN_FIELD_CUT : 0);
    smini_tftp_report_number(&report, SMINI_TFTP_FIELD_ERROR_CODE, packet->number);
    smini_tftp_report_text(&report, SMINI_TFTP_FIELD_ERROR_TEXT,
                           smini_span_part(packet->data, 0, SMINI_TFTP_NAME_BYTES), 0);
    if (packet->damaged) {
        report.flags = 0;
        smini_tftp_report_event(&report, SMINI_TFTP_EVENT_DATAGRAM_MALFORMED, thread->input->offset, 0);
    }
    smini_tftp_report_send(thread, &report, true);
    if (transfer && transfer->opcode != 0)
        finish_own(thread, flow, transfer->begun ? SMIN_FILE_TRUNCATED : SMIN_FILE_REFUSED);
}

/* A transfer of which nothing but its blocks is known. */
static int32_t take_unnamed(struct smin_thread *thread, struct smin_flow *flow)
{
    int32_t status = flow->transfer ? SMIN_OK : smini_tftp_transfer_new(thread, flow);
    if (status == SMIN_OK && !flow->transfer->carrier)
        flow->transfer->carrier = flow;
    return status;
}

static int32_t on_contents(struct smin_thread *thread, struct smin_flow *flow, const struct smini_tftp_packet *packet)
{
    bool block = packet->opcode == SMINI_TFTP_DATA;
    uint8_t direction = (uint8_t)thread->input->direction;
    int32_t status = take_unnamed(thread, flow);
    if (status != SMIN_OK)
        return status;
    struct smini_tftp_transfer *transfer = flow->transfer;
    if (transfer->carrier != flow) /* it moves over another flow: this is somebody's mistake, or trick */
        return SMIN_OK;
    if (!transfer->sender_known) {
        transfer->sender = block ? direction : direction ^ 1;
        transfer->sender_known = true;
    }
    if (transfer->sender != (block ? direction : direction ^ 1)) {
        smini_tftp_tell(thread, SMINI_TFTP_EVENT_ROLE_REVERSED, packet->opcode);
        return SMIN_OK;
    }
    if (block)
        return smini_tftp_contents_block(thread, transfer, packet->number, packet->data);
    if (packet->damaged)
        smini_tftp_tell(thread, SMINI_TFTP_EVENT_DATAGRAM_MALFORMED, packet->number);
    if (!transfer->finished && smini_tftp_contents_acknowledged(thread, transfer, packet->number)) {
        transfer->acknowledged = true;
        smini_tftp_transfer_finish(thread, transfer, SMIN_FILE_CLOSED);
    }
    return SMIN_OK;
}

int32_t smini_tftp_flow_datagram(struct smin_thread *thread, struct smin_flow *flow)
{
    struct smini_tftp_packet packet;
    const struct smin_input *input = thread->input;
    if (!smini_tftp_read(smini_span_make(input->bytes, (size_t)input->length), &packet)) {
        bool known = packet.opcode <= SMINI_TFTP_OACK && packet.opcode != 0;
        smini_tftp_tell(thread, known || input->length < 2 ? SMINI_TFTP_EVENT_DATAGRAM_MALFORMED
                                                           : SMINI_TFTP_EVENT_OPCODE_UNKNOWN, packet.opcode);
        thread->stats.bytes_skipped += input->length;
        return SMIN_OK;
    }
    switch (packet.opcode) {
    case SMINI_TFTP_READ:
    case SMINI_TFTP_WRITE:
        return on_request(thread, flow, &packet);
    case SMINI_TFTP_OACK:
        on_oack(thread, flow, &packet);
        return SMIN_OK;
    case SMINI_TFTP_ERROR:
        on_error(thread, flow, &packet);
        return SMIN_OK;
    default:
        return on_contents(thread, flow, &packet);
    }
}

void smini_tftp_flow_end(struct smin_thread *thread, struct smin_flow *flow)
{
    finish_own(thread, flow, SMIN_FILE_TRUNCATED);
}
