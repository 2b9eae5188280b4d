/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a URL in a message leads to: any text field of any inspector that begins scheme://host/path. The transfer itself
 * is Wireshark's business; here it is recognised by the names that Wireshark's own dissectors found, and joined.
 */
#ifndef SMINI_WIRESHARK_TRANSFER_H
#define SMINI_WIRESHARK_TRANSFER_H

#include "wireshark/adapter.h"
#include "wireshark/keep.h"

void smini_ws_transfer_handoff(void);

/* Adds the fields with file names in other protocols to those that are wanted of every packet. */
void smini_ws_transfer_want(GArray *wanted);

/* The URLs of a message, on the first visit. */
void smini_ws_transfer_note(const struct smini_ws_adapter *adapter, struct smini_ws_kept *kept);

/* Any packet: is it the first of a transfer? */
void smini_ws_transfer_packet(const struct smini_ws_adapter *adapter, tvbuff_t *tvb, packet_info *pinfo,
                              proto_tree *tree);

#endif
