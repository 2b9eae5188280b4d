/* SPDX-License-Identifier: BSD-2-Clause */
/* "-z NAME,tree" and Statistics > NAME: messages by name and direction, events by name. */
#ifndef SMINI_WIRESHARK_STATISTICS_H
#define SMINI_WIRESHARK_STATISTICS_H

#include "wireshark/adapter.h"
#include "wireshark/keep.h"

void smini_ws_statistics_register(const struct smini_ws_adapter *adapter);
/* Hands an output to whoever listens. */
void smini_ws_statistics_note(const struct smini_ws_adapter *adapter, packet_info *pinfo,
                              const struct smini_ws_kept *kept);

#endif
