/* SPDX-License-Identifier: BSD-2-Clause */
/* A pointer and a length. Never NUL-terminated; bytes may be NULL only when length is 0. */
#ifndef SMINI_SPAN_H
#define SMINI_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct smini_span {
    const uint8_t *bytes;
    size_t length;
};

static inline struct smini_span smini_span_make(const void *bytes, size_t length)
{
    struct smini_span span = {.bytes = bytes, .length = length};
    return span;
}

static inline struct smini_span smini_span_text(const char *text)
{
    return smini_span_make(text, strlen(text));
}

/* The part of `span` that begins at `from`, at most `length` bytes; empty when `from` is past the end. */
static inline struct smini_span smini_span_part(struct smini_span span, size_t from, size_t length)
{
    if (from >= span.length)
        return smini_span_make(NULL, 0);
    size_t rest = span.length - from;
    return smini_span_make(span.bytes + from, length < rest ? length : rest);
}

static inline bool smini_span_equal(struct smini_span a, struct smini_span b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

/* ASCII only, so that no locale can change what we find. */
static inline uint8_t smini_ascii_lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte + 32) : byte;
}

static inline bool smini_span_equal_nocase(struct smini_span a, struct smini_span b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (smini_ascii_lower(a.bytes[i]) != smini_ascii_lower(b.bytes[i]))
            return false;
    return true;
}

static inline bool smini_span_starts_nocase(struct smini_span span, const char *prefix)
{
    size_t length = strlen(prefix);
    return span.length >= length &&
           smini_span_equal_nocase(smini_span_make(span.bytes, length), smini_span_make(prefix, length));
}

/* Offset of the first `byte` in `span`, or span.length when there is none. */
static inline size_t smini_span_find(struct smini_span span, uint8_t byte)
{
    if (span.length == 0)
        return 0;
    const uint8_t *hit = memchr(span.bytes, byte, span.length);
    return hit ? (size_t)(hit - span.bytes) : span.length;
}

#endif
