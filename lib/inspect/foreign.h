/* SPDX-License-Identifier: BSD-2-Clause */
/* Does a URL point at another host than the one that sent it? Only flows know, so the decoder cannot say. */
#ifndef SMINI_FOREIGN_H
#define SMINI_FOREIGN_H

#include "base/span.h"

/*
 * True when `url` names its host as an address literal and that address is not
 * `peer` (`ip_version` 4 or 6). A host given by name is never foreign: nothing
 * here can resolve it.
 */
bool smini_foreign_url(struct smini_span url, uint8_t ip_version, const uint8_t *peer);

#endif
