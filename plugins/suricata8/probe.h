/* SPDX-License-Identifier: BSD-2-Clause */
/* How the engine finds the inspector's protocol: hints of ports, and what streams begin with on any port. */
#ifndef SMINI_SURICATA_PROBE_H
#define SMINI_SURICATA_PROBE_H

#include "suricata8/engine_api.h"

/* The engine's callback: our number, failed, or unknown when more bytes are needed. */
uint16_t smini_suricata_probe(const struct smini_engine_flow *flow, uint8_t flags, const uint8_t *input,
                              uint32_t length, uint8_t *other_direction);

/* So many bytes get an answer that is not "unknown". */
uint16_t smini_suricata_probe_bytes(void);

/* The patterns of smin.detect/1, each confirmed by the probe. */
void smini_suricata_register_patterns(uint16_t protocol);

#endif
