/* SPDX-License-Identifier: BSD-2-Clause */
/* Repeatable random numbers: the same seed gives the same capture on every machine. */
#ifndef BENCH_RANDOM_H
#define BENCH_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct bench_random {
    uint64_t state[4];
};

void bench_random_seed(struct bench_random *random, uint64_t seed);
uint64_t bench_random_next(struct bench_random *random);

/* From `low` to `high`, both included. */
uint32_t bench_random_range(struct bench_random *random, uint32_t low, uint32_t high);

/* True `percent` times in a hundred. */
int bench_random_percent(struct bench_random *random, uint32_t percent);

/* Heavy-tailed size: Pareto with exponent 1.2 from `low`, cut at `high`. */
uint32_t bench_random_pareto(struct bench_random *random, uint32_t low, uint32_t high);

void bench_random_fill(struct bench_random *random, uint8_t *bytes, size_t length);

/* Puts 0..count-1 into `order` in a random order. */
void bench_random_permute(struct bench_random *random, uint32_t *order, uint32_t count);

#endif
