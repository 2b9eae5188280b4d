/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef SMINI_WIRESHARK_EXCHANGE_H
#define SMINI_WIRESHARK_EXCHANGE_H

#include "wireshark/connection.h"

/*
 * Joins a message to the server with its answer. The table of messages says which way a kind goes; the oldest message
 * without an answer is the one that is answered.
 */
void smini_ws_exchange_note(struct smini_ws_connection *connection, struct smini_ws_kept *kept);

#endif
