/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the push decoder share. */
#ifndef SMINI_DECODE_STREAM_STATE_H
#define SMINI_DECODE_STREAM_STATE_H

#include "decode/buffer.h"
#include "decode/header.h"
#include "decode/stream.h"
#include "decode/view.h"

enum smini_stream_state {
    STATE_START,   /* nothing is decided: is this Smart Install at all? */
    STATE_HEAD,    /* right behind a message */
    STATE_BODY,    /* inside a message */
    STATE_TRAILER, /* behind a message, in bytes that are none */
    STATE_ENDLESS, /* inside a message whose length frames nothing */
    STATE_HUNT,    /* not in step: looking for a strict header */
    STATE_DONE
};

enum { FLAG_HINTED = 1, FLAG_MIDSTREAM = 2, FLAG_NO_MEMORY = 4 };

/* A header that begins among the last bytes of a piece may need these. */
enum { HEADER_REST = SMINI_HEADER_BYTES - 1 };

/* Value of lost_at while every byte is accounted for. */
#define IN_STEP UINT64_MAX

/* stream_deliver.c */

/* The message that stands whole at `bytes`. */
void smini_stream_deliver_in_place(struct smini_stream *stream, struct smini_decode_scratch *scratch,
                                   const uint8_t *bytes, uint32_t total);
/* The message in the buffer, as far as it arrived. */
void smini_stream_deliver_buffered(struct smini_stream *stream, struct smini_decode_scratch *scratch, bool ended);
/* The first `length` bytes of what is collected; `limited` when the cap ended it. */
void smini_stream_deliver_collected(struct smini_stream *stream, struct smini_decode_scratch *scratch,
                                    uint32_t length, bool limited);
/* Events of the stream itself. */
void smini_stream_deliver_events(struct smini_stream *stream, struct smini_decode_scratch *scratch);

/* The bytes end inside the first header: says so when they can be nothing else. */
void smini_stream_deliver_cut_head(struct smini_stream *stream, struct smini_decode_scratch *scratch);

/* stream_hunt.c */

/* Not in step any more: from `at` on bytes belong to nothing. */
void smini_stream_lose(struct smini_stream *stream, uint64_t at);
/* Shortens a head that can be no strict header to its longest end that still may begin one. */
void smini_stream_rehunt(struct smini_stream *stream);
/* One more byte while hunting; true when it completes a strict header in `head`. */
bool smini_stream_hunt(struct smini_stream *stream, uint8_t byte, uint64_t offset);

/* stream_step.c */

/* One step of the machine; gives how many of `left` bytes, at least one of which is there, it used. */
size_t smini_stream_step(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *at,
                         size_t left);
/* Makes a trailer of the head in hand. */
bool smini_stream_open_trailer(struct smini_stream *stream, struct smini_decode_scratch *scratch);
/* How many collected bytes are kept at the most. */
uint32_t smini_stream_collect_cap(const struct smini_stream *stream, const struct smini_decode_scratch *scratch);

#endif
