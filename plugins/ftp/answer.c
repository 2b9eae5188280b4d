/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/answer.h"

#include "ftp/folder.h"

/* The reply of success that a command can have; what does not fit was said about something else. */
static bool fits(enum smini_ftp_verb verb, uint16_t code)
{
    if (code >= 400)
        return true;
    switch (verb) {
    case SMINI_FTP_RETR:
    case SMINI_FTP_STOR:
    case SMINI_FTP_STOU:
    case SMINI_FTP_APPE:
    case SMINI_FTP_LIST: return code == 226 || code == 250 || code == 225;
    case SMINI_FTP_USER:
    case SMINI_FTP_SECRET: return code == 230 || code == 202 || code == 232 || code / 100 == 3;
    case SMINI_FTP_CWD:
    case SMINI_FTP_CDUP: return code == 200 || code == 250;
    case SMINI_FTP_TYPE:
    case SMINI_FTP_MODE: return code == 200;
    case SMINI_FTP_REST: return code == 350;
    case SMINI_FTP_SIZE: return code == 213;
    case SMINI_FTP_PORT:
    case SMINI_FTP_EPRT: return code == 200;
    case SMINI_FTP_PASV: return code == 227;
    case SMINI_FTP_EPSV: return code == 229 || code == 200;
    case SMINI_FTP_AUTH: return code == 234 || code == 334;
    default: return true;
    }
}

static void opened(struct smin_thread *thread, struct smini_ftp_channel *channel, const struct smini_ftp_early *reply)
{
    const struct smin_flow_info *info = &channel->control;
    if (!channel || reply->code >= 400)
        return;
    channel->end = reply->end;
    if (reply->end.port == 0) {
        if (reply->code == 227 || reply->code == 229)
            smini_ftp_tell(thread, SMINI_FTP_EVENT_REPLY_MALFORMED, reply->code);
        return;
    }
    if (reply->end.ip_version != 0 && reply->end.ip_version == info->ip_version &&
        memcmp(reply->end.address, info->server_address, sizeof(reply->end.address)) != 0)
        smini_ftp_tell(thread, SMINI_FTP_EVENT_PASSIVE_ADDRESS, reply->end.port);
    smini_ftp_channel_announce(thread, channel);
}

static void moved(struct smin_thread *thread, struct smini_ftp_channel *channel, const struct smini_ftp_early *reply)
{
    if (!channel)
        return;
    if (reply->begun_code)
        channel->begun_code = reply->begun_code;
    channel->code = reply->code;
    smini_ftp_transfer_settle(thread, channel);
}

/* The folder is what it was; when another command changed it since, nobody can say. */
static void stay(struct smin_thread *thread, struct smini_ftp_session *session, const struct smini_ftp_open *open)
{
    if (open->folder != session->folders)
        return;
    smini_ftp_text_free(thread, &session->folder);
    session->folder = session->folder_before;
    session->folder_before = (struct smini_ftp_text){.length = 0};
}

static void seal(struct smin_thread *thread, struct smini_ftp_session *session)
{
    struct smini_ftp_report report;
    session->sealed[SMIN_TO_SERVER] = session->sealed[SMIN_TO_CLIENT] = true;
    smini_ftp_report_begin(&report, SMINI_FTP_MESSAGE_SEALED);
    smini_ftp_report_text(&report, SMINI_FTP_FIELD_COMMAND, smini_span_text("AUTH"), 0);
    if (session->user.length > 0)
        smini_ftp_report_text(&report, SMINI_FTP_FIELD_USER, smini_ftp_text_span(&session->user), 0);
    smini_ftp_report_number(&report, SMINI_FTP_FIELD_CODE, 234);
    smini_ftp_report_send(thread, &report);
}

bool smini_ftp_answer(struct smin_thread *thread, struct smini_ftp_session *session, const struct smini_ftp_open *open,
                      const struct smini_ftp_early *reply)
{
    if (!fits(open->verb, reply->code))
        return false;
    if (smini_ftp_verb_moves(open->verb))
        moved(thread, open->channel, reply);
    else if (open->verb == SMINI_FTP_PASV || open->verb == SMINI_FTP_EPSV)
        opened(thread, open->channel, reply);
    else if (open->folder != 0 && reply->code >= 400)
        stay(thread, session, open);
    else if (open->verb == SMINI_FTP_REST && reply->code >= 400)
        session->restart = 0;
    else if (open->verb == SMINI_FTP_AUTH && reply->code == 234)
        seal(thread, session);
    if (open->verb == SMINI_FTP_SIZE && reply->code == 213) {
        session->size = reply->number;
        session->size_digest = open->digest;
    }
    return true;
}

void smini_ftp_answer_adrift(struct smin_thread *thread, struct smini_ftp_session *session, uint16_t code)
{
    struct smini_ftp_early reply = {.code = code};
    for (uint32_t i = session->channel_count; i-- > 0;) {
        struct smini_ftp_channel *channel = session->channels[i];
        bool fitting = code / 100 == 2 ? fits(channel->verb, code) : code >= 425;
        if (channel->verb != SMINI_FTP_NONE && channel->code == 0 && fitting) {
            moved(thread, channel, &reply);
            return;
        }
    }
}
