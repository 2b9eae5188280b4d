/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/transfer.h"

#include "ftp/folder.h"
#include "ftp/tell.h"

static bool is_file(const struct smini_ftp_channel *channel)
{
    return channel->verb != SMINI_FTP_LIST;
}

static uint32_t direction_of(const struct smini_ftp_channel *channel)
{
    return channel->verb == SMINI_FTP_NONE ? channel->held_direction : smini_ftp_channel_direction(channel);
}

/* The host gets to know the file, unless it does already. */
static void begin(struct smin_thread *thread, struct smini_ftp_channel *channel)
{
    const struct smin_ext_file *host = thread->instance->guest.file;
    if (channel->begun || !is_file(channel))
        return;
    channel->begun = true;
    if (!host)
        return;
    struct smin_file about = {.struct_size = sizeof(about),
                              .direction = direction_of(channel),
                              .name = channel->name.bytes,
                              .name_length = channel->name.length,
                              .size = channel->declared,
                              .flags = SMIN_FILE_IF_WANTED};
    if (thread->flow->session) /* it is told on the control flow, whose client is the FTP client */
        about.direction = smini_ftp_verb_uploads(channel->verb) ? SMIN_TO_SERVER : SMIN_TO_CLIENT;
    else if (channel->how != SMINI_FTP_PASSIVE)
        about.flags |= SMIN_FILE_ASKED_BY_SERVER;
    if (host->begin(thread->instance->guest.host.user, thread->flow->flow_user, &about, &channel->file) != SMIN_OK)
        channel->file = NULL; /* the host tells its own limits */
}

static void skip(struct smin_thread *thread, struct smini_ftp_channel *channel, uint64_t length)
{
    begin(thread, channel);
    if (channel->file && length > 0)
        thread->instance->guest.file->gap(thread->instance->guest.host.user, channel->file, length);
    channel->gap_bytes = length < UINT64_MAX - channel->gap_bytes ? channel->gap_bytes + length : UINT64_MAX;
}

static int32_t take(struct smin_thread *thread, struct smini_ftp_channel *channel, struct smini_span bytes)
{
    if (channel->mode != 'S') { /* contents stand between headers, or are packed: what is there is not the file */
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_MODE_UNREAD, 0);
        skip(thread, channel, bytes.length);
        return SMIN_OK;
    }
    int32_t status = SMIN_OK;
    begin(thread, channel);
    if (channel->gap_bytes == 0 && is_file(channel))
        status = smini_bytebuf_add(&channel->prefix, bytes); /* SMIN_E_LIMIT: its beginning is there */
    if (channel->file && bytes.length > 0)
        thread->instance->guest.file->data(thread->instance->guest.host.user, channel->file, bytes.bytes,
                                           bytes.length);
    channel->bytes += bytes.length;
    return status == SMIN_E_NOMEM ? status : SMIN_OK;
}

/* What came before its command was known. */
static int32_t flush(struct smin_thread *thread, struct smini_ftp_channel *channel)
{
    struct smini_span held = smini_bytebuf_span(&channel->held);
    uint64_t gap = channel->held_gap;
    bool reversed = channel->verb != SMINI_FTP_NONE && channel->held_direction != smini_ftp_channel_direction(channel);
    int32_t status = SMIN_OK;
    if (held.length == 0 && gap == 0)
        return SMIN_OK;
    if (reversed)
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_DATA_REVERSED, held.length);
    else if (held.length > 0)
        status = take(thread, channel, held);
    if (gap > 0 && !reversed)
        skip(thread, channel, gap);
    thread->held_bytes -= held.length;
    channel->held_gap = 0;
    smini_bytebuf_free(&channel->held);
    return status;
}

/* Without a command, waits for it, as far as there is room. True: the bytes wait, or are none of the file's. */
static bool hold(struct smin_thread *thread, struct smini_ftp_channel *channel, uint32_t direction,
                 struct smini_span bytes)
{
    bool first = channel->held.length == 0 && channel->held_gap == 0;
    if (channel->verb != SMINI_FTP_NONE || channel->begun)
        return false;
    if (first)
        channel->held_direction = (uint8_t)direction;
    if (channel->held_direction != direction) {
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_DATA_REVERSED, bytes.length);
        return true;
    }
    if (channel->held_gap == 0 && bytes.length <= SMINI_FTP_HELD_TOTAL - thread->held_bytes &&
        bytes.length <= SMINI_FTP_HELD_BYTES - channel->held.length &&
        smini_bytebuf_add(&channel->held, bytes) == SMIN_OK) {
        thread->held_bytes += bytes.length;
        return true;
    }
    thread->stats.limit_hits++;
    smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_LIMIT_HELD, channel->held.length);
    return false;
}

/* What comes from the side that should take the file is no part of it. */
static bool reversed(struct smin_thread *thread, struct smini_ftp_channel *channel, uint32_t direction, uint64_t length)
{
    if (direction_of(channel) == direction)
        return false;
    smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_DATA_REVERSED, length);
    return true;
}

int32_t smini_ftp_transfer_bytes(struct smin_thread *thread, struct smini_ftp_channel *channel, uint32_t direction,
                                 struct smini_span bytes)
{
    if (bytes.length == 0 || hold(thread, channel, direction, bytes))
        return SMIN_OK;
    int32_t status = flush(thread, channel);
    if (status != SMIN_OK || reversed(thread, channel, direction, bytes.length))
        return status;
    return take(thread, channel, bytes);
}

int32_t smini_ftp_transfer_gap(struct smin_thread *thread, struct smini_ftp_channel *channel, uint32_t direction,
                               uint64_t length)
{
    if (channel->verb == SMINI_FTP_NONE && !channel->begun && channel->held.length == 0 && channel->held_gap == 0)
        channel->held_direction = (uint8_t)direction;
    int32_t status = channel->verb == SMINI_FTP_NONE && !channel->begun ? SMIN_OK : flush(thread, channel);
    if (status != SMIN_OK || reversed(thread, channel, direction, length))
        return status;
    smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_DATA_GAP, length);
    if (channel->verb == SMINI_FTP_NONE && !channel->begun)
        channel->held_gap += length;
    else
        skip(thread, channel, length);
    return SMIN_OK;
}

/* SMIN_FILE_*: a file is whole when its sender closed the connection, and the server said so too. */
static uint32_t state_of(const struct smini_ftp_channel *channel)
{
    bool refused = channel->code >= 400;
    bool moved = channel->bytes > 0 || channel->gap_bytes > 0;
    if (refused && !moved)
        return SMIN_FILE_REFUSED;
    if (refused || !channel->carried || !channel->finished || channel->gap_bytes > 0 || channel->restart > 0)
        return SMIN_FILE_TRUNCATED;
    return channel->code / 100 == 2 ? SMIN_FILE_CLOSED : SMIN_FILE_UNCONFIRMED;
}

static void note_ending(struct smin_thread *thread, struct smini_ftp_channel *channel, uint32_t state)
{
    if (channel->code == 0)
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_UNANSWERED, 0);
    if (!channel->carried && channel->code / 100 == 2)
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_DATA_UNSEEN, channel->code);
    if (channel->restart > 0)
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_PARTIAL, channel->restart);
    if (state == SMIN_FILE_REFUSED)
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_REFUSED, channel->code);
    else if (state == SMIN_FILE_TRUNCATED && (channel->restart == 0 || !channel->finished))
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_INCOMPLETE, channel->bytes);
    if (state != SMIN_FILE_REFUSED && state != SMIN_FILE_TRUNCATED && channel->type == 'I' &&
        channel->declared != UINT64_MAX && channel->declared != channel->bytes)
        smini_ftp_channel_note(thread, channel, SMINI_FTP_EVENT_SIZE_MISMATCH, channel->declared);
}

static void finish(struct smin_thread *thread, struct smini_ftp_channel *channel)
{
    const struct smin_ext_file *host = thread->instance->guest.file;
    channel->told = true;
    (void)flush(thread, channel); /* no memory: the prefix ends early, and its field says so */
    if (!is_file(channel) || (channel->verb == SMINI_FTP_NONE && !channel->begun))
        return;
    uint32_t state = state_of(channel);
    begin(thread, channel);
    note_ending(thread, channel, state);
    if (channel->file)
        host->end(thread->instance->guest.host.user, channel->file, state, thread->input->time_ns,
                  thread->input->packet_number);
    channel->file = NULL;
    smini_ftp_tell_transfer(thread, channel, state);
}

/* Nothing more will come that could change what is told. */
static bool ripe(const struct smini_ftp_channel *channel)
{
    if (channel->carrier)
        return false;
    if (channel->control_over)
        return channel->carried || (channel->proven && channel->verb != SMINI_FTP_NONE);
    if (channel->carried)
        return channel->begun || channel->code != 0;
    return channel->code >= 400 && channel->proven;
}

void smini_ftp_transfer_settle(struct smin_thread *thread, struct smini_ftp_channel *channel)
{
    if (!channel->told && ripe(channel))
        finish(thread, channel);
}

void smini_ftp_transfer_carried(struct smin_thread *thread, struct smini_ftp_channel *channel, const bool finished[2])
{
    channel->finished = channel->verb == SMINI_FTP_NONE && channel->held.length == 0 && !channel->begun
                            ? finished[0] || finished[1]
                            : finished[direction_of(channel)];
    channel->carrier = NULL;
    if (channel->verb != SMINI_FTP_NONE)
        begin(thread, channel); /* an empty file is one */
    smini_ftp_transfer_settle(thread, channel);
}
