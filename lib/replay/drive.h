/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets in batches: look at all, fetch what they need, then work on them in order. */
#ifndef SMINI_DRIVE_H
#define SMINI_DRIVE_H

#include "replay/pump.h"

/* Makes a run ready for a capture. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_pump_begin(struct smini_run *run);

/* At most SMINI_CAPTURE_BATCH packets. */
void smini_pump_batch(struct smini_run *run, const struct smini_packet *packets, uint32_t count);

/* Ends what is open, tells it and the counters, and gives the memory of flows back. */
void smini_pump_end(struct smini_run *run);

#endif
