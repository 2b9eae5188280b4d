/* SPDX-License-Identifier: BSD-2-Clause */
/* Asking and feeding the inspector. Everything happens at the connection's moment. */
#ifndef SMINI_WIRESHARK_FEED_H
#define SMINI_WIRESHARK_FEED_H

#include "wireshark/connection.h"

/* The first bytes of a direction. SMIN_PROBE_*. */
int32_t smini_ws_feed_probe(struct smini_ws_connection *connection, unsigned direction, const uint8_t *bytes,
                            uint32_t length);

/* The direction is the inspector's from now on. False: it failed. */
bool smini_ws_feed_claim(struct smini_ws_connection *connection, unsigned direction);

void smini_ws_feed_bytes(struct smini_ws_connection *connection, unsigned direction, const uint8_t *bytes,
                         uint32_t length);
/* The next bytes are missing; also where the direction is not decided yet. */
void smini_ws_feed_gap(struct smini_ws_connection *connection, unsigned direction, uint64_t length);
void smini_ws_feed_end(struct smini_ws_connection *connection, unsigned direction);

/* Nobody wants this direction any more. */
void smini_ws_feed_ignore(struct smini_ws_connection *connection, unsigned direction);

#endif
