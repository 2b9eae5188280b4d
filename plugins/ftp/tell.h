/* SPDX-License-Identifier: BSD-2-Clause */
/* The message about a transfer. */
#ifndef SMINI_FTP_TELL_H
#define SMINI_FTP_TELL_H

#include "ftp/channel.h"

/* `state` is SMIN_FILE_*. */
void smini_ftp_tell_transfer(struct smin_thread *thread, const struct smini_ftp_channel *channel, uint32_t state);

#endif
