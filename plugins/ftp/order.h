/* SPDX-License-Identifier: BSD-2-Clause */
/* What commands do: to the session's state, and to its channels. */
#ifndef SMINI_FTP_ORDER_H
#define SMINI_FTP_ORDER_H

#include "ftp/transfer.h"

/* Does what the command says, as if it will succeed; `open` gets what its reply will be about. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_ftp_order(struct smin_thread *thread, struct smini_ftp_session *session,
                        const struct smini_ftp_command *command, struct smini_ftp_open *open);

#endif
