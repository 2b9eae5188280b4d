/* SPDX-License-Identifier: BSD-2-Clause */
/* The `key=value` words of one part of a line; a key that nobody asked for is an error. */
#ifndef SMINI_ARGUMENTS_H
#define SMINI_ARGUMENTS_H

#include "words.h"

struct smini_arguments {
    const struct smini_words *words;
    size_t first;
    size_t last; /* behind the last word */
    bool used[SMINI_WORDS_MAX];
};

void smini_arguments_init(struct smini_arguments *arguments, const struct smini_words *words, size_t first,
                          size_t last);

/* NULL when the key is not there. */
const struct smini_word *smini_arguments_find(struct smini_arguments *arguments, const char *key);

/* A word without equals sign. */
bool smini_arguments_flag(struct smini_arguments *arguments, const char *name);

uint32_t smini_arguments_number(struct smini_arguments *arguments, const char *key, uint32_t otherwise);
struct smini_span smini_arguments_text(struct smini_arguments *arguments, const char *key, const char *otherwise);

/* Exactly `length` bytes in hex, or `otherwise`. */
const uint8_t *smini_arguments_bytes(struct smini_arguments *arguments, const char *key, size_t length,
                                     const uint8_t *otherwise);

/* Stops at the first word that was not asked for. */
void smini_arguments_finish(const struct smini_arguments *arguments);

#endif
