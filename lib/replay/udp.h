/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Datagrams, for inspectors that read them. The first datagram of each
 * direction is probed; a direction that was turned down stays so. When no
 * inspector reads datagrams they are counted and nothing else.
 */
#ifndef SMINI_UDP_H
#define SMINI_UDP_H

#include "replay/pump.h"

/* A UDP packet of the flow at `index`. */
void smini_udp_packet(struct smini_run *run, uint32_t index, unsigned direction, struct smini_dissected *dissected);

#endif
