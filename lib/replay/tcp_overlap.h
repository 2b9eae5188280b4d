/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies of a byte that disagree. Live delivery is the reading in which the
 * first copy stands. From the first disagreement on the window of the trail
 * stays where it is; when the flow ends, or the window is full, the flow is
 * read once more with the last copies in place, and what comes out otherwise
 * than in the first reading is passed on. Never more than two readings.
 */
#ifndef SMINI_TCP_OVERLAP_H
#define SMINI_TCP_OVERLAP_H

#include "replay/pump.h"

/* A copy of bytes that were delivered, or given up, before. All of it lies before side->next. */
void smini_overlap_copy(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint64_t offset,
                        const uint8_t *bytes, uint32_t length);

/* This copy disagrees with one that came before it. */
void smini_overlap_differs(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint64_t offset,
                           const uint8_t *bytes, uint32_t length);

/* Gives the last reading, where one is due, and forgets the later copies. */
void smini_overlap_resolve(struct smini_run *run, struct smini_flow *flow);

/* Gives the memory of later copies back. */
void smini_overlap_clear(struct smini_run *run, struct smini_flow *flow);

/* Sends an inspector's output where its reading belongs. */
void smini_overlap_output(struct smini_flow_reading *reading, const struct smin_output *output);

#endif
