/* SPDX-License-Identifier: BSD-2-Clause */
/* From segments to a stream: in order without a copy, the rest held until its turn. */
#ifndef SMINI_TCP_STREAM_H
#define SMINI_TCP_STREAM_H

#include "replay/pump.h"

/* Stream offset of a sequence number, the one nearest to what is wanted next; negative: before the beginning. */
static inline int64_t smini_tcp_offset(const struct smini_tcp_side *side, uint32_t sequence)
{
    uint32_t wanted = side->base + (uint32_t)side->next;
    return (int64_t)side->next + (int32_t)(sequence - wanted);
}

/* Payload of a segment. */
void smini_tcp_segment(struct smini_run *run, struct smini_flow *flow, unsigned direction, int64_t offset,
                       const uint8_t *bytes, uint32_t length);

/* Looks whether what is held behind a hole has waited long enough. Once per packet of the flow. */
void smini_tcp_overdue(struct smini_run *run, struct smini_flow *flow, unsigned direction);

/* The flow ends: everything held is delivered, holes as gaps; bytes too few to judge are judged by the port. */
void smini_tcp_flush(struct smini_run *run, struct smini_flow *flow, unsigned direction);

#endif
