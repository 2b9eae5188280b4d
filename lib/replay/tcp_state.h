/* SPDX-License-Identifier: BSD-2-Clause */
/* TCP as a connection: opening, closing, windows, and the facts about packets a receiver would not have taken. */
#ifndef SMINI_TCP_STATE_H
#define SMINI_TCP_STATE_H

#include "replay/pump.h"

enum { SMINI_TCP_FIN = 1, SMINI_TCP_SYN = 2, SMINI_TCP_RST = 4, SMINI_TCP_PSH = 8, SMINI_TCP_ACK = 16, SMINI_TCP_URG = 32 };

enum smini_tcp_outcome {
    SMINI_TCP_TAKEN,
    SMINI_TCP_NEW_CONNECTION /* the packet belongs to a new connection between the same ports: nothing was done with it */
};

/* A packet of a flow with extended state. */
enum smini_tcp_outcome smini_tcp_packet(struct smini_run *run, struct smini_flow *flow, unsigned direction,
                                        const struct smini_dissected *dissected);

/*
 * A packet of a flow of which only the record is kept. `*flow` becomes non-NULL
 * when somebody may want it: the packet is then still to be given to
 * smini_tcp_packet.
 */
enum smini_tcp_outcome smini_tcp_light(struct smini_run *run, uint32_t index, unsigned direction,
                                       struct smini_dissected *dissected, struct smini_flow **flow);

/*
 * Nothing to do but count: the flow has no extended state, its connection does
 * not change, and its payload, if any, is of a direction that was turned down.
 */
static inline bool smini_tcp_idle(const struct smini_flow_record *record, unsigned direction,
                                  const struct smini_dissected *dissected)
{
    if ((record->state & SMINI_RECORD_EXTENDED) ||
        (dissected->tcp_flags & (SMINI_TCP_SYN | SMINI_TCP_FIN | SMINI_TCP_RST)))
        return false;
    return dissected->payload_bytes == 0 || ((record->state & SMINI_RECORD_IGNORED << direction) &&
                                             record->next[direction] != dissected->sequence);
}

/* Verifies checksums as the options say. False: the packet is to be dropped. */
bool smini_tcp_checksum(struct smini_run *run, struct smini_dissected *dissected);

/* Facts that the record alone tells. */
uint32_t smini_tcp_record_facts(const struct smini_flow_record *record);

#endif
