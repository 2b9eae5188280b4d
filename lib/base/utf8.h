/* SPDX-License-Identifier: BSD-2-Clause */
/* How many bytes the UTF-8 sequence at the start of a text has. */
#ifndef SMINI_UTF8_H
#define SMINI_UTF8_H

#include "base/span.h"

static inline bool smini_utf8_continues(uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

/*
 * 1 to 4; 0 when no valid sequence begins here: overlong forms, surrogates and
 * code points above U+10FFFF are invalid (RFC 3629).
 */
static inline size_t smini_utf8_length(const uint8_t *b, size_t left)
{
    if (left == 0)
        return 0;
    if (b[0] < 0x80)
        return 1;
    if (b[0] < 0xc2)
        return 0;
    if (b[0] < 0xe0)
        return left >= 2 && smini_utf8_continues(b[1]) ? 2 : 0;
    if (b[0] < 0xf0) {
        if (left < 3 || !smini_utf8_continues(b[1]) || !smini_utf8_continues(b[2]))
            return 0;
        if ((b[0] == 0xe0 && b[1] < 0xa0) || (b[0] == 0xed && b[1] > 0x9f))
            return 0;
        return 3;
    }
    if (b[0] > 0xf4 || left < 4 || !smini_utf8_continues(b[1]) || !smini_utf8_continues(b[2]) ||
        !smini_utf8_continues(b[3]))
        return 0;
    if ((b[0] == 0xf0 && b[1] < 0x90) || (b[0] == 0xf4 && b[1] > 0x8f))
        return 0;
    return 4;
}

#endif
