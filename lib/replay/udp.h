/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Datagrams: each is handed on by itself, to at most two inspectors of its
 * flow (one that decodes, one whose rules look at it). Without an inspector
 * that reads datagrams they are counted and nothing else.
 */
#ifndef SMINI_UDP_H
#define SMINI_UDP_H

#include "replay/pump.h"

/* Is this datagram, of no flow so far, a reason to begin one? */
bool smini_udp_wanted(struct smini_run *run, const struct smini_dissected *dissected);

/* A datagram of the flow with that record. */
void smini_udp_packet(struct smini_run *run, uint32_t index, unsigned direction, struct smini_dissected *dissected);

#endif
