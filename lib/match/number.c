/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/number.h"

static uint64_t read_binary(struct smini_span bytes, bool little_endian)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.length; i++)
        value = (value << 8) | bytes.bytes[little_endian ? bytes.length - 1 - i : i];
    return value;
}

static bool is_space(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static unsigned digit_of(uint8_t byte)
{
    uint8_t low = smini_ascii_lower(byte);
    if (low >= '0' && low <= '9')
        return (unsigned)(low - '0');
    return low >= 'a' && low <= 'f' ? (unsigned)(low - 'a') + 10 : 99;
}

/* As C's strtoull reads it, which is what rule writers rely on: spaces, a sign, a prefix, then digits. */
static bool read_text(struct smini_span bytes, unsigned base, uint64_t *value, size_t *used)
{
    size_t at = 0;
    while (at < bytes.length && is_space(bytes.bytes[at]))
        at++;
    bool minus = at < bytes.length && bytes.bytes[at] == '-';
    if (at < bytes.length && (minus || bytes.bytes[at] == '+'))
        at++;
    bool prefix = at + 2 < bytes.length && bytes.bytes[at] == '0' && smini_ascii_lower(bytes.bytes[at + 1]) == 'x' &&
                  digit_of(bytes.bytes[at + 2]) < 16;
    if (base == 0)
        base = prefix ? 16 : at < bytes.length && bytes.bytes[at] == '0' ? 8 : 10;
    if (base == 16 && prefix)
        at += 2;
    size_t first = at;
    uint64_t sum = 0;
    for (; at < bytes.length && digit_of(bytes.bytes[at]) < base; at++) {
        unsigned digit = digit_of(bytes.bytes[at]);
        if (sum > (UINT64_MAX - digit) / base)
            return false;
        sum = sum * base + digit;
    }
    *value = minus ? 0 - sum : sum;
    *used = at;
    return at > first;
}

bool smini_number_read(const struct smini_byte_read *read, struct smini_span bytes, uint64_t *value, size_t *used)
{
    if (read->string)
        return read_text(bytes, read->base, value, used);
    if (bytes.length > sizeof(*value))
        return false; /* a variable asked for it */
    *value = read_binary(bytes, read->little_endian);
    *used = bytes.length;
    return true;
}

uint64_t smini_number_mask(uint64_t value, uint32_t mask)
{
    if (mask == 0)
        return value;
    value &= mask;
    for (; !(mask & 1); mask >>= 1)
        value >>= 1;
    return value;
}

bool smini_number_test(enum smini_byte_operator operation, uint64_t value, uint64_t wanted)
{
    switch (operation) {
    case SMINI_BYTE_EQUAL:
        return value == wanted;
    case SMINI_BYTE_LESS:
        return value < wanted;
    case SMINI_BYTE_GREATER:
        return value > wanted;
    case SMINI_BYTE_LESS_EQUAL:
        return value <= wanted;
    case SMINI_BYTE_GREATER_EQUAL:
        return value >= wanted;
    case SMINI_BYTE_AND:
        return (value & wanted) != 0;
    case SMINI_BYTE_XOR:
        return (value ^ wanted) != 0;
    }
    return false;
}
