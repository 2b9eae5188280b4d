/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From segments to the stream that the inspector reads: each byte once and in order, holes as gaps. Wireshark's own
 * reassembly is not asked: it hands on nothing of a message whose end never comes, and no gaps.
 */
#ifndef SMINI_WIRESHARK_STREAM_H
#define SMINI_WIRESHARK_STREAM_H

#include "wireshark/connection.h"

/* Payload of a segment. NULL: nobody wants this direction. */
struct smini_ws_piece *smini_ws_stream_segment(struct smini_ws_connection *connection, unsigned direction,
                                               const struct tcpinfo *tcp, const uint8_t *bytes, uint32_t length);

/* Any packet of the connection, behind its payload: what it acknowledges, and what has waited long enough. */
void smini_ws_stream_packet(struct smini_ws_connection *connection, unsigned direction,
                            const struct tcp_analysis *analysis);

/* The connection is over: what is held is delivered, holes as gaps, and both directions end. */
void smini_ws_stream_finish(struct smini_ws_connection *connection);

/* The inspector's flow is freed; it says nothing more. */
void smini_ws_stream_free(struct smini_ws_connection *connection);

#endif
