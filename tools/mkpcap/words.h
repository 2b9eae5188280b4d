/* SPDX-License-Identifier: BSD-2-Clause */
/* One line of a conversation, split into words. */
#ifndef SMINI_WORDS_H
#define SMINI_WORDS_H

#include <stdbool.h>

#include "store.h"

enum { SMINI_WORDS_MAX = 256 };

/*
 * A word is plain text, `key=value`, or a text in double quotes (also after the
 * equals sign). Quoted text knows \n \r \t \0 \\ \" and \xHH.
 */
struct smini_word {
    const char *key;         /* NULL for a word without an equals sign */
    struct smini_span value; /* the word itself when there is no key; a NUL follows it */
    bool quoted;
};

struct smini_words {
    struct smini_store *store;
    const char *file;
    unsigned line;
    size_t count;
    struct smini_word items[SMINI_WORDS_MAX];
};

/* Where a line ends at `length`; comments are cut off. Stops on a word that cannot be read. */
void smini_words_split(struct smini_words *words, const char *text, size_t length);

/* "file:line: ..." and exit. */
noreturn void smini_words_stop(const struct smini_words *words, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Is the word exactly this, unquoted and without a key? */
bool smini_words_is(const struct smini_word *word, const char *text);

/* The value as text; it ends with NUL but may hold others. */
const char *smini_words_text(const struct smini_word *word);

/* The value as a number, decimal or 0x; stops when it is none or above `max`. */
uint64_t smini_words_number(const struct smini_words *words, const struct smini_word *word, uint64_t max);

/* As above with a sign. */
int64_t smini_words_signed(const struct smini_words *words, const struct smini_word *word);

/* Nanoseconds: a number with s, ms, us or ns behind it. */
uint64_t smini_words_duration(const struct smini_words *words, const struct smini_word *word);

/* Hex digits, separators '.' ':' '-' allowed, into a copy. */
struct smini_span smini_words_hex(const struct smini_words *words, struct smini_span digits);

#endif
