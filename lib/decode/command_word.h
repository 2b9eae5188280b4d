/* SPDX-License-Identifier: BSD-2-Clause */
/* Words of an IOS command: splitting, abbreviated keywords, names of places. */
#ifndef SMINI_DECODE_COMMAND_WORD_H
#define SMINI_DECODE_COMMAND_WORD_H

#include "base/span.h"

/* Reads one command word by word. Blanks, control characters and double quotes separate. */
struct smini_words {
    struct smini_span rest;
};

static inline struct smini_words smini_words_of(struct smini_span command)
{
    struct smini_words words = {.rest = command};
    return words;
}

/* Empty at the end. A "|" is a word of its own kind: it begins one, whatever stands in front. */
struct smini_span smini_words_next(struct smini_words *words);

/* As above, but skips options ("/noverify"). */
struct smini_span smini_words_next_operand(struct smini_words *words);

/* The next line of several in one slot; `*at` moves behind it. */
struct smini_span smini_command_line(struct smini_span command, size_t *at);

/* True when `word` is `keyword` or an abbreviation of it with at least `least` letters, in any case; `keyword` is in small letters. */
bool smini_word_is(struct smini_span word, const char *keyword, size_t least);

enum smini_verb {
    SMINI_VERB_UNKNOWN,
    SMINI_VERB_COPY,
    SMINI_VERB_CONFIGURE,
    SMINI_VERB_TFTP_SERVER,
    SMINI_VERB_SHOW,
    SMINI_VERB_MORE,
    SMINI_VERB_ARCHIVE,
    SMINI_VERB_WRITE,
    SMINI_VERB_BOOT,
    SMINI_VERB_DO,
    SMINI_VERB_OTHER /* known, and nothing but its name matters: it runs, deletes or reconfigures */
};

/* True when every byte is ASCII, as every keyword and alias is. */
bool smini_word_is_ascii(struct smini_span word);

enum smini_verb smini_verb_of(struct smini_span word);

enum smini_place_kind {
    SMINI_PLACE_NONE,    /* no word */
    SMINI_PLACE_RUNNING, /* the configuration that runs */
    SMINI_PLACE_STARTUP, /* the one that the next start takes, under whichever name */
    SMINI_PLACE_FILE,    /* any other file of the client */
    SMINI_PLACE_REMOTE   /* another machine */
};

/* Where a word of a copy command points. */
struct smini_place {
    enum smini_place_kind kind;
    struct smini_span file; /* name without its path; may be empty */
};

struct smini_place smini_place_of(struct smini_span word);

/* True for names under which a client keeps its startup configuration in flash. */
bool smini_place_is_config_file(struct smini_span file);

#endif
