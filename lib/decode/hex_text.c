/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/hex_text.h"

#include "decode/header.h"

int smini_hex_judge_prefix(const uint8_t *bytes, size_t length)
{
    static const char least[] = "0000000100000000";
    static const char most[] = "0000000400000001";
    size_t have = length < SMINI_HEX_PREFIX ? length : SMINI_HEX_PREFIX;
    for (size_t i = 0; i < have; i++)
        if (bytes[i] < (uint8_t)least[i] || bytes[i] > (uint8_t)most[i])
            return SMINI_JUDGED_NO;
    return have == SMINI_HEX_PREFIX ? SMINI_JUDGED_YES : SMINI_JUDGED_MORE;
}

static int digit_value(uint8_t byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F')
        return byte - 'A' + 10;
    return -1;
}

size_t smini_hex_decode(const uint8_t *text, size_t length, uint8_t *nibble, uint8_t *out, size_t room, size_t *made)
{
    size_t at = 0;
    *made = 0;
    for (; at < length && *made < room; at++) {
        int value = digit_value(text[at]);
        if (value < 0)
            break;
        if (*nibble == 0) {
            *nibble = (uint8_t)(value + 1);
        } else {
            out[(*made)++] = (uint8_t)((*nibble - 1) << 4 | value);
            *nibble = 0;
        }
    }
    return at;
}
