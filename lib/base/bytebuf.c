/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/bytebuf.h"

#include "smin/status.h"

enum { FIRST_CAPACITY = 64 };

void smini_bytebuf_init(struct smini_bytebuf *buf, struct smini_alloc *alloc, size_t cap)
{
    memset(buf, 0, sizeof(*buf));
    buf->alloc = alloc;
    buf->cap = cap;
}

int32_t smini_bytebuf_reserve(struct smini_bytebuf *buf, size_t length)
{
    if (length > buf->cap || buf->length > buf->cap - length)
        return SMIN_E_LIMIT;
    size_t want = buf->length + length;
    if (want <= buf->capacity)
        return SMIN_OK;
    size_t capacity = buf->capacity ? buf->capacity : FIRST_CAPACITY;
    while (capacity < want)
        capacity = capacity > buf->cap / 2 ? buf->cap : capacity * 2;
    if (capacity > buf->cap)
        capacity = buf->cap;
    uint8_t *bytes = smini_alloc_grow(buf->alloc, buf->bytes, buf->capacity, capacity);
    if (!bytes)
        return SMIN_E_NOMEM;
    buf->bytes = bytes;
    buf->capacity = capacity;
    return SMIN_OK;
}

int32_t smini_bytebuf_add(struct smini_bytebuf *buf, struct smini_span span)
{
    size_t room = buf->cap - buf->length;
    size_t length = span.length < room ? span.length : room;
    if (length > 0) {
        int32_t status = smini_bytebuf_reserve(buf, length);
        if (status != SMIN_OK)
            return status;
        memcpy(buf->bytes + buf->length, span.bytes, length);
        buf->length += length;
    }
    return length == span.length ? SMIN_OK : SMIN_E_LIMIT;
}

void smini_bytebuf_free(struct smini_bytebuf *buf)
{
    smini_alloc_free(buf->alloc, buf->bytes, buf->capacity);
    buf->bytes = NULL;
    buf->length = 0;
    buf->capacity = 0;
}
