/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/hex_text.h"
#include "decode/stream_state.h"

static bool out_of_memory(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    smini_stream_drop(stream, scratch);
    stream->flags |= FLAG_NO_MEMORY;
    return false;
}

/* A header whose message is not here whole: keeps it and waits for the rest. */
static bool open_body(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *header)
{
    uint32_t length = smini_header_read(header).length;
    stream->head_length = 0;
    stream->arrived = SMINI_HEADER_BYTES;
    stream->buffer = smini_buffer_take(scratch);
    if (!stream->buffer)
        return out_of_memory(stream, scratch);
    if (!smini_buffer_add(scratch, &stream->buffer, header, SMINI_HEADER_BYTES, SMINI_HEADER_BYTES))
        return out_of_memory(stream, scratch);
    if (length > scratch->limits.absurd_length) {
        stream->state = STATE_ENDLESS;
        stream->scanned = SMINI_HEADER_BYTES;
        return true;
    }
    stream->total = SMINI_HEADER_BYTES + length;
    stream->state = STATE_BODY;
    if (stream->total == stream->arrived)
        smini_stream_deliver_buffered(stream, scratch, false);
    return true;
}

/* A whole header stands at `at`: the message in place when it is all there, else its header alone. */
static size_t step_message(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *at,
                           size_t left)
{
    uint64_t total = SMINI_HEADER_BYTES + (uint64_t)smini_header_read(at).length;
    if (total > left || total > scratch->limits.message_bytes) {
        (void)open_body(stream, scratch, at);
        return SMINI_HEADER_BYTES;
    }
    smini_stream_deliver_in_place(stream, scratch, at, (uint32_t)total);
    return (size_t)total;
}

bool smini_stream_open_trailer(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    stream->buffer = smini_buffer_take(scratch);
    if (!stream->buffer)
        return out_of_memory(stream, scratch);
    if (!smini_buffer_add(scratch, &stream->buffer, stream->head, stream->head_length, SMINI_HEADER_BYTES))
        return out_of_memory(stream, scratch);
    stream->head_length = 0;
    stream->scanned = 0;
    stream->state = STATE_TRAILER;
    return true;
}

/* The first bytes of the stream are no header. */
static void refuse_start(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    if (!(stream->flags & FLAG_HINTED)) {
        smini_stream_drop(stream, scratch);
        return;
    }
    uint8_t length = stream->head_length;
    smini_stream_lose(stream, stream->begin);
    stream->head_length = length;
    smini_stream_rehunt(stream);
}

/* Hexadecimal digits where the first header should be: from now on every two make a byte. */
static void open_hex(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    uint8_t digits[SMINI_HEX_PREFIX];
    size_t made;
    memcpy(digits, stream->head, sizeof(digits));
    (void)smini_hex_decode(digits, sizeof(digits), &stream->nibble, stream->head, sizeof(stream->head), &made);
    stream->hex_shift = 1;
    stream->head_length = (uint8_t)made;
    smini_stream_deliver_events(stream, scratch);
}

static void judge_start(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    bool hinted = stream->flags & FLAG_HINTED;
    int judged =
        smini_header_judge_prefix(stream->head, stream->head_length, hinted ? SMINI_HINTED : SMINI_STRICT);
    if (judged == SMINI_JUDGED_YES) {
        (void)open_body(stream, scratch, stream->head);
        return;
    }
    int hex = hinted && stream->hex_shift == 0 ? smini_hex_judge_prefix(stream->head, stream->head_length)
                                               : SMINI_JUDGED_NO;
    if (hex == SMINI_JUDGED_YES)
        open_hex(stream, scratch);
    else if (judged == SMINI_JUDGED_NO && hex == SMINI_JUDGED_NO)
        refuse_start(stream, scratch);
}

static void judge_head(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    int judged = smini_header_judge_next(stream->head, stream->head_length, SMINI_HINTED);
    if (judged == SMINI_JUDGED_YES)
        (void)open_body(stream, scratch, stream->head);
    else if (judged == SMINI_JUDGED_NO)
        (void)smini_stream_open_trailer(stream, scratch);
}

static size_t step_head(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *at,
                        size_t left)
{
    bool start = stream->state == STATE_START;
    if (stream->head_length == 0) {
        stream->begin = stream->offset;
        if (left >= SMINI_HEADER_BYTES) {
            struct smini_header header = smini_header_read(at);
            int strictness = start && !(stream->flags & FLAG_HINTED) ? SMINI_STRICT : SMINI_HINTED;
            if (smini_header_judge(&header, strictness) == SMINI_JUDGED_YES)
                return step_message(stream, scratch, at, left);
        }
    }
    stream->head[stream->head_length++] = *at;
    if (start)
        judge_start(stream, scratch);
    else
        judge_head(stream, scratch);
    return 1;
}

static size_t step_body(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *at,
                        size_t left)
{
    uint32_t lacks = stream->total - stream->arrived;
    uint32_t length = left < lacks ? (uint32_t)left : lacks;
    if (!smini_buffer_add(scratch, &stream->buffer, at, length, scratch->limits.message_bytes)) {
        (void)out_of_memory(stream, scratch);
        return length;
    }
    stream->arrived += length;
    if (stream->arrived == stream->total)
        smini_stream_deliver_buffered(stream, scratch, false);
    return length;
}

uint32_t smini_stream_collect_cap(const struct smini_stream *stream, const struct smini_decode_scratch *scratch)
{
    return stream->state == STATE_ENDLESS ? scratch->limits.message_bytes : scratch->limits.trailer_bytes;
}

/* The cap is reached and no header begins before it: the bytes behind it may still begin one. */
static void stop_collecting(struct smini_stream *stream, struct smini_decode_scratch *scratch, uint32_t cap)
{
    uint8_t rest[HEADER_REST];
    uint32_t length = stream->buffer->used - cap;
    uint64_t end = stream->begin + cap;
    memcpy(rest, stream->buffer->bytes + cap, length);
    smini_stream_deliver_collected(stream, scratch, cap, true);
    smini_stream_lose(stream, end);
    for (uint32_t i = 0; i < length; i++)
        (void)smini_stream_hunt(stream, rest[i], end + i);
}

/* Collects, and looks for a strict header in what is collected. */
static size_t step_collect(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *at,
                           size_t left)
{
    uint32_t cap = smini_stream_collect_cap(stream, scratch);
    uint32_t before = stream->buffer->used;
    uint32_t room = cap + HEADER_REST - before;
    uint32_t length = left < room ? (uint32_t)left : room;
    if (!smini_buffer_add(scratch, &stream->buffer, at, length, cap + HEADER_REST)) {
        (void)out_of_memory(stream, scratch);
        return length;
    }
    const struct smini_buffer *buffer = stream->buffer;
    uint32_t scanned = stream->scanned;
    uint32_t found = scanned + (uint32_t)smini_header_find(buffer->bytes + scanned, buffer->used - scanned);
    if (found < buffer->used) {
        uint8_t header[SMINI_HEADER_BYTES];
        memcpy(header, buffer->bytes + found, sizeof(header));
        uint64_t next = stream->begin + found;
        smini_stream_deliver_collected(stream, scratch, found, false);
        stream->begin = next;
        (void)open_body(stream, scratch, header);
        return found + SMINI_HEADER_BYTES - before;
    }
    if (buffer->used > HEADER_REST && buffer->used - HEADER_REST > scanned)
        stream->scanned = buffer->used - HEADER_REST;
    if (buffer->used == cap + HEADER_REST)
        stop_collecting(stream, scratch, cap);
    return length;
}

static size_t step_hunt(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *at,
                        size_t left)
{
    if (stream->head_length == 0 && left >= SMINI_HEADER_BYTES) {
        size_t found = smini_header_find(at, left);
        stream->begin = stream->offset + found;
        if (found == 0)
            return step_message(stream, scratch, at, left);
        return found < left ? found : left - HEADER_REST;
    }
    if (smini_stream_hunt(stream, *at, stream->offset))
        (void)open_body(stream, scratch, stream->head);
    return 1;
}

size_t smini_stream_step(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *at,
                         size_t left)
{
    switch ((enum smini_stream_state)stream->state) {
    case STATE_START:
    case STATE_HEAD:
        return step_head(stream, scratch, at, left);
    case STATE_BODY:
        return step_body(stream, scratch, at, left);
    case STATE_TRAILER:
    case STATE_ENDLESS:
        return step_collect(stream, scratch, at, left);
    case STATE_HUNT:
        return step_hunt(stream, scratch, at, left);
    case STATE_DONE:
        break;
    }
    return left;
}
