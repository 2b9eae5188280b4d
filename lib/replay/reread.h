/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A flow is read once more, from its trail: first silently as it was
 * delivered, to know what that reading says, then with the last copies in
 * place. Both readings begin at the same byte, so that only what the copies
 * changed makes a difference.
 */
#ifndef SMINI_REREAD_H
#define SMINI_REREAD_H

#include "replay/pump.h"

void smini_reread(struct smini_run *run, struct smini_flow *flow);

/* Remembers an output of the silent reading. */
void smini_reread_collect(struct smini_run *run, const struct smini_flow *flow, const struct smin_output *output);

/* Did the silent reading say this too? */
bool smini_reread_known(const struct smini_run *run, const struct smin_output *output);

#endif
