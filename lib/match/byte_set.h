/* SPDX-License-Identifier: BSD-2-Clause */
/* A set of byte values. */
#ifndef SMINI_MATCH_BYTE_SET_H
#define SMINI_MATCH_BYTE_SET_H

#include "base/span.h"

struct smini_byte_set {
    uint64_t words[4];
};

static inline bool smini_byte_set_has(const struct smini_byte_set *set, unsigned byte)
{
    return (set->words[byte / 64] >> (byte % 64)) & 1;
}

static inline void smini_byte_set_add(struct smini_byte_set *set, unsigned low, unsigned high)
{
    for (unsigned byte = low; byte <= high; byte++)
        set->words[byte / 64] |= (uint64_t)1 << (byte % 64);
}

static inline void smini_byte_set_join(struct smini_byte_set *set, const struct smini_byte_set *other)
{
    for (size_t i = 0; i < 4; i++)
        set->words[i] |= other->words[i];
}

static inline void smini_byte_set_invert(struct smini_byte_set *set)
{
    for (size_t i = 0; i < 4; i++)
        set->words[i] = ~set->words[i];
}

static inline unsigned smini_byte_set_count(const struct smini_byte_set *set)
{
    unsigned count = 0;
    for (unsigned byte = 0; byte < 256; byte++)
        count += smini_byte_set_has(set, byte) ? 1 : 0;
    return count;
}

/* Adds the other case of every ASCII letter in it. */
static inline void smini_byte_set_both_cases(struct smini_byte_set *set)
{
    for (unsigned upper = 'A'; upper <= 'Z'; upper++) {
        if (smini_byte_set_has(set, upper) || smini_byte_set_has(set, upper + 32)) {
            smini_byte_set_add(set, upper, upper);
            smini_byte_set_add(set, upper + 32, upper + 32);
        }
    }
}

#endif
