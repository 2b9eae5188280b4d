/* SPDX-License-Identifier: BSD-2-Clause */
/* What the micro benches share: a buffer of messages, and CPU time per round. */
#ifndef BENCH_MICRO_H
#define BENCH_MICRO_H

#include <stddef.h>
#include <stdint.h>

struct micro_messages {
    uint8_t *bytes;
    size_t length;
    size_t *starts; /* of each message, and the end of the last */
    size_t count;
};

/* About `length` bytes of requests with the lengths they should have. Ends the program without memory. */
void micro_messages_make(struct micro_messages *messages, size_t length);
void micro_messages_free(struct micro_messages *messages);

/* CPU nanoseconds of one call of `work`: the median of nine, after one to warm up. */
double micro_time(void (*work)(void *user), void *user);

#endif
