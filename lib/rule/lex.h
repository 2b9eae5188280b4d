/* SPDX-License-Identifier: BSD-2-Clause */
/* Small readers of rule text. A backslash before a line end joins two lines wherever it stands. */
#ifndef SMINI_RULE_LEX_H
#define SMINI_RULE_LEX_H

#include "rule/arena.h"

static inline bool smini_lex_is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == '\v' || byte == '\f';
}

/* Length of a joined line end ("\\\n", "\\\r\n") at `at`, or 0. */
size_t smini_lex_join(struct smini_span text, size_t at);

/* Behind white space and joined line ends. */
size_t smini_lex_skip(struct smini_span text, size_t at);

struct smini_span smini_lex_trim(struct smini_span span);

/* A header token: ends at white space outside brackets, or at "(". */
struct smini_span smini_lex_token(struct smini_span text, size_t *at);

/* The next part of a list: up to the separator outside brackets; false when nothing is left. */
bool smini_lex_part(struct smini_span *rest, uint8_t separator, struct smini_span *part);

/* Without joined line ends: the span itself when it has none, else a copy. NULL bytes with a length never; false: no memory. */
bool smini_lex_unjoin(struct smini_rule_arena *arena, struct smini_span *span);

/* The whole span as digits of that base, up to 16: no sign, prefix or space. False when it is none or does not fit. */
bool smini_lex_digits(struct smini_span span, unsigned base, uint64_t *number);
/* The whole span as a number, decimal or 0x. False when it is none or does not fit. */
bool smini_lex_number(struct smini_span span, uint64_t *number);
/* Likewise with a sign; no larger than 32 bits. */
bool smini_lex_signed(struct smini_span span, int64_t *number);
/* Hexadecimal, with 0x before it or not. */
bool smini_lex_hex(struct smini_span span, uint64_t *number);
/* As C reads it: 0x is hexadecimal, a leading 0 octal. */
bool smini_lex_c_number(struct smini_span span, uint64_t *number);

static inline bool smini_lex_is(struct smini_span span, const char *word)
{
    return smini_span_equal(span, smini_span_text(word));
}

/* Likewise, or with underscores where the word has dots. */
bool smini_lex_is_option(struct smini_span span, const char *word);

/* "word rest": true when the span begins with that word; `rest` is what follows, trimmed. */
bool smini_lex_word(struct smini_span span, struct smini_span *word, struct smini_span *rest);

#endif
