/* SPDX-License-Identifier: BSD-2-Clause */
/* What rules may ask about a flow. */
#ifndef SMINI_MATCH_FACTS_H
#define SMINI_MATCH_FACTS_H

#include "base/span.h"

struct smini_flow_facts {
    uint8_t ip_version;  /* 4, 6, or 0 when unknown: then only rules for any address match */
    bool established;    /* the handshake was seen or lies before what was seen, or data flowed both ways */
    uint16_t client_port;
    uint16_t server_port;
    uint8_t client_address[16]; /* IPv4 in the first four bytes */
    uint8_t server_address[16];
};

#endif
