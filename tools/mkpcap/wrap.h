/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands around an IP packet: tags, tunnels, link layers. */
#ifndef SMINI_WRAP_H
#define SMINI_WRAP_H

#include "capture_file.h"
#include "packets.h"

/* Is there a tag or tunnel of that name? vlan qinq mpls pppoe gre erspan2 vxlan geneve gtpu ipip */
bool smini_wrap_known(const char *name);

/* Puts one around the frame; `sequence` counts the packets, for tunnels that do. */
void smini_wrap_frame(struct smini_packets *packets, struct smini_store *store, const char *name,
                      struct smini_frame *frame, uint32_t sequence);

/* The record as it stands in a capture of that link type. */
void smini_wrap_link(struct smini_store *store, const struct smini_capture_format *format, struct smini_frame *frame);

#endif
