/* SPDX-License-Identifier: BSD-2-Clause */
/* A packet of a capture as the frame that goes onto an Ethernet, or why there is none. */
#ifndef SMINI_TOOL_INJECT_FRAME_H
#define SMINI_TOOL_INJECT_FRAME_H

#include <stdbool.h>

#include "replay/packet.h"

enum { SMINI_ETHERNET_HEADER = 14, SMINI_ETHERNET_TAG = 4 };

enum smini_left_out {
    SMINI_LEFT_NOTHING, /* there is a frame */
    SMINI_LEFT_CUT,     /* the capture holds fewer bytes than the wire had */
    SMINI_LEFT_LONG,    /* longer than the interface takes */
    SMINI_LEFT_SHORT,   /* shorter than an Ethernet header */
    SMINI_LEFT_LINK,    /* of another link type, and nothing that an Ethernet carries */
    SMINI_LEFT_REASONS
};

struct smini_inject_frame {
    const uint8_t *bytes;
    uint32_t length;
    bool headed; /* the header is ours: the capture has none */
};

/*
 * `room` takes SMINI_ETHERNET_HEADER + SMINI_ETHERNET_TAG + mtu bytes: a packet
 * without an Ethernet header is copied behind one. SMINI_LEFT_NOTHING: `frame` is valid as long as the packet.
 */
enum smini_left_out smini_inject_frame_make(const struct smini_packet *packet, uint32_t mtu, uint8_t *room,
                                            struct smini_inject_frame *frame);

#endif
