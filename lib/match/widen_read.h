/* SPDX-License-Identifier: BSD-2-Clause */
/* The reader's state; shared by the files that widen an expression. */
#ifndef SMINI_MATCH_WIDEN_READ_H
#define SMINI_MATCH_WIDEN_READ_H

#include "base/bytebuf.h"
#include "match/byte_set.h"

struct smini_widener {
    struct smini_span text;
    size_t at;
    struct smini_bytebuf out;
    uint32_t flags; /* SMINI_PCRE_CASELESS, _EXTENDED and _MULTILINE as they are in force here */
    uint32_t depth;
    bool keep_start; /* "^" is where the bytes begin */
    bool unreadable;
    int32_t status;
};

enum smini_widen_kind {
    SMINI_WIDEN_SET,     /* one byte of a set */
    SMINI_WIDEN_NOTHING, /* an assertion */
    SMINI_WIDEN_ANY,     /* bytes that only PCRE2 knows, as many as it likes */
    SMINI_WIDEN_GROUP
};

/* The next byte, or -1 at the end. */
static inline int smini_widen_peek(const struct smini_widener *widener)
{
    return widener->at < widener->text.length ? widener->text.bytes[widener->at] : -1;
}

/* Takes the next byte when it is that one. */
static inline bool smini_widen_take(struct smini_widener *widener, char byte)
{
    if (smini_widen_peek(widener) != (int)(uint8_t)byte)
        return false;
    widener->at++;
    return true;
}

/* Skips to behind the next `end`. */
static inline void smini_widen_skip_past(struct smini_widener *widener, char end)
{
    while (smini_widen_peek(widener) >= 0 && !smini_widen_take(widener, end))
        widener->at++;
}

/* Behind a backslash. Sets `set` for SMINI_WIDEN_SET. */
enum smini_widen_kind smini_widen_escape(struct smini_widener *widener, struct smini_byte_set *set);
/* Behind an opening bracket. */
void smini_widen_class(struct smini_widener *widener, struct smini_byte_set *set);

#endif
