/* SPDX-License-Identifier: BSD-2-Clause */
/* From what was kept to what is shown: tree, columns, expert information, taps. */
#ifndef SMINI_WIRESHARK_DRAW_H
#define SMINI_WIRESHARK_DRAW_H

#include "wireshark/connection.h"

/* Where things are shown. */
struct smini_ws_canvas {
    const struct smini_ws_adapter *adapter;
    packet_info *pinfo;
    proto_tree *tree; /* may be NULL */
    tvbuff_t *tvb;    /* of the piece, or of the frame */
    const struct smini_ws_piece *piece;
};

/* A piece of the payload in `tvb`. What it is goes behind what the info column has. */
void smini_ws_draw_piece(const struct smini_ws_adapter *adapter, packet_info *pinfo, proto_tree *tree, tvbuff_t *tvb,
                         const struct smini_ws_piece *piece);

/* The fields of a message into a tree. `tvb` holds the message's bytes, as far as they were retained. */
void smini_ws_draw_fields(const struct smini_ws_canvas *canvas, proto_tree *tree, tvbuff_t *tvb,
                          const struct smini_ws_kept *kept);

/* A frame number as a link, derived from other frames. */
void smini_ws_draw_link(const struct smini_ws_adapter *adapter, proto_tree *tree, tvbuff_t *tvb, enum smini_ws_own which,
                        uint32_t frame);

#endif
