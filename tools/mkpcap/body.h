/* SPDX-License-Identifier: BSD-2-Clause */
/* The bytes of a line: parts with '+' between them. */
#ifndef SMINI_BODY_H
#define SMINI_BODY_H

#include "words.h"

enum { SMINI_FOLDERS_MAX = 8 };

/* Where `file NAME` looks, in order. */
struct smini_folders {
    const char *items[SMINI_FOLDERS_MAX];
    size_t count;
};

/* Does the word begin a part (hex, text, file, zeros, fill, smi)? */
bool smini_body_begins(const struct smini_word *word);

/* The parts from words[first] to the end of the line. */
struct smini_span smini_body_build(struct smini_words *words, size_t first, const struct smini_folders *folders);

#endif
