/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Segments that the TCP dissector keeps to itself: by default it calls nobody for what it takes for a retransmission or
 * for out of order. The bytes are wanted all the same; its own fields have them.
 */
#ifndef SMINI_WIRESHARK_WITHHELD_H
#define SMINI_WIRESHARK_WITHHELD_H

#include "wireshark/ws.h"

void smini_ws_withheld_handoff(void);

/* Adds the fields that are wanted of every packet. */
void smini_ws_withheld_want(GArray *wanted);

/* On the first visit: the payload of the packet's innermost TCP segment, and what TCP would have said of it; or NULL. */
tvbuff_t *smini_ws_withheld_payload(const proto_tree *tree, const struct tcp_analysis *analysis, struct tcpinfo *tcp);

/* On any visit: the same payload, where the tree is one that is looked at; else NULL. */
tvbuff_t *smini_ws_withheld_shown(proto_tree *tree);

/* Does TCP count sequence numbers from the beginning of the connection? */
bool smini_ws_numbers_are_relative(void);

#endif
