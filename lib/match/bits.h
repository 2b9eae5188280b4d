/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows of bits, for what exists once per rule and stream. */
#ifndef SMINI_MATCH_BITS_H
#define SMINI_MATCH_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Words that hold so many bits; at least one. */
static inline size_t smini_bits_words(uint32_t count)
{
    return (size_t)count / 64 + 1;
}

static inline bool smini_bits_has(const uint64_t *words, uint32_t bit)
{
    return (words[bit / 64] >> (bit % 64)) & 1;
}

static inline void smini_bits_set(uint64_t *words, uint32_t bit)
{
    words[bit / 64] |= (uint64_t)1 << (bit % 64);
}

static inline void smini_bits_clear(uint64_t *words, uint32_t bit)
{
    words[bit / 64] &= ~((uint64_t)1 << (bit % 64));
}

static inline void smini_bits_put(uint64_t *words, uint32_t bit, bool value)
{
    if (value)
        smini_bits_set(words, bit);
    else
        smini_bits_clear(words, bit);
}

#endif
