/* SPDX-License-Identifier: BSD-2-Clause */
/* What byte_test, byte_jump, byte_extract and byte_math share: taking a number out of the bytes, and its variables. */
#ifndef SMINI_RULE_BYTE_READ_H
#define SMINI_RULE_BYTE_READ_H

#include "rule/parse.h"

/* Most bytes of a number: binary, and as text per base, so that 64 bits hold it. */
enum { SMINI_BINARY_BYTES = 8, SMINI_OCTAL_DIGITS = 23, SMINI_DECIMAL_DIGITS = 20, SMINI_HEX_DIGITS = 14 };

/* A number, or the name of a variable set before in this buffer. Refuses (and says `what` it should be) otherwise. */
struct smini_operand smini_rule_operand(struct smini_rule_parser *parser, struct smini_span text, int64_t least,
                                        int64_t most, const char *what);

/* Names a variable for the current buffer. Its number from 1, or 0: refused. */
uint32_t smini_rule_variable(struct smini_rule_parser *parser, struct smini_span name);

/* Is the text the name of a variable (begins with a letter)? */
bool smini_is_variable_name(struct smini_span text);

/* The two that stand first: number of bytes and offset. */
void smini_byte_read_place(struct smini_rule_parser *parser, struct smini_span size, struct smini_span offset,
                           struct smini_byte_read *read);
/* relative, big, little, string, hex, dec, oct, dce: true when the word was one of them. */
bool smini_byte_read_word(struct smini_rule_parser *parser, struct smini_span word, struct smini_byte_read *read);
/* "bitmask N" in the form that C's strtoul reads. */
void smini_byte_read_mask(struct smini_rule_parser *parser, struct smini_span text, struct smini_byte_read *read);
/* When all words were read: do size, base and byte order go together? `least` is the smallest size. */
void smini_byte_read_check(struct smini_rule_parser *parser, struct smini_byte_read *read, int64_t least);
/* "multiplier N" and "align N"; false when it is neither or N is none. */
bool smini_byte_scale(struct smini_span word, struct smini_span rest, uint32_t *multiplier, uint8_t *align);

#endif
