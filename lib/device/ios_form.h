/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of lines that are known, and how a line is held against it. */
#ifndef SMINI_DEVICE_IOS_FORM_H
#define SMINI_DEVICE_IOS_FORM_H

#include "device/ios_text.h"
#include "device/ios_words.h"

/* Where a line may stand: a set of bits. */
enum smini_ios_mode {
    SMINI_IOS_IN_GLOBAL = 1 << 0,
    SMINI_IOS_IN_LINE = 1 << 1,
    SMINI_IOS_IN_INTERFACE = 1 << 2,
    SMINI_IOS_IN_ROUTER = 1 << 3,
    SMINI_IOS_IN_ACL = 1 << 4,
    SMINI_IOS_IN_ARCHIVE = 1 << 5,
    SMINI_IOS_IN_APPLET = 1 << 6,
    SMINI_IOS_IN_KRON = 1 << 7,
    SMINI_IOS_IN_SERVER = 1 << 8,
    SMINI_IOS_IN_KEYS = 1 << 9,
    SMINI_IOS_IN_CRYPTO = 1 << 10,
    SMINI_IOS_IN_MONITOR = 1 << 11,
    SMINI_IOS_IN_OTHER = 1 << 12,   /* a section that no row asks for by name */
    SMINI_IOS_AT_PROMPT = 1 << 13,  /* commands that act at once */
    SMINI_IOS_IN_UNKNOWN = 1 << 14, /* with indentation, but below nothing: the section's first line is missing */
    SMINI_IOS_IN_ANY = (1 << 13) - 1
};

/* Where a line stands, as sets of modes: those that are asked first, those that are asked next, and those it may be of. */
struct smini_ios_place {
    uint32_t mode;
    uint32_t others;
    uint32_t doubtful;
};

enum smini_ios_sign {
    SMINI_IOS_ON,   /* the line itself */
    SMINI_IOS_OFF,  /* with "no" or "default" in front */
    SMINI_IOS_CLEAR /* holds no secret, whatever it looks like */
};

struct smini_ios_form {
    uint32_t modes;
    enum smini_ios_sign sign;
    enum smini_ios_class class;
    enum smini_ios_weight weight;
    const char *pattern;
    const char *reason;
};

/* The rows in their order; NULL behind the last. */
const struct smini_ios_form *smini_ios_form_at(size_t index);

/* The `count` rows whose first keyword begins with `letter` (small). */
const struct smini_ios_form *smini_ios_forms_of(uint8_t letter, uint32_t *count);

enum { SMINI_IOS_LITERALS_MOST = 12, SMINI_IOS_SPANS_MOST = 8 };

/* What holding a row against words gave. */
struct smini_ios_match {
    uint32_t literals; /* keywords that fitted */
    uint8_t literal_word[SMINI_IOS_LITERALS_MOST];           /* the word of each */
    struct smini_span literal_text[SMINI_IOS_LITERALS_MOST]; /* and the keyword, as the row has it */
    uint32_t span_count;                                     /* secrets, as words: from, to (one behind) */
    struct {
        uint8_t from;
        uint8_t to;
    } spans[SMINI_IOS_SPANS_MOST];
    uint32_t command_word; /* the first word of a command inside; 0: none */
    uint64_t work;
};

/*
 * True when `words` fit the pattern. With gaps in the pattern the first way
 * that fits counts, but the secrets of every way are noted.
 */
bool smini_ios_form_match(const char *pattern, const struct smini_ios_words *words, struct smini_ios_match *match);

enum smini_ios_certainty {
    SMINI_IOS_CERTAIN,
    SMINI_IOS_UNCERTAIN, /* an abbreviation that fits other keywords too */
    SMINI_IOS_OTHERWISE  /* it is another keyword, or fits so many that no device takes it */
};

/* Whether the keywords that were abbreviated can be no others in a line that stands in `mode`. */
enum smini_ios_certainty smini_ios_form_certainty(const struct smini_ios_match *match, const struct smini_ios_words *words,
                                                  uint32_t mode);

/* The lists of neighbours, blanks between the keywords; NULL behind the last. */
const char *smini_ios_keywords_at(size_t index);

/* True when `word` is the whole first keyword of a line of any section. */
bool smini_ios_is_keyword(struct smini_span word);

/* True when `word` is or abbreviates a first keyword of the mode. */
bool smini_ios_keyword_known(uint32_t mode, struct smini_span word);

enum smini_ios_listing {
    SMINI_IOS_NO_LIST, /* nothing is listed behind this first keyword */
    SMINI_IOS_NOT_LISTED,
    SMINI_IOS_LISTED, /* as an abbreviation */
    SMINI_IOS_LISTED_WHOLE
};

/* Whether `second` is or abbreviates a keyword behind `first` in the mode. */
enum smini_ios_listing smini_ios_second_keyword(uint32_t mode, struct smini_span first, struct smini_span second);

#endif
