/* SPDX-License-Identifier: BSD-2-Clause */
/* Flows that ended, told in the order of their first packets. */
#ifndef SMINI_FLOW_REPORT_H
#define SMINI_FLOW_REPORT_H

#include "replay/pump.h"

/*
 * Keeps the flow's view until the capture ends, or until so many wait that
 * they are told early: memory stays bounded, and the order holds within what
 * waited together.
 */
void smini_flow_report(struct smini_run *run, struct smini_flow *flow, const char *reason);

/* Tells all that wait. */
void smini_flow_report_all(struct smini_run *run);

#endif
