/* SPDX-License-Identifier: BSD-2-Clause */
/* Link types of capture files (LINKTYPE_ numbers) that can be read. */
#ifndef SMINI_LINK_H
#define SMINI_LINK_H

#include <stdbool.h>
#include <stdint.h>

enum {
    SMINI_LINK_NULL = 0,
    SMINI_LINK_ETHERNET = 1,
    SMINI_LINK_PPP = 9,
    SMINI_LINK_RAW_BSD = 12, /* raw IP as written by systems whose DLT number leaked into files */
    SMINI_LINK_RAW_OPENBSD = 14,
    SMINI_LINK_PPP_SERIAL = 50,
    SMINI_LINK_PPP_ETHER = 51,
    SMINI_LINK_RAW = 101,
    SMINI_LINK_CISCO_HDLC = 104,
    SMINI_LINK_LOOP = 108,
    SMINI_LINK_SLL = 113,
    SMINI_LINK_MPLS = 219,
    SMINI_LINK_IPV4 = 228,
    SMINI_LINK_IPV6 = 229,
    SMINI_LINK_SLL2 = 276
};

/* False: packets of this type are counted and nothing more. */
bool smini_link_known(uint32_t link_type);

/* Version of IP, 4 or 6, behind the four bytes of a NULL or LOOP header; 0: something else. */
uint8_t smini_link_family(const uint8_t header[4]);

#endif
