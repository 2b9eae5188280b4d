/* SPDX-License-Identifier: BSD-2-Clause */
/* Words of a configuration line, and keywords as IOS takes them: any case, abbreviated. */
#ifndef SMINI_DEVICE_IOS_WORDS_H
#define SMINI_DEVICE_IOS_WORDS_H

#include "base/span.h"

/* IOS takes 254 characters on a line; a line with more words than this is read up to here, and the rest is secret. */
enum { SMINI_IOS_WORDS_MOST = 96 };

struct smini_ios_words {
    struct smini_span word[SMINI_IOS_WORDS_MOST];
    uint32_t count;
    struct smini_span rest; /* behind the last word that found room; empty when all did */
};

/*
 * Blanks and control characters separate. A lone NUL does not, and is passed
 * over when words are compared, so that two-byte text is read as well; two in
 * a row do.
 */
void smini_ios_words_read(struct smini_ios_words *words, struct smini_span command);

/* The same separators, for those that look at bytes. */
bool smini_ios_separates(struct smini_span text, size_t at);

enum smini_ios_fit {
    SMINI_IOS_FIT_NOT,
    SMINI_IOS_FIT_PREFIX, /* an abbreviation: fewer letters, but these */
    SMINI_IOS_FIT_EXACT
};

/* How `word` fits `keyword` (in small letters). A keyword that begins with a digit has no abbreviation. */
enum smini_ios_fit smini_ios_fit(struct smini_span word, const char *keyword, size_t keyword_length);

/* `word` without the digits and separators of a number at its end: "Tunnel0" gives "Tunnel". All of it when nothing else is there. */
struct smini_span smini_ios_without_number(struct smini_span word);

/* The first byte that is no NUL, in small letters; 0 when there is none. */
uint8_t smini_ios_first_letter(struct smini_span word);

/* True when all of the word is one digit: the type of a password or key in front of it. */
bool smini_ios_is_digit(struct smini_span word);

static inline bool smini_ios_word_is(struct smini_span word, const char *keyword)
{
    return smini_ios_fit(word, keyword, strlen(keyword)) == SMINI_IOS_FIT_EXACT;
}

#endif
