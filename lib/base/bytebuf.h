/* SPDX-License-Identifier: BSD-2-Clause */
/* Growable bytes with a hard cap given at creation. */
#ifndef SMINI_BYTEBUF_H
#define SMINI_BYTEBUF_H

#include "base/alloc.h"
#include "base/span.h"

struct smini_bytebuf {
    struct smini_alloc *alloc;
    uint8_t *bytes;
    size_t length;
    size_t capacity;
    size_t cap; /* never holds more than this */
};

void smini_bytebuf_init(struct smini_bytebuf *buf, struct smini_alloc *alloc, size_t cap);

/* Appends as much as fits under the cap. SMIN_OK, SMIN_E_LIMIT (the rest was left out) or SMIN_E_NOMEM (nothing was). */
int32_t smini_bytebuf_add(struct smini_bytebuf *buf, struct smini_span span);

/* Room for `length` more bytes, to be written at bytes + length. SMIN_OK, SMIN_E_LIMIT or SMIN_E_NOMEM. */
int32_t smini_bytebuf_reserve(struct smini_bytebuf *buf, size_t length);

static inline struct smini_span smini_bytebuf_span(const struct smini_bytebuf *buf)
{
    return smini_span_make(buf->bytes, buf->length);
}

static inline void smini_bytebuf_clear(struct smini_bytebuf *buf)
{
    buf->length = 0;
}

/* Gives the memory back; the buffer stays usable. */
void smini_bytebuf_free(struct smini_bytebuf *buf);

#endif
