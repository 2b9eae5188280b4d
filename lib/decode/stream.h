/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Push decoder of one direction of one connection. Plain memory that the
 * caller places; it holds a buffer only while a message spans pushes. What is
 * delivered depends on byte positions alone, never on how they were cut.
 */
#ifndef SMINI_DECODE_STREAM_H
#define SMINI_DECODE_STREAM_H

#include "decode/scratch.h"

struct smini_stream {
    uint64_t offset;      /* of the next byte to come, counted in decoded bytes while the stream is hexadecimal text */
    uint64_t begin;       /* of the header, message or trailer in hand */
    uint64_t lost_at;     /* where synchronisation was lost */
    uint64_t lost_gap;    /* bytes missing since then */
    uint64_t lost_gap_at; /* where the first of them is missing */
    struct smini_buffer *buffer;
    uint32_t arrived;  /* bytes of the message so far, kept or not */
    uint32_t total;    /* bytes it has by its header */
    uint32_t scanned;  /* of what is collected: no strict header begins before */
    uint32_t number;   /* of the next message */
    uint8_t head[16];  /* header in the making */
    uint8_t last[16];  /* header of the message before */
    uint8_t head_length;
    uint8_t state;
    uint8_t direction;
    uint8_t flags;
    uint8_t hex_shift; /* 1 while the stream is hexadecimal text, else 0 */
    uint8_t nibble;    /* the digit that waits for its second, plus 1; 0: none */
    uint8_t reported;  /* SMINI_RANK_* of what was said of the message before */
};

_Static_assert(sizeof(struct smini_stream) <= 128, "two of these belong to every Smart Install flow");

/* `hinted`: a port is 4786. `midstream`: the first byte may stand inside a message. */
void smini_stream_init(struct smini_stream *stream, uint32_t direction, bool hinted, bool midstream);

/* SMIN_OK; SMIN_DONE: send no more; SMIN_E_NOMEM: only drop it. */
int32_t smini_stream_feed(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *bytes,
                          size_t length);

/* `length` bytes are missing here. Statuses as feed. */
int32_t smini_stream_gap(struct smini_stream *stream, struct smini_decode_scratch *scratch, uint64_t length);

/* Delivers what is unfinished; afterwards everything answers SMIN_DONE. Statuses as feed. */
int32_t smini_stream_end(struct smini_stream *stream, struct smini_decode_scratch *scratch);

/* Gives its memory back and delivers nothing. Fine to repeat. */
void smini_stream_drop(struct smini_stream *stream, struct smini_decode_scratch *scratch);

/* How many more bytes the message in hand lacks; 0 when unknown or when none is in hand. */
uint64_t smini_stream_needed(const struct smini_stream *stream);

#endif
