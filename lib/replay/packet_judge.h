/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Packets as such, for inspectors whose rules look at them (smin.packet/1).
 * When none does, nothing here is called and nothing is kept.
 */
#ifndef SMINI_PACKET_JUDGE_H
#define SMINI_PACKET_JUDGE_H

#include "replay/pump.h"

/*
 * Gives a packet to every inspector that wants packets. `index` is the record
 * of its flow, 0 when it has none. A packet that a receiver would not have
 * taken is judged too, except with a wrong checksum when those are dropped.
 */
void smini_packet_judge(struct smini_run *run, struct smini_dissected *dissected, uint32_t index, unsigned direction);

/* What an inspector delivers about a packet; `reading` is of mode SMINI_DELIVER_PACKET. */
void smini_packet_output(struct smini_flow_reading *reading, const struct smin_output *output);

#endif
