/* SPDX-License-Identifier: BSD-2-Clause */
/* How flows begin, gain and lose their extended state, and end. */
#ifndef SMINI_FLOW_LIFE_H
#define SMINI_FLOW_LIFE_H

#include "replay/pump.h"

/* Index of a new flow, or 0: no memory, which was reported. */
uint32_t smini_flow_open(struct smini_run *run, const struct smini_flow_key *key,
                         const struct smini_dissected *dissected);

/* Gives a record its extended state. NULL: no memory; reported, and both directions are ignored from now on. */
struct smini_flow *smini_flow_extend(struct smini_run *run, uint32_t index);

/* Takes the extended state away again when nobody wants the flow. */
void smini_flow_relax(struct smini_run *run, struct smini_flow *flow);

/* `reason` as in struct smini_flow_view. The record is gone afterwards. */
void smini_flow_close(struct smini_run *run, uint32_t index, const char *reason);

/* The shortest silence that ends any flow. */
uint32_t smini_flow_least_silence(const struct smini_run *run);

/* True when the flow has been silent for longer than its state allows. */
bool smini_flow_expired(const struct smini_run *run, const struct smini_flow_record *record, uint32_t now_tick);

/* "shutdown" for a flow that had closed, else "timeout". */
const char *smini_flow_silence(const struct smini_flow_record *record);

/* Ends silent flows among the next few records; called now and then. */
void smini_flow_sweep(struct smini_run *run);

/* The capture ended: ends all flows, in the order of their first packets, and tells them. */
void smini_flow_close_all(struct smini_run *run);

static inline struct smini_flow *smini_flow_at(const struct smini_run *run, const struct smini_flow_record *record)
{
    return record->state & SMINI_RECORD_EXTENDED ? smini_arena_at(&run->flows, record->extended) : NULL;
}

#endif
