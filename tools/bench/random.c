/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench/random.h"

#include <string.h>

static uint64_t rotate_left(uint64_t value, int by)
{
    return value << by | value >> (64 - by);
}

/* The four words come from splitmix64, so that near seeds give unrelated streams. */
void bench_random_seed(struct bench_random *random, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        seed += 0x9e3779b97f4a7c15U;
        uint64_t mixed = seed;
        mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebU;
        random->state[i] = mixed ^ mixed >> 31;
    }
}

/* xoshiro256** */
uint64_t bench_random_next(struct bench_random *random)
{
    uint64_t *state = random->state;
    uint64_t result = rotate_left(state[1] * 5, 7) * 9;
    uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate_left(state[3], 45);
    return result;
}

uint32_t bench_random_range(struct bench_random *random, uint32_t low, uint32_t high)
{
    uint64_t span = (uint64_t)high - low + 1;
    return low + (uint32_t)((bench_random_next(random) >> 32) * span >> 32);
}

int bench_random_percent(struct bench_random *random, uint32_t percent)
{
    return bench_random_range(random, 0, 99) < percent;
}

/*
 * Without pow(), whose last bit differs between C libraries: the size doubles
 * with probability 2^-1.2 = 0.4353 each time, and lies evenly inside its octave.
 */
uint32_t bench_random_pareto(struct bench_random *random, uint32_t low, uint32_t high)
{
    uint64_t octave = low;
    while (octave < high && bench_random_range(random, 0, 9999) < 4353)
        octave *= 2;
    uint64_t size = octave + bench_random_range(random, 0, (uint32_t)(octave > UINT32_MAX ? UINT32_MAX : octave) - 1);
    return size > high ? high : (uint32_t)size;
}

void bench_random_fill(struct bench_random *random, uint8_t *bytes, size_t length)
{
    while (length > 0) {
        uint64_t word = bench_random_next(random);
        size_t take = length < 8 ? length : 8;
        for (size_t i = 0; i < take; i++)
            bytes[i] = (uint8_t)(word >> (8 * i));
        bytes += take;
        length -= take;
    }
}

void bench_random_permute(struct bench_random *random, uint32_t *order, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = bench_random_range(random, 0, i);
        order[i] = order[at];
        order[at] = i;
    }
}
