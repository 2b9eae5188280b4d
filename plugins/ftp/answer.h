/* SPDX-License-Identifier: BSD-2-Clause */
/* What replies mean for the commands that they answer. */
#ifndef SMINI_FTP_ANSWER_H
#define SMINI_FTP_ANSWER_H

#include "ftp/transfer.h"

/* The last reply to a command, with the 1yz before it. False: this command has no such reply. */
bool smini_ftp_answer(struct smin_thread *thread, struct smini_ftp_session *session, const struct smini_ftp_open *open,
                      const struct smini_ftp_early *reply);

/* A reply of which it is not known what it answers. */
void smini_ftp_answer_adrift(struct smin_thread *thread, struct smini_ftp_session *session, uint16_t code);

#endif
