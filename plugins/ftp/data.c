/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/data.h"

void smini_ftp_data_join(struct smin_flow *flow, struct smini_ftp_channel *channel)
{
    flow->channel = channel;
    channel->users++;
    if (channel->carried || channel->told)
        return;
    channel->carrier = flow;
    channel->carried = true;
}

/* NULL: the flow carries nothing. */
static struct smini_ftp_channel *carried_by(struct smin_thread *thread, struct smin_flow *flow)
{
    struct smini_ftp_channel *channel = flow->channel;
    if (channel && channel->carrier == flow)
        return channel;
    if (channel && channel->carried)
        smini_ftp_tell(thread, SMINI_FTP_EVENT_DATA_SECOND, channel->end.port);
    return NULL;
}

int32_t smini_ftp_data_feed(struct smin_thread *thread, struct smin_flow *flow)
{
    const struct smin_input *input = thread->input;
    struct smini_ftp_channel *channel = carried_by(thread, flow);
    if (!channel)
        return SMIN_OK;
    return smini_ftp_transfer_bytes(thread, channel, input->direction,
                                    smini_span_make(input->bytes, (size_t)input->length));
}

int32_t smini_ftp_data_gap(struct smin_thread *thread, struct smin_flow *flow)
{
    struct smini_ftp_channel *channel = carried_by(thread, flow);
    return channel ? smini_ftp_transfer_gap(thread, channel, thread->input->direction, thread->input->length)
                   : SMIN_OK;
}

void smini_ftp_data_end(struct smin_thread *thread, struct smin_flow *flow)
{
    struct smini_ftp_channel *channel = flow->channel;
    if (channel && channel->carrier == flow)
        smini_ftp_transfer_carried(thread, channel, flow->finished);
}

void smini_ftp_data_leave(struct smin_thread *thread, struct smin_flow *flow)
{
    struct smini_ftp_channel *channel = flow->channel;
    if (!channel)
        return;
    if (channel->carrier == flow) { /* it was not ended: its file went with it */
        channel->carrier = NULL;
        channel->file = NULL;
        channel->told = true;
    }
    flow->channel = NULL;
    smini_ftp_channel_leave(thread, channel);
}
