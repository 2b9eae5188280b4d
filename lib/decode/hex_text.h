/* SPDX-License-Identifier: BSD-2-Clause */
/* A message that its sender wrote as hexadecimal digits instead of bytes. */
#ifndef SMINI_DECODE_HEX_TEXT_H
#define SMINI_DECODE_HEX_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Digits that decide: sender role and version. */
enum { SMINI_HEX_PREFIX = 16 };

/* SMINI_JUDGED_*: do these digits spell the beginning of a header? */
int smini_hex_judge_prefix(const uint8_t *bytes, size_t length);

/*
 * Turns digits into bytes until `room` is full, `length` is used up or
 * something else than a digit comes. Gives how many characters were used;
 * `*made` bytes are at `out`. `*nibble` carries a first digit, plus 1, over.
 */
size_t smini_hex_decode(const uint8_t *text, size_t length, uint8_t *nibble, uint8_t *out, size_t room, size_t *made);

#endif
