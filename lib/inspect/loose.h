/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stream bytes that belong to no message, for plain tcp rules. They are judged
 * at places that depend on byte positions alone: before a message, after every
 * fixed amount, at a gap and at the end.
 */
#ifndef SMINI_LOOSE_H
#define SMINI_LOOSE_H

#include "inspect/flow_state.h"

/* Prepares a direction that plain tcp rules look at. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_loose_begin(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction, uint64_t offset);
void smini_loose_free(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction);

/* How many more bytes may be kept before smini_loose_kept() has to be called. At least 1. */
uint32_t smini_loose_room(const struct smin_flow *flow, uint32_t direction);

/* Keeps bytes, at most smini_loose_room() of them, before the decoder sees them. */
void smini_loose_keep(struct smin_flow *flow, uint32_t direction, const uint8_t *bytes, size_t length);

/* After the decoder saw them: judges the older half when there is no room left. */
void smini_loose_kept(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction);

/* A message begins at `offset`: what lies before it is judged. */
void smini_loose_before(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction, uint64_t offset);

/* A message ended before `offset`: what lies before that was judged with it. */
void smini_loose_claimed(struct smin_flow *flow, uint32_t direction, uint64_t offset);

/* A gap or the end: everything is judged; what comes next stands at `offset`. */
void smini_loose_break(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction, uint64_t offset);

/* Gives bytes to the matcher and hands its alerts to the host (deliver.c). */
void smini_loose_judge(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction, uint64_t offset,
                       struct smini_span bytes);

#endif
