/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/order.h"

#include "ftp/folder.h"
#include "guest/name.h"

static void release_oldest(struct smin_thread *thread, struct smini_ftp_session *session)
{
    struct smini_ftp_channel *oldest = session->channels[0];
    memmove(session->channels, session->channels + 1, --session->channel_count * sizeof(session->channels[0]));
    for (uint32_t i = 0; i < session->open_count; i++) {
        struct smini_ftp_open *open = &session->open[(session->open_first + i) % SMINI_FTP_OPEN_MAX];
        if (open->channel == oldest)
            open->channel = NULL;
    }
    oldest->control_over = true;
    smini_ftp_transfer_settle(thread, oldest);
    smini_ftp_channel_leave(thread, oldest);
}

static struct smini_ftp_channel *newest(const struct smini_ftp_session *session)
{
    return session->channel_count > 0 ? session->channels[session->channel_count - 1] : NULL;
}

static struct smini_ftp_channel *add_channel(struct smin_thread *thread, struct smini_ftp_session *session,
                                             enum smini_ftp_how how)
{
    struct smini_ftp_channel *made = smini_ftp_channel_new(thread, how);
    if (!made)
        return NULL;
    if (session->channel_count == SMINI_FTP_CHANNELS_MAX)
        release_oldest(thread, session);
    made->proven = session->proven;
    session->channels[session->channel_count++] = made;
    return made;
}

/* RFC 959 section 3.2: the client's own port, when nobody said anything else. */
static struct smini_ftp_channel *default_channel(struct smin_thread *thread, struct smini_ftp_session *session)
{
    const struct smini_ftp_channel *before = newest(session);
    struct smini_ftp_channel *made = add_channel(thread, session, before ? before->how : SMINI_FTP_DEFAULT);
    if (!made)
        return NULL;
    if (before)
        made->end = before->end;
    else
        made->end.port = thread->flow->info.client_port;
    return made;
}

/* Path tricks that a server might fall for, and bytes that a terminal might. */
static void judge_name(struct smin_thread *thread, struct smini_ftp_channel *channel, struct smini_span name)
{
    uint32_t tricks = smini_guest_name_tricks(name);
    if (tricks & SMINI_NAME_CONTROL)
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_NAME_CONTROL, 0);
    if (tricks & SMINI_NAME_TRAVERSAL)
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_NAME_TRAVERSAL, 0);
    if (channel->name.cut)
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_NAME_LONG, name.length);
}

static int32_t move_file(struct smin_thread *thread, struct smini_ftp_session *session,
                         const struct smini_ftp_command *command, struct smini_ftp_open *open)
{
    struct smini_ftp_channel *channel = newest(session);
    if (!channel || channel->verb != SMINI_FTP_NONE)
        channel = default_channel(thread, session);
    if (!channel)
        return SMIN_E_NOMEM;
    bool cut = smini_ftp_line_cut(&session->line[SMIN_TO_SERVER]);
    int32_t status = smini_ftp_text_join(thread, &channel->name, &session->folder, command->argument);
    if (status == SMIN_OK)
        status = smini_ftp_text_set(thread, &channel->user, smini_ftp_text_span(&session->user), SMINI_FTP_USER_BYTES);
    channel->verb = command->verb;
    channel->name.cut |= cut;
    channel->user.cut |= session->user.cut;
    channel->type = session->type;
    channel->mode = session->mode;
    channel->restart = session->restart;
    session->restart = 0;
    if (command->verb == SMINI_FTP_RETR && session->size_digest == smini_ftp_text_digest(&channel->name))
        channel->declared = session->size;
    judge_name(thread, channel, command->argument);
    open->channel = channel;
    smini_ftp_channel_announce(thread, channel);
    return status;
}

static int32_t active(struct smin_thread *thread, struct smini_ftp_session *session,
                      const struct smini_ftp_command *command, struct smini_ftp_open *open)
{
    const struct smin_flow_info *info = &thread->flow->info;
    struct smini_ftp_end end;
    bool read = command->verb == SMINI_FTP_PORT ? smini_ftp_end_read(command->argument, &end)
                                                : smini_ftp_end_read_extended(command->argument, &end);
    if (!read || end.ip_version == 0) {
        smini_ftp_tell(thread, SMINI_FTP_EVENT_COMMAND_MALFORMED, 0);
        return SMIN_OK;
    }
    struct smini_ftp_channel *channel = add_channel(thread, session, SMINI_FTP_ACTIVE);
    if (!channel)
        return SMIN_E_NOMEM;
    channel->end = end;
    open->channel = channel;
    if (end.ip_version == info->ip_version && memcmp(end.address, info->client_address, sizeof(end.address)) != 0)
        smini_ftp_tell(thread, SMINI_FTP_EVENT_BOUNCE, end.port);
    smini_ftp_channel_announce(thread, channel);
    return SMIN_OK;
}

static int32_t passive(struct smin_thread *thread, struct smini_ftp_session *session, struct smini_ftp_open *open)
{
    open->channel = add_channel(thread, session, SMINI_FTP_PASSIVE);
    return open->channel ? SMIN_OK : SMIN_E_NOMEM;
}

static int32_t change_folder(struct smin_thread *thread, struct smini_ftp_session *session,
                             const struct smini_ftp_command *command, struct smini_ftp_open *open)
{
    bool up = command->verb == SMINI_FTP_CDUP || smini_span_equal(command->argument, smini_span_text(".."));
    struct smini_span before = smini_ftp_text_span(&session->folder);
    int32_t status = smini_ftp_text_set(thread, &session->folder_before, before, SMINI_FTP_NAME_BYTES);
    session->folder_before.cut = session->folder.cut;
    if (status == SMIN_OK)
        status = up ? smini_ftp_text_up(thread, &session->folder)
                    : smini_ftp_text_join(thread, &session->folder, &session->folder, command->argument);
    session->folder.cut |= smini_ftp_line_cut(&session->line[SMIN_TO_SERVER]);
    open->folder = ++session->folders;
    return status;
}

static int32_t ask_size(struct smin_thread *thread, const struct smini_ftp_session *session,
                        const struct smini_ftp_command *command, struct smini_ftp_open *open)
{
    struct smini_ftp_text name = {.length = 0};
    int32_t status = smini_ftp_text_join(thread, &name, &session->folder, command->argument);
    open->digest = smini_ftp_text_digest(&name);
    smini_ftp_text_free(thread, &name);
    return status;
}

/* REIN, RFC 959 section 4.1.1: as when the connection was made. */
static void reinitialise(struct smin_thread *thread, struct smini_ftp_session *session)
{
    smini_ftp_text_free(thread, &session->user);
    smini_ftp_text_free(thread, &session->folder);
    session->type = 'A';
    session->mode = 'S';
    session->restart = 0;
}

/* The first letter of an argument that has one of `letters` there; what it was, when it has not. */
static char letter_of(struct smini_span argument, const char *letters, char before)
{
    char letter = argument.length > 0 ? (char)(argument.bytes[0] & ~0x20) : '\0';
    return letter != '\0' && strchr(letters, letter) ? letter : before;
}

int32_t smini_ftp_order(struct smin_thread *thread, struct smini_ftp_session *session,
                        const struct smini_ftp_command *command, struct smini_ftp_open *open)
{
    switch (command->verb) {
    case SMINI_FTP_RETR:
    case SMINI_FTP_STOR:
    case SMINI_FTP_STOU:
    case SMINI_FTP_APPE:
    case SMINI_FTP_LIST: return move_file(thread, session, command, open);
    case SMINI_FTP_USER:
        smini_ftp_text_free(thread, &session->folder);
        return smini_ftp_text_set(thread, &session->user, command->argument, SMINI_FTP_USER_BYTES);
    case SMINI_FTP_CWD:
    case SMINI_FTP_CDUP: return change_folder(thread, session, command, open);
    case SMINI_FTP_TYPE: session->type = letter_of(command->argument, "AIEL", session->type); return SMIN_OK;
    case SMINI_FTP_MODE: session->mode = letter_of(command->argument, "SBC", session->mode); return SMIN_OK;
    case SMINI_FTP_REST:
        if (!smini_ftp_number_read(command->argument, &session->restart))
            smini_ftp_tell(thread, SMINI_FTP_EVENT_COMMAND_MALFORMED, 0);
        return SMIN_OK;
    case SMINI_FTP_SIZE: return ask_size(thread, session, command, open);
    case SMINI_FTP_PORT:
    case SMINI_FTP_EPRT: return active(thread, session, command, open);
    case SMINI_FTP_PASV: return passive(thread, session, open);
    case SMINI_FTP_EPSV: /* "EPSV ALL" promises, and opens nothing: RFC 2428 section 4 */
        return smini_span_equal_nocase(command->argument, smini_span_text("all")) ? SMIN_OK
                                                                                 : passive(thread, session, open);
    case SMINI_FTP_REIN: reinitialise(thread, session); return SMIN_OK;
    default: return SMIN_OK;
    }
}
