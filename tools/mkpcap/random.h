/* SPDX-License-Identifier: BSD-2-Clause */
/* splitmix64: one word of state, the same numbers on every machine. */
#ifndef SMINI_RANDOM_H
#define SMINI_RANDOM_H

#include <stdint.h>

struct smini_random {
    uint64_t state;
};

static inline uint64_t smini_random_next(struct smini_random *random)
{
    uint64_t z = (random->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* 0 .. below-1. The slight bias of the remainder does not matter for test data. */
static inline uint32_t smini_random_below(struct smini_random *random, uint32_t below)
{
    return below ? (uint32_t)(smini_random_next(random) % below) : 0;
}

#endif
