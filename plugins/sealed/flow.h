/* SPDX-License-Identifier: BSD-2-Clause */
/* A flow that was announced: counted, and told when it ends. */
#ifndef SMINI_SEALED_FLOW_H
#define SMINI_SEALED_FLOW_H

#include "sealed/state.h"
#include "sealed/tables.h"

/* SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_sealed_flow_bytes(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input);
void smini_sealed_flow_gap(struct smin_flow *flow, const struct smin_input *input);

/* A direction ends: with it, or with the other one, so does the flow. */
void smini_sealed_flow_end(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input);

#endif
