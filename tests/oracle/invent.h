/* SPDX-License-Identifier: BSD-2-Clause */
/* Conversations and rules that nearly fit them, made from a seed: what both programs are asked about. */
#ifndef SMIN_TESTS_ORACLE_INVENT_H
#define SMIN_TESTS_ORACLE_INVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { INVENT_BYTES_MAX = 400, INVENT_MESSAGES_MAX = 4, INVENT_TALKS = 40 };

struct invent_message {
    uint8_t bytes[INVENT_BYTES_MAX];
    size_t length;
    bool to_client;
};

struct invent_talk {
    struct invent_message messages[INVENT_MESSAGES_MAX];
    int count;
};

/* Which options a rule may have. */
enum {
    INVENT_CONTENT = 1,
    INVENT_NEGATED = 2,
    INVENT_PCRE = 4,
    INVENT_BYTE_TEST = 8,
    INVENT_ISDATAAT = 16,
    INVENT_BYTE_JUMP = 32,
    INVENT_BYTE_EXTRACT = 64,
    INVENT_BYTE_MATH = 128,
    INVENT_DSIZE = 256
};

/* A rule in the making: its text, and where in the message it is meant for the last match ends. */
struct invent_rule {
    char text[4096];
    size_t length;
    const struct invent_message *message;
    size_t cursor;
    bool relative;  /* something that relative options refer to stands before */
    int variables;  /* names that byte_extract and byte_math gave: v1, v2 ... */
    long value[8];  /* of each */
    unsigned families;
};

uint64_t invent_random(void);
/* 0 to below `limit`, which is not 0. */
unsigned invent_below(unsigned limit);
/* True once in `of` times. */
bool invent_once_in(unsigned of);

void invent_talk_make(struct invent_talk *talk, int messages);
void invent_talk_write(const struct invent_talk *talk, int number, bool glued, FILE *out);

void invent_add(struct invent_rule *rule, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A number at or near the given one. */
long invent_near(long number);
void invent_rule_make(struct invent_rule *rule, const struct invent_talk *talks, unsigned families, unsigned sid);
void invent_bytes_option(struct invent_rule *rule);
void invent_pcre(struct invent_rule *rule);

#endif
