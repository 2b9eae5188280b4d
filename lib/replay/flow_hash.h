/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keyed mixing by full multiplication. The key is a secret of the run: without
 * it nobody can write a capture whose flows all fall on one slot.
 */
#ifndef SMINI_FLOW_HASH_H
#define SMINI_FLOW_HASH_H

#include <stdint.h>
#include <string.h>

struct smini_hash_secret {
    uint64_t word[4];
};

/* Both halves of the 128-bit product, folded. */
static inline uint64_t smini_hash_fold(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    uint64_t al = (uint32_t)a, ah = a >> 32, bl = (uint32_t)b, bh = b >> 32;
    uint64_t low = al * bl, mid1 = ah * bl, mid2 = al * bh, high = ah * bh;
    uint64_t carry = ((low >> 32) + (uint32_t)mid1 + (uint32_t)mid2) >> 32;
    return (low + (mid1 << 32) + (mid2 << 32)) ^ (high + (mid1 >> 32) + (mid2 >> 32) + carry);
#endif
}

static inline uint64_t smini_hash_mix(const struct smini_hash_secret *secret, uint64_t state, uint64_t word)
{
    return smini_hash_fold(state ^ secret->word[0], word ^ secret->word[1]) ^ smini_hash_fold(state ^ secret->word[2], word ^ secret->word[3]);
}

static inline uint64_t smini_hash_load(const uint8_t *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof(word));
    return word;
}

#endif
