/* SPDX-License-Identifier: BSD-2-Clause */
/* What the two ends of a flow say to each other, before it is cut into packets. */
#ifndef BENCH_CONVERSATION_H
#define BENCH_CONVERSATION_H

#include "bench/message.h"

enum { BENCH_TURNS_MAX = 512 };

struct bench_turn {
    uint32_t from_server;
    uint32_t offset; /* into the bytes of the conversation */
    uint32_t length;
};

struct bench_conversation {
    uint8_t *bytes;
    uint32_t length;
    uint32_t capacity;
    uint32_t turn_count;
    struct bench_turn turns[BENCH_TURNS_MAX];
};

void bench_conversation_clear(struct bench_conversation *conversation);
void bench_conversation_free(struct bench_conversation *conversation);

/* Room for `length` bytes said by one end, to be filled by the caller. Ends the program without memory. */
uint8_t *bench_conversation_say(struct bench_conversation *conversation, uint32_t from_server, uint32_t length);

void bench_conversation_http(struct bench_conversation *conversation, struct bench_random *random);
void bench_conversation_tls(struct bench_conversation *conversation, struct bench_random *random);
void bench_conversation_ssh(struct bench_conversation *conversation, struct bench_random *random);
void bench_conversation_dns(struct bench_conversation *conversation, struct bench_random *random);
void bench_conversation_media(struct bench_conversation *conversation, struct bench_random *random);

/* `requests` of a director with their answers, pipelined in groups. */
void bench_conversation_smi(struct bench_conversation *conversation, struct bench_random *random, int port,
                            uint32_t requests, struct bench_truth *truth);

/* A switch that calls its director back after a backup. */
void bench_conversation_call_back(struct bench_conversation *conversation, struct bench_random *random,
                                  struct bench_truth *truth);

#endif
