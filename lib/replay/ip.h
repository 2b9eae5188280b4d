/* SPDX-License-Identifier: BSD-2-Clause */
/* IP protocol numbers this reader knows, and the shape of IPv6 extension headers. */
#ifndef SMINI_IP_H
#define SMINI_IP_H

#include <stdint.h>

enum {
    SMINI_IP_HOP_BY_HOP = 0,
    SMINI_IP_IN_IP = 4,
    SMINI_IP_TCP = 6,
    SMINI_IP_UDP = 17,
    SMINI_IP_SIX_IN_IP = 41,
    SMINI_IP_ROUTING = 43,
    SMINI_IP_FRAGMENT = 44,
    SMINI_IP_GRE = 47,
    SMINI_IP_AH = 51,
    SMINI_IP_DESTINATION = 60,
    SMINI_IP_MOBILITY = 135,
    SMINI_IP_HIP = 139,
    SMINI_IP_SHIM6 = 140
};

/* Length of the extension header `protocol` whose first two bytes are at `header`; 0 when it is none. */
uint32_t smini_ip_extension_length(uint8_t protocol, const uint8_t *header);

#endif
