/* SPDX-License-Identifier: BSD-2-Clause */
/* bench-micro-decode: the decoder alone, bytes in, messages out. Prints "GOAL VALUE LIMIT TEXT". */
#include <stdio.h>
#include <stdlib.h>

#include "bench/micro.h"
#include "smin/decoder.h"

/* Half of a second-level cache of 1 MB, and far more than any cache. */
enum { CACHED_BYTES = 512 * 1024, LARGE_BYTES = 24 * 1024 * 1024 };

struct run {
    const struct micro_messages *messages;
    size_t chunk; /* bytes per push */
    uint64_t delivered;
};

static void count_message(void *user, const struct smin_message *message)
{
    (void)message;
    ++*(uint64_t *)user;
}

static void push_all(void *user)
{
    struct run *run = user;
    struct smin_stream *stream;
    const struct micro_messages *messages = run->messages;
    run->delivered = 0;
    if (smin_stream_new(SMIN_TO_SERVER, SMIN_TCP_PORT, 0, count_message, &run->delivered, &stream) != SMIN_OK)
        return;
    for (size_t at = 0; at < messages->length; at += run->chunk) {
        size_t left = messages->length - at;
        if (smin_stream_push(stream, messages->bytes + at, left < run->chunk ? left : run->chunk) != SMIN_OK)
            break;
    }
    smin_stream_end(stream);
    smin_stream_free(&stream);
}

/* Nanoseconds for the whole buffer; the program ends when a message is missing. */
static double time_chunks(const struct micro_messages *messages, size_t chunk)
{
    struct run run = {.messages = messages, .chunk = chunk};
    double time = micro_time(push_all, &run);
    if (run.delivered != messages->count) {
        fprintf(stderr, "micro_decode: %llu of %zu messages delivered in pieces of %zu\n",
                (unsigned long long)run.delivered, messages->count, chunk);
        exit(1);
    }
    return time;
}

int main(void)
{
    struct micro_messages messages;
    micro_messages_make(&messages, CACHED_BYTES);
    double count = (double)messages.count;
    printf("12 %.1f 20 decoder, one piece, ns per message (mean %zu bytes)\n",
           time_chunks(&messages, messages.length) / count, messages.length / messages.count);
    printf("12 %.1f 45 decoder, pieces of 285 bytes, ns per message\n", time_chunks(&messages, 285) / count);
    printf("12 %.2f 8 decoder, byte at a time, ns per byte\n", time_chunks(&messages, 1) / (double)messages.length);
    micro_messages_free(&messages);
    micro_messages_make(&messages, LARGE_BYTES);
    printf("13 %.1f 85 decoder, 24 MB in one piece, ns per KB (85: 12 GB/s)\n",
           time_chunks(&messages, messages.length) * 1024 / (double)messages.length);
    micro_messages_free(&messages);
    return 0;
}
