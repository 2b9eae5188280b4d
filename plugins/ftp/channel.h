/* SPDX-License-Identifier: BSD-2-Clause */
/* Data connections: made by what the control connection says, found again by the flows that fit it. */
#ifndef SMINI_FTP_CHANNEL_H
#define SMINI_FTP_CHANNEL_H

#include "ftp/report.h"

/* A channel of the control flow at hand, with one user. NULL: no memory. */
struct smini_ftp_channel *smini_ftp_channel_new(struct smin_thread *thread, enum smini_ftp_how how);

/* The channel that a context names, or NULL. */
struct smini_ftp_channel *smini_ftp_channel_find(const struct smin_thread *thread, const uint8_t *context,
                                                 uint32_t length);

/* One user less; the last one takes it with him. */
void smini_ftp_channel_leave(struct smin_thread *thread, struct smini_ftp_channel *channel);

/* Tells the host what flow to expect, once it is known where that is made to; again when the file has a name. */
void smini_ftp_channel_announce(struct smin_thread *thread, struct smini_ftp_channel *channel);

/* An event to be told with the file; each once. */
void smini_ftp_channel_note(struct smin_thread *thread, struct smini_ftp_channel *channel, uint32_t event,
                            uint64_t number);

/* The direction of the data flow in which the file goes. */
uint32_t smini_ftp_channel_direction(const struct smini_ftp_channel *channel);

#endif
