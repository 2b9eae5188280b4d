/* SPDX-License-Identifier: BSD-2-Clause */
/* A flow as others see it: for records, and for inspectors. */
#ifndef SMINI_FLOW_VIEW_H
#define SMINI_FLOW_VIEW_H

#include "replay/pump.h"

/* Borrows from the run until the flow ends. */
void smini_flow_view_make(const struct smini_run *run, struct smini_flow *flow, struct smini_flow_view *view);

/* The same of a flow without extended state, flow_id and state excepted. */
void smini_flow_view_record(const struct smini_run *run, const struct smini_flow_record *record,
                            struct smini_flow_view *view);

/* SMIN_FLOW_* by its packets alone, the one at hand included. */
uint32_t smini_flow_record_flags(const struct smini_flow_record *record);

/* What an inspector is told when it is asked for the flow. */
void smini_flow_info_make(const struct smini_run *run, const struct smini_flow_record *record, uint32_t flags,
                          struct smin_flow_info *info);

/* SMIN_FLOW_* as known by now. */
uint32_t smini_flow_input_flags(const struct smini_run *run, const struct smini_flow *flow);

/* Everyday traffic of which nothing was delivered: neither it nor what befell its stream is told. */
bool smini_flow_is_quiet(const struct smini_run *run, const struct smini_flow *flow);

/*
 * Number of a flow in records, 53 bits: from who talks to whom, around what,
 * and when it began; independent of the run's secret.
 */
uint64_t smini_flow_id(const struct smini_flow_view *view);
uint64_t smini_flow_record_id(const struct smini_run *run, const struct smini_flow_record *record);

#endif
