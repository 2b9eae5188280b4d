/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/lex.h"

size_t smini_lex_join(struct smini_span text, size_t at)
{
    if (at >= text.length || text.bytes[at] != '\\')
        return 0;
    size_t left = text.length - at;
    if (left >= 2 && text.bytes[at + 1] == '\n')
        return 2;
    if (left >= 3 && text.bytes[at + 1] == '\r' && text.bytes[at + 2] == '\n')
        return 3;
    return 0;
}

size_t smini_lex_skip(struct smini_span text, size_t at)
{
    while (at < text.length) {
        size_t join = smini_lex_join(text, at);
        if (join)
            at += join;
        else if (smini_lex_is_space(text.bytes[at]))
            at++;
        else
            break;
    }
    return at;
}

struct smini_span smini_lex_trim(struct smini_span span)
{
    while (span.length && smini_lex_is_space(span.bytes[0])) {
        span.bytes++;
        span.length--;
    }
    while (span.length && smini_lex_is_space(span.bytes[span.length - 1]))
        span.length--;
    return span;
}

struct smini_span smini_lex_token(struct smini_span text, size_t *at)
{
    size_t from = smini_lex_skip(text, *at);
    size_t to = from;
    size_t depth = 0;
    while (to < text.length) {
        uint8_t byte = text.bytes[to];
        if (byte == '[')
            depth++;
        else if (byte == ']' && depth)
            depth--;
        else if (byte == '(' || (depth == 0 && (smini_lex_is_space(byte) || smini_lex_join(text, to))))
            break;
        to++;
    }
    *at = to;
    return smini_span_part(text, from, to - from);
}

bool smini_lex_part(struct smini_span *rest, uint8_t separator, struct smini_span *part)
{
    if (!rest->bytes)
        return false;
    size_t depth = 0;
    size_t to = 0;
    for (; to < rest->length; to++) {
        uint8_t byte = rest->bytes[to];
        if (byte == '[')
            depth++;
        else if (byte == ']' && depth)
            depth--;
        else if (byte == separator && depth == 0)
            break;
    }
    *part = smini_lex_trim(smini_span_make(rest->bytes, to));
    if (to < rest->length)
        *rest = smini_span_make(rest->bytes + to + 1, rest->length - to - 1);
    else
        *rest = smini_span_make(NULL, 0);
    return true;
}

bool smini_lex_unjoin(struct smini_rule_arena *arena, struct smini_span *span)
{
    size_t at = 0;
    while (at < span->length && !smini_lex_join(*span, at))
        at++;
    if (at == span->length)
        return true;
    uint8_t *copy = smini_rule_arena_get(arena, span->length);
    if (!copy)
        return false;
    size_t length = 0;
    for (at = 0; at < span->length;) {
        size_t join = smini_lex_join(*span, at);
        if (join)
            at += join;
        else
            copy[length++] = span->bytes[at++];
    }
    *span = smini_span_make(copy, length);
    return true;
}

static bool digit_value(uint8_t byte, unsigned base, unsigned *value)
{
    uint8_t low = smini_ascii_lower(byte);
    if (low >= '0' && low <= '9')
        *value = (unsigned)(low - '0');
    else if (low >= 'a' && low <= 'f')
        *value = (unsigned)(low - 'a') + 10;
    else
        return false;
    return *value < base;
}

bool smini_lex_digits(struct smini_span span, unsigned base, uint64_t *number)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < span.length; i++) {
        unsigned digit;
        if (!digit_value(span.bytes[i], base, &digit) || sum > (UINT64_MAX - digit) / base)
            return false;
        sum = sum * base + digit;
    }
    *number = sum;
    return span.length > 0;
}

bool smini_lex_number(struct smini_span span, uint64_t *number)
{
    span = smini_lex_trim(span);
    if (smini_span_starts_nocase(span, "0x"))
        return smini_lex_digits(smini_span_part(span, 2, span.length), 16, number);
    return smini_lex_digits(span, 10, number);
}

bool smini_lex_hex(struct smini_span span, uint64_t *number)
{
    span = smini_lex_trim(span);
    size_t prefix = smini_span_starts_nocase(span, "0x") ? 2 : 0;
    return smini_lex_digits(smini_span_part(span, prefix, span.length), 16, number);
}

bool smini_lex_c_number(struct smini_span span, uint64_t *number)
{
    span = smini_lex_trim(span);
    if (span.length > 1 && span.bytes[0] == '0' && !smini_span_starts_nocase(span, "0x"))
        return smini_lex_digits(span, 8, number);
    return smini_lex_number(span, number);
}

bool smini_lex_signed(struct smini_span span, int64_t *number)
{
    span = smini_lex_trim(span);
    bool minus = span.length && span.bytes[0] == '-';
    if (span.length && (minus || span.bytes[0] == '+'))
        span = smini_span_part(span, 1, span.length);
    uint64_t size;
    if (!smini_lex_number(span, &size) || size > UINT32_MAX)
        return false;
    *number = minus ? -(int64_t)size : (int64_t)size;
    return true;
}

bool smini_lex_is_option(struct smini_span span, const char *word)
{
    bool dots = smini_span_find(span, '.') < span.length;
    size_t i = 0;
    for (; i < span.length && word[i]; i++) {
        uint8_t byte = word[i] == '.' && !dots ? '_' : (uint8_t)word[i];
        if (span.bytes[i] != byte)
            return false;
    }
    return i == span.length && !word[i];
}

bool smini_lex_word(struct smini_span span, struct smini_span *word, struct smini_span *rest)
{
    span = smini_lex_trim(span);
    size_t to = 0;
    while (to < span.length && !smini_lex_is_space(span.bytes[to]))
        to++;
    *word = smini_span_make(span.bytes, to);
    *rest = smini_lex_trim(smini_span_make(span.bytes + to, span.length - to));
    return to > 0;
}
