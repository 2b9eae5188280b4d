/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/tell.h"

#include "base/address.h"
#include "ftp/folder.h"

/* Texts that the message's fields point at. */
struct words {
    char client[SMINI_ADDRESS_TEXT], server[SMINI_ADDRESS_TEXT], data[SMINI_ADDRESS_TEXT];
};

static struct smini_span state_word(uint32_t state)
{
    switch (state) {
    case SMIN_FILE_CLOSED: return smini_span_text("closed");
    case SMIN_FILE_UNCONFIRMED: return smini_span_text("unconfirmed");
    case SMIN_FILE_REFUSED: return smini_span_text("refused");
    default: return smini_span_text("truncated");
    }
}

static struct smini_span type_word(char type)
{
    return smini_span_text(type == 'I' ? "image" : type == 'E' ? "ebcdic" : type == 'L' ? "local" : "ascii");
}

static struct smini_span mode_word(char mode)
{
    return smini_span_text(mode == 'B' ? "block" : mode == 'C' ? "compressed" : "stream");
}

static struct smini_span how_word(enum smini_ftp_how how)
{
    return smini_span_text(how == SMINI_FTP_PASSIVE ? "passive" : how == SMINI_FTP_ACTIVE ? "active" : "default");
}

static struct smini_span address(uint8_t version, const uint8_t *bytes, char *text)
{
    return version == 4 || version == 6 ? smini_span_make(text, smini_address_text(version, bytes, text))
                                        : smini_span_make(NULL, 0);
}

static void add_order(struct smini_ftp_report *report, const struct smini_ftp_channel *channel)
{
    struct smini_span name = smini_ftp_text_span(&channel->name);
    uint32_t cut = channel->name.cut ? (uint32_t)SMIN_FIELD_CUT : 0;
    if (channel->verb == SMINI_FTP_NONE)
        return;
    smini_ftp_report_text(report, SMINI_FTP_FIELD_COMMAND, smini_span_text(smini_ftp_verb_name(channel->verb)), 0);
    if (name.length > 0) {
        smini_ftp_report_text(report, SMINI_FTP_FIELD_FILE, name, cut);
        smini_ftp_report_text(report, SMIN_FIELD_FILE_NAME, name, cut);
    }
    if (channel->user.length > 0)
        smini_ftp_report_text(report, SMINI_FTP_FIELD_USER, smini_ftp_text_span(&channel->user),
                              channel->user.cut ? (uint32_t)SMIN_FIELD_CUT : 0);
    smini_ftp_report_text(report, SMINI_FTP_FIELD_TYPE, type_word(channel->type), 0);
    smini_ftp_report_text(report, SMINI_FTP_FIELD_MODE, mode_word(channel->mode), 0);
    if (channel->restart > 0)
        smini_ftp_report_number(report, SMINI_FTP_FIELD_RESTART, channel->restart);
}

static void add_connections(struct smini_ftp_report *report, const struct smini_ftp_channel *channel,
                            struct words *words)
{
    const struct smin_flow_info *control = &channel->control;
    const struct smini_ftp_end *end = &channel->end;
    bool passive = channel->how == SMINI_FTP_PASSIVE;
    uint8_t version = end->ip_version ? end->ip_version : control->ip_version;
    const uint8_t *own = passive ? control->server_address : control->client_address;
    smini_ftp_report_text(report, SMINI_FTP_FIELD_CONTROL_CLIENT,
                          address(control->ip_version, control->client_address, words->client), 0);
    smini_ftp_report_number(report, SMINI_FTP_FIELD_CONTROL_CLIENT_PORT, control->client_port);
    smini_ftp_report_text(report, SMINI_FTP_FIELD_CONTROL_SERVER,
                          address(control->ip_version, control->server_address, words->server), 0);
    smini_ftp_report_number(report, SMINI_FTP_FIELD_CONTROL_SERVER_PORT, control->server_port);
    smini_ftp_report_text(report, SMINI_FTP_FIELD_DATA_HOW, how_word(channel->how), 0);
    if (end->port == 0)
        return;
    smini_ftp_report_text(report, SMINI_FTP_FIELD_DATA_ADDRESS,
                          address(version, end->ip_version ? end->address : own, words->data), 0);
    smini_ftp_report_number(report, SMINI_FTP_FIELD_DATA_PORT, end->port);
}

static void add_outcome(struct smini_ftp_report *report, const struct smini_ftp_channel *channel, uint32_t state)
{
    struct smini_span prefix = smini_bytebuf_span(&channel->prefix);
    if (channel->begun_code)
        smini_ftp_report_number(report, SMINI_FTP_FIELD_BEGUN_CODE, channel->begun_code);
    if (channel->code)
        smini_ftp_report_number(report, SMINI_FTP_FIELD_CODE, channel->code);
    smini_ftp_report_text(report, SMINI_FTP_FIELD_STATE, state_word(state), 0);
    if (channel->verb != SMINI_FTP_NONE)
        smini_ftp_report_text(report, SMINI_FTP_FIELD_MOVES,
                              smini_span_text(smini_ftp_verb_uploads(channel->verb) ? "to_server" : "to_client"), 0);
    smini_ftp_report_number(report, SMINI_FTP_FIELD_SIZE, channel->bytes);
    smini_ftp_report_number(report, SMINI_FTP_FIELD_GAPS, channel->gap_bytes != 0);
    if (channel->gap_bytes)
        smini_ftp_report_number(report, SMINI_FTP_FIELD_GAP_BYTES, channel->gap_bytes);
    if (channel->declared != UINT64_MAX)
        smini_ftp_report_number(report, SMINI_FTP_FIELD_DECLARED, channel->declared);
    if (prefix.length > 0)
        smini_ftp_report_text(report, SMIN_FIELD_FILE_DATA, prefix,
                              channel->bytes > prefix.length ? (uint32_t)SMIN_FIELD_CUT : 0);
}

void smini_ftp_tell_transfer(struct smin_thread *thread, const struct smini_ftp_channel *channel, uint32_t state)
{
    struct smini_ftp_report report;
    struct words words;
    bool whole = state == SMIN_FILE_CLOSED || state == SMIN_FILE_UNCONFIRMED;
    smini_ftp_report_begin(&report, SMINI_FTP_MESSAGE_TRANSFER);
    report.flags = (whole ? (uint32_t)SMIN_MESSAGE_COMPLETE : 0) |
                   (channel->gap_bytes ? (uint32_t)SMIN_MESSAGE_HOLE : 0);
    add_order(&report, channel);
    add_connections(&report, channel, &words);
    add_outcome(&report, channel, state);
    report.event_count = channel->event_count;
    memcpy(report.events, channel->events, channel->event_count * sizeof(report.events[0]));
    smini_ftp_report_send(thread, &report);
}
