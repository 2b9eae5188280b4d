/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SHA-256 (FIPS 180-4). Programs take libmd's; the core has its own, because an
 * engine's process may hold other functions under the names that libmd uses,
 * and a plugin would be bound to those.
 */
#ifndef SMINI_SHA256_H
#define SMINI_SHA256_H

#include "base/span.h"

enum { SMINI_SHA256_BYTES = 32 };

struct smini_sha256 {
    uint32_t state[8];
    uint64_t length;
    uint8_t block[64];
};

void smini_sha256_init(struct smini_sha256 *sha);
void smini_sha256_add(struct smini_sha256 *sha, const void *bytes, size_t length);
void smini_sha256_end(struct smini_sha256 *sha, uint8_t digest[SMINI_SHA256_BYTES]);

#endif
