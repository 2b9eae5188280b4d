/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/session.h"

#include "ftp/answer.h"
#include "ftp/folder.h"
#include "ftp/order.h"

/* First byte of a TLS record that holds a handshake (RFC 8446 section 5.1). No line begins with it. */
enum { TLS_HANDSHAKE = 0x16 };

struct smini_ftp_session *smini_ftp_session_new(struct smin_thread *thread, const struct smin_flow_info *info)
{
    struct smini_ftp_session *made = smini_alloc_get(&thread->alloc, sizeof(*made));
    if (!made)
        return NULL;
    made->type = 'A';
    made->mode = 'S';
    made->proven = info->server_port == SMINI_FTP_PORT_CONTROL;
    return made;
}

void smini_ftp_session_free(struct smin_thread *thread, struct smini_ftp_session *session)
{
    for (uint32_t i = 0; i < session->channel_count; i++) {
        session->channels[i]->control_over = true;
        smini_ftp_channel_leave(thread, session->channels[i]);
    }
    smini_ftp_text_free(thread, &session->folder);
    smini_ftp_text_free(thread, &session->folder_before);
    smini_ftp_text_free(thread, &session->user);
    smini_alloc_free(&thread->alloc, session, sizeof(*session));
}

static struct smini_ftp_open *head(struct smini_ftp_session *session)
{
    return session->open_count > 0 ? &session->open[session->open_first] : NULL;
}

static void pop(struct smini_ftp_session *session)
{
    session->open_first = (session->open_first + 1) % SMINI_FTP_OPEN_MAX;
    session->open_count--;
}

/* Replies that came first, as far as their commands are there by now. */
static void match_early(struct smin_thread *thread, struct smini_ftp_session *session)
{
    while (session->early_count > 0 && session->open_count > 0) {
        struct smini_ftp_early reply = session->early[session->early_first];
        session->early_first = (session->early_first + 1) % SMINI_FTP_OPEN_MAX;
        session->early_count--;
        if (smini_ftp_answer(thread, session, head(session), &reply))
            pop(session);
    }
}

static void lose_count(struct smini_ftp_session *session)
{
    session->adrift = true;
    session->open_count = session->early_count = 0;
    session->begun_code = 0;
}

static int32_t on_command(struct smin_thread *thread, struct smini_ftp_session *session)
{
    const struct smini_ftp_line *line = &session->line[SMIN_TO_SERVER];
    struct smini_ftp_command command = smini_ftp_command_read(smini_ftp_line_text(line));
    struct smini_ftp_open open = {.verb = command.verb};
    if (line->length == 0)
        return SMIN_OK;
    if (command.verb == SMINI_FTP_HELO && !session->proven) {
        session->foreign = true;
        return SMIN_OK;
    }
    int32_t status = smini_ftp_order(thread, session, &command, &open);
    if (status != SMIN_OK)
        return status;
    if (session->open_count == SMINI_FTP_OPEN_MAX) {
        thread->stats.limit_hits++;
        smini_ftp_tell(thread, SMINI_FTP_EVENT_LIMIT_COMMANDS, SMINI_FTP_OPEN_MAX);
        lose_count(session);
    }
    session->open[(session->open_first + session->open_count++) % SMINI_FTP_OPEN_MAX] = open;
    match_early(thread, session);
    return SMIN_OK;
}

/* By a reply, or by its port: this is FTP. */
static void prove(struct smin_thread *thread, struct smini_ftp_session *session)
{
    if (session->proven)
        return;
    session->proven = true;
    for (uint32_t i = 0; i < session->channel_count; i++) {
        session->channels[i]->proven = true;
        smini_ftp_channel_announce(thread, session->channels[i]);
    }
}

/* 1yz: the last reply is still to come. */
static int32_t on_begun(struct smin_thread *thread, struct smini_ftp_session *session,
                        const struct smini_ftp_reply *reply)
{
    struct smini_ftp_open *open = head(session);
    struct smini_span name = smini_ftp_reply_name(reply);
    if (!open)
        session->begun_code = reply->code;
    if (!open || !open->channel || !smini_ftp_verb_moves(open->verb))
        return SMIN_OK;
    open->channel->begun_code = reply->code;
    if (open->verb != SMINI_FTP_STOU || name.length == 0)
        return SMIN_OK;
    int32_t status = smini_ftp_text_join(thread, &open->channel->name, &session->folder, name);
    if (status == SMIN_OK)
        smini_ftp_channel_announce(thread, open->channel);
    return status;
}

static void keep_early(struct smin_thread *thread, struct smini_ftp_session *session,
                       const struct smini_ftp_early *reply)
{
    if (session->adrift)
        return;
    if (session->early_count == SMINI_FTP_OPEN_MAX) {
        thread->stats.limit_hits++;
        smini_ftp_tell(thread, SMINI_FTP_EVENT_LIMIT_COMMANDS, SMINI_FTP_OPEN_MAX);
        lose_count(session);
        return;
    }
    session->early[(session->early_first + session->early_count++) % SMINI_FTP_OPEN_MAX] = *reply;
}

/* 421 may come at any time, and ends everything. */
static void on_farewell(struct smin_thread *thread, struct smini_ftp_session *session,
                        const struct smini_ftp_early *reply)
{
    for (; session->open_count > 0; pop(session))
        (void)smini_ftp_answer(thread, session, head(session), reply);
}

static int32_t on_reply(struct smin_thread *thread, struct smini_ftp_session *session,
                        const struct smini_ftp_reply *reply)
{
    struct smini_ftp_early whole = {.code = reply->code, .begun_code = session->begun_code};
    prove(thread, session);
    if (reply->code < 200)
        return on_begun(thread, session, reply);
    bool greeting = !session->greeted && reply->code == 220;
    session->greeted = true;
    session->begun_code = 0;
    if (greeting)
        return SMIN_OK;
    if (reply->code == 227 || reply->code == 229)
        (void)smini_ftp_reply_end(reply, &whole.end);
    if (reply->code == 213)
        (void)smini_ftp_number_read(reply->text, &whole.number);
    if (reply->code == 421)
        on_farewell(thread, session, &whole);
    else if (!head(session))
        keep_early(thread, session, &whole);
    else if (smini_ftp_answer(thread, session, head(session), &whole))
        pop(session);
    if (session->adrift)
        smini_ftp_answer_adrift(thread, session, reply->code);
    return SMIN_OK;
}

static int32_t on_answer_line(struct smin_thread *thread, struct smini_ftp_session *session)
{
    const struct smini_ftp_line *line = &session->line[SMIN_TO_CLIENT];
    struct smini_ftp_reply reply;
    switch (smini_ftp_reply_read(&session->reply, smini_ftp_line_text(line), &reply)) {
    case SMINI_FTP_REPLY_WHOLE: return on_reply(thread, session, &reply);
    case SMINI_FTP_REPLY_PART: prove(thread, session); return SMIN_OK;
    default: break;
    }
    if (!session->proven)
        session->foreign = true;
    else if (!session->adrift && line->length > 0)
        smini_ftp_tell(thread, SMINI_FTP_EVENT_REPLY_MALFORMED, 0);
    return SMIN_OK;
}

int32_t smini_ftp_session_feed(struct smin_thread *thread, struct smini_ftp_session *session)
{
    const struct smin_input *input = thread->input;
    struct smini_span rest = smini_span_make(input->bytes, (size_t)input->length);
    struct smini_ftp_line *line = &session->line[input->direction];
    uint64_t offset = input->offset;
    int32_t status = SMIN_OK;
    while (status == SMIN_OK && rest.length > 0 && !session->foreign && !session->sealed[input->direction]) {
        if (!line->begun && rest.bytes[0] == TLS_HANDSHAKE) {
            session->sealed[input->direction] = true;
        } else if (smini_ftp_line_next(line, &rest, &offset)) {
            thread->at = line->offset;
            if (smini_ftp_line_cut(line))
                smini_ftp_tell(thread, SMINI_FTP_EVENT_LINE_LONG, line->length);
            status = input->direction == SMIN_TO_SERVER ? on_command(thread, session)
                                                        : on_answer_line(thread, session);
        }
    }
    thread->stats.bytes_skipped += rest.length;
    return status == SMIN_OK && session->foreign ? SMIN_DONE : status;
}

void smini_ftp_session_gap(struct smin_thread *thread, struct smini_ftp_session *session)
{
    uint32_t direction = thread->input->direction;
    if (session->foreign || session->sealed[direction])
        return;
    smini_ftp_tell(thread, SMINI_FTP_EVENT_CONTROL_GAP, thread->input->length);
    smini_ftp_line_lose(&session->line[direction]);
    session->reply.code = 0;
    lose_count(session);
}

void smini_ftp_session_end(struct smin_thread *thread, struct smini_ftp_session *session)
{
    for (uint32_t i = 0; i < session->channel_count; i++) {
        session->channels[i]->control_over = true;
        smini_ftp_transfer_settle(thread, session->channels[i]);
    }
}
