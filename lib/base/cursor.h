/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one bounded reader for untrusted bytes. The error is sticky: after the
 * first read past the end every read gives zero or an empty span, so a caller
 * looks at smini_cursor_failed() once per structure. Integers are big-endian.
 * For every length-delimited item take smini_cursor_narrow(): an item can then
 * not see its neighbour.
 */
#ifndef SMINI_CURSOR_H
#define SMINI_CURSOR_H

#include "base/span.h"

struct smini_cursor {
    const uint8_t *at;
    const uint8_t *end;
    uint64_t offset; /* of `at`, in whatever the caller counts: file, stream, message */
    bool failed;
};

static inline struct smini_cursor smini_cursor_make(struct smini_span span, uint64_t offset)
{
    static const uint8_t nothing[1];
    const uint8_t *bytes = span.bytes ? span.bytes : nothing;
    struct smini_cursor cursor = {.at = bytes, .end = bytes + (span.bytes ? span.length : 0), .offset = offset};
    return cursor;
}

static inline bool smini_cursor_failed(const struct smini_cursor *cursor)
{
    return cursor->failed;
}

static inline size_t smini_cursor_left(const struct smini_cursor *cursor)
{
    return cursor->failed ? 0 : (size_t)(cursor->end - cursor->at);
}

/* NULL, and the sticky error, when fewer than `length` bytes are left. */
static inline const uint8_t *smini_cursor_take(struct smini_cursor *cursor, size_t length)
{
    if (cursor->failed || length > (size_t)(cursor->end - cursor->at)) {
        cursor->failed = true;
        return NULL;
    }
    const uint8_t *bytes = cursor->at;
    cursor->at += length;
    cursor->offset += length;
    return bytes;
}

static inline void smini_cursor_skip(struct smini_cursor *cursor, size_t length)
{
    (void)smini_cursor_take(cursor, length);
}

static inline struct smini_span smini_cursor_span(struct smini_cursor *cursor, size_t length)
{
    const uint8_t *bytes = smini_cursor_take(cursor, length);
    return bytes ? smini_span_make(bytes, length) : smini_span_make(NULL, 0);
}

/* Everything that is left. */
static inline struct smini_span smini_cursor_rest(struct smini_cursor *cursor)
{
    return smini_cursor_span(cursor, smini_cursor_left(cursor));
}

static inline uint8_t smini_cursor_u8(struct smini_cursor *cursor)
{
    const uint8_t *b = smini_cursor_take(cursor, 1);
    return b ? b[0] : 0;
}

static inline uint16_t smini_bytes_u16(const uint8_t *b)
{
    return (uint16_t)((b[0] << 8) | b[1]);
}

static inline uint32_t smini_bytes_u32(const uint8_t *b)
{
    return ((uint32_t)b[0] << 24) | ((uint32_t)b[1] << 16) | ((uint32_t)b[2] << 8) | b[3];
}

static inline uint16_t smini_cursor_u16(struct smini_cursor *cursor)
{
    const uint8_t *b = smini_cursor_take(cursor, 2);
    return b ? smini_bytes_u16(b) : 0;
}

static inline uint32_t smini_cursor_u32(struct smini_cursor *cursor)
{
    const uint8_t *b = smini_cursor_take(cursor, 4);
    return b ? smini_bytes_u32(b) : 0;
}

static inline uint64_t smini_cursor_u64(struct smini_cursor *cursor)
{
    uint64_t high = smini_cursor_u32(cursor);
    return (high << 32) | smini_cursor_u32(cursor);
}

/*
 * A cursor over the next `length` bytes only; the outer cursor moves behind
 * them. When fewer are left, the narrowed cursor holds those that are there,
 * and the outer one fails.
 */
static inline struct smini_cursor smini_cursor_narrow(struct smini_cursor *cursor, size_t length)
{
    size_t left = smini_cursor_left(cursor);
    size_t have = length < left ? length : left;
    struct smini_cursor item = smini_cursor_make(smini_span_make(cursor->at, have), cursor->offset);
    item.failed = cursor->failed;
    smini_cursor_skip(cursor, length);
    return item;
}

#endif
