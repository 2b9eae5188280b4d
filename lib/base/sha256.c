/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/sha256.h"

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t word, unsigned by)
{
    return word >> by | word << (32 - by);
}

static uint32_t read_word(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void mix_block(struct smini_sha256 *sha)
{
    uint32_t words[64];
    uint32_t now[8];
    for (size_t i = 0; i < 16; i++)
        words[i] = read_word(sha->block + 4 * i);
    for (size_t i = 16; i < 64; i++) {
        uint32_t old = words[i - 15], recent = words[i - 2];
        words[i] = words[i - 16] + (rotate(old, 7) ^ rotate(old, 18) ^ old >> 3) + words[i - 7] +
                   (rotate(recent, 17) ^ rotate(recent, 19) ^ recent >> 10);
    }
    memcpy(now, sha->state, sizeof(now));
    for (size_t i = 0; i < 64; i++) {
        uint32_t choice = (now[4] & now[5]) ^ (~now[4] & now[6]);
        uint32_t majority = (now[0] & now[1]) ^ (now[0] & now[2]) ^ (now[1] & now[2]);
        uint32_t one = now[7] + (rotate(now[4], 6) ^ rotate(now[4], 11) ^ rotate(now[4], 25)) + choice + constants[i] +
                       words[i];
        uint32_t two = (rotate(now[0], 2) ^ rotate(now[0], 13) ^ rotate(now[0], 22)) + majority;
        memmove(now + 1, now, 7 * sizeof(now[0]));
        now[4] += one;
        now[0] = one + two;
    }
    for (size_t i = 0; i < 8; i++)
        sha->state[i] += now[i];
}

void smini_sha256_init(struct smini_sha256 *sha)
{
    static const uint32_t initial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memset(sha, 0, sizeof(*sha));
    memcpy(sha->state, initial, sizeof(initial));
}

void smini_sha256_add(struct smini_sha256 *sha, const void *bytes, size_t length)
{
    const uint8_t *from = bytes;
    while (length > 0) {
        size_t at = (size_t)(sha->length % sizeof(sha->block));
        size_t part = length < sizeof(sha->block) - at ? length : sizeof(sha->block) - at;
        memcpy(sha->block + at, from, part);
        sha->length += part;
        from += part;
        length -= part;
        if (at + part == sizeof(sha->block))
            mix_block(sha);
    }
}

void smini_sha256_end(struct smini_sha256 *sha, uint8_t digest[SMINI_SHA256_BYTES])
{
    static const uint8_t padding[64] = {0x80};
    uint64_t bits = sha->length * 8;
    uint8_t tail[8];
    size_t at = (size_t)(sha->length % 64);
    for (size_t i = 0; i < sizeof(tail); i++)
        tail[i] = (uint8_t)(bits >> (56 - 8 * i));
    smini_sha256_add(sha, padding, at < 56 ? 56 - at : 120 - at);
    smini_sha256_add(sha, tail, sizeof(tail));
    for (size_t i = 0; i < SMINI_SHA256_BYTES; i++)
        digest[i] = (uint8_t)(sha->state[i / 4] >> (24 - 8 * (i % 4)));
}
