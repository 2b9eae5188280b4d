/* SPDX-License-Identifier: BSD-2-Clause */
/* What an inspector is told of a flow, out of the engine's flow. */
#ifndef SMINI_SURICATA_FLOW_FACTS_H
#define SMINI_SURICATA_FLOW_FACTS_H

#include "smin/abi.h"
#include "suricata8/engine_api.h"

/* The client is who opened the connection, also when the engine saw the answer first. `stream_flags`: of a slice. */
void smini_suricata_flow_facts(const struct smini_engine_flow *flow, uint8_t stream_flags, struct smin_flow_info *info);

/* SMIN_FLOW_*. */
uint16_t smini_suricata_flow_flags(uint8_t stream_flags);

/* Of the packet that the engine works on. */
uint64_t smini_suricata_flow_time_ns(const struct smini_engine_flow *flow);

#endif
