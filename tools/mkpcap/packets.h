/* SPDX-License-Identifier: BSD-2-Clause */
/* Descriptions to IP packets, checksums included. */
#ifndef SMINI_PACKETS_H
#define SMINI_PACKETS_H

#include "frames.h"

struct smini_packets;

struct smini_packets *smini_packets_new(struct smini_store *store);

/* Afterwards the frame is of kind IP and its shim names IPv4 or IPv6. Frames of kind IP and LINK stay as they are. */
void smini_packets_render(struct smini_packets *packets, struct smini_frame *frame);

void smini_packets_free(struct smini_packets *packets);

#endif
