/* SPDX-License-Identifier: BSD-2-Clause */
/* What moves over a channel: held until its command is known, handed to the host, ended and told once. */
#ifndef SMINI_FTP_TRANSFER_H
#define SMINI_FTP_TRANSFER_H

#include "ftp/channel.h"

/* Bytes of the data flow at hand, and bytes that are missing there. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_ftp_transfer_bytes(struct smin_thread *thread, struct smini_ftp_channel *channel, uint32_t direction,
                                 struct smini_span bytes);
int32_t smini_ftp_transfer_gap(struct smin_thread *thread, struct smini_ftp_channel *channel, uint32_t direction,
                               uint64_t length);

/* The data flow at hand is over: closed by the side that sent, or not. */
void smini_ftp_transfer_carried(struct smin_thread *thread, struct smini_ftp_channel *channel, const bool finished[2]);

/* Tells what can be told by now: behind a reply, a command, and the end of the control flow at hand. */
void smini_ftp_transfer_settle(struct smin_thread *thread, struct smini_ftp_channel *channel);

#endif
