/* SPDX-License-Identifier: BSD-2-Clause */
/* A data connection: its bytes are a file. */
#ifndef SMINI_FTP_DATA_H
#define SMINI_FTP_DATA_H

#include "ftp/transfer.h"

/* The flow that is being made carries the channel from now on, unless another one does. */
void smini_ftp_data_join(struct smin_flow *flow, struct smini_ftp_channel *channel);

/* Input of the data flow at hand. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_ftp_data_feed(struct smin_thread *thread, struct smin_flow *flow);
int32_t smini_ftp_data_gap(struct smin_thread *thread, struct smin_flow *flow);

/* Both directions are over. */
void smini_ftp_data_end(struct smin_thread *thread, struct smin_flow *flow);

/* The flow goes; without a word. */
void smini_ftp_data_leave(struct smin_thread *thread, struct smin_flow *flow);

#endif
