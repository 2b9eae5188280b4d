/* SPDX-License-Identifier: BSD-2-Clause */
/* What a datagram means for its flow. */
#ifndef SMINI_TFTP_FLOW_H
#define SMINI_TFTP_FLOW_H

#include "tftp/state.h"

/* SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_tftp_flow_datagram(struct smin_thread *thread, struct smin_flow *flow);

/* No more datagrams: what is under way is told as it stands. */
void smini_tftp_flow_end(struct smin_thread *thread, struct smin_flow *flow);

#endif
