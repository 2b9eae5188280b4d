/* SPDX-License-Identifier: BSD-2-Clause */
/* What Wireshark calls for every segment and every packet. */
#ifndef SMINI_WIRESHARK_DISSECT_H
#define SMINI_WIRESHARK_DISSECT_H

#include "wireshark/ws.h"

/* Payload of a TCP segment: by port, by Decode As, or of a connection that was recognised. */
int smini_ws_dissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
/* Payload of a TCP segment that nobody else wanted. */
smini_ws_bool smini_ws_dissect_any_port(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
/* Any packet, when all else was dissected. */
int smini_ws_dissect_packet(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);

/* Says which fields of other protocols the last one needs; `transfers`: also the names of transferred files. */
void smini_ws_dissect_want(dissector_handle_t handle, bool transfers);

dissector_handle_t smini_ws_stream_handle(void);

#endif
