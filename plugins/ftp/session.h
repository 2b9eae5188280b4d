/* SPDX-License-Identifier: BSD-2-Clause */
/* A control connection: lines of both sides, and replies counted off against commands in their order. */
#ifndef SMINI_FTP_SESSION_H
#define SMINI_FTP_SESSION_H

#include "ftp/transfer.h"

/* NULL: no memory. */
struct smini_ftp_session *smini_ftp_session_new(struct smin_thread *thread, const struct smin_flow_info *info);
void smini_ftp_session_free(struct smin_thread *thread, struct smini_ftp_session *session);

/* Input of the control flow at hand. SMIN_OK, SMIN_DONE: it is something else, SMIN_E_NOMEM. */
int32_t smini_ftp_session_feed(struct smin_thread *thread, struct smini_ftp_session *session);
void smini_ftp_session_gap(struct smin_thread *thread, struct smini_ftp_session *session);

/* Both directions are over: what is still open will not be answered. */
void smini_ftp_session_end(struct smin_thread *thread, struct smini_ftp_session *session);

#endif
