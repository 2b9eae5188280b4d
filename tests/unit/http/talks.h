/* SPDX-License-Identifier: BSD-2-Clause */
/* Conversations that several tests hold. */
#ifndef SMIN_TESTS_HTTP_TALKS_H
#define SMIN_TESTS_HTTP_TALKS_H

#include "stage.h"

/* One thing said: '>' by the client, '<' by the server; '}' and '{' that so many bytes of it are missing. */
struct talk_line {
    char who;
    const char *bytes;
    size_t length;
};

#define TO(text) {'>', text, sizeof(text) - 1}
#define FROM(text) {'<', text, sizeof(text) - 1}
#define LOST_TO(count) {'}', NULL, count}
#define LOST_FROM(count) {'{', NULL, count}

struct talk {
    const char *name;
    const struct talk_line *lines;
    size_t count;
};

extern const struct talk talks[];
extern const size_t talk_count;

/* In pieces of at most `piece` bytes, the first of `first` (0: no other than the rest). False: an answer that no input allows. */
bool talk_hold(struct stage *stage, const struct talk *talk, size_t first, size_t piece);

#endif
