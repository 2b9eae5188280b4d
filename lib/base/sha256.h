/* SPDX-License-Identifier: BSD-2-Clause */
/* SHA-256 (FIPS 180-4), so that the core needs no library for it. */
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
