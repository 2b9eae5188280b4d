/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/foreign.h"

#include "base/address.h"

bool smini_foreign_url(struct smini_span url, uint8_t ip_version, const uint8_t *peer)
{
    uint8_t address[16];
    uint8_t family = smini_address_read(smini_url_host(url), address);
    return family != 0 && (family != ip_version || memcmp(address, peer, family == 4 ? 4 : 16) != 0);
}
