/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/stream.h"

#include "decode/hex_text.h"
#include "decode/stream_state.h"
#include "smin/status.h"

/* Role, version and type: fewer bytes of a header could be the beginning of anything. */
enum { HEAD_TELLING = 12 };

void smini_stream_init(struct smini_stream *stream, uint32_t direction, bool hinted, bool midstream)
{
    memset(stream, 0, sizeof(*stream));
    stream->direction = (uint8_t)direction;
    stream->state = midstream ? STATE_HUNT : STATE_START;
    stream->lost_at = midstream ? 0 : IN_STEP;
    stream->flags = (uint8_t)((hinted ? FLAG_HINTED : 0) | (midstream ? FLAG_MIDSTREAM : 0));
}

void smini_stream_drop(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    smini_buffer_give(scratch, stream->buffer);
    stream->buffer = NULL;
    stream->state = STATE_DONE;
}

uint64_t smini_stream_needed(const struct smini_stream *stream)
{
    if (stream->state == STATE_BODY)
        return (uint64_t)(stream->total - stream->arrived) << stream->hex_shift;
    return 0;
}

static int32_t status_of(const struct smini_stream *stream)
{
    if (stream->flags & FLAG_NO_MEMORY)
        return SMIN_E_NOMEM;
    return stream->state == STATE_DONE ? SMIN_DONE : SMIN_OK;
}

/* Gives how many bytes it used: fewer than `length` when the stream turns out to be hexadecimal text. */
static size_t run(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *bytes,
                  size_t length)
{
    uint8_t shift = stream->hex_shift;
    size_t at = 0;
    while (at < length && stream->state != STATE_DONE) {
        size_t used = smini_stream_step(stream, scratch, bytes + at, length - at);
        at += used;
        stream->offset += used;
        if (stream->hex_shift != shift) {
            stream->offset >>= stream->hex_shift;
            break;
        }
    }
    return at;
}

/* Delivers what is unfinished where the bytes end. */
static void finish(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    if (stream->state == STATE_BODY)
        smini_stream_deliver_buffered(stream, scratch, true);
    else if (stream->state == STATE_START && stream->head_length >= HEAD_TELLING)
        smini_stream_deliver_cut_head(stream, scratch);
    else if (stream->state == STATE_HEAD && stream->head_length > 0)
        (void)smini_stream_open_trailer(stream, scratch);
    if (stream->state == STATE_TRAILER || stream->state == STATE_ENDLESS) {
        uint32_t cap = smini_stream_collect_cap(stream, scratch);
        uint32_t used = stream->buffer->used;
        smini_stream_deliver_collected(stream, scratch, used < cap ? used : cap, used > cap);
    }
}

/* Something else than a digit: the rest is bytes again, and none of ours until a header says so. */
static void close_hex(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    finish(stream, scratch);
    if (stream->state == STATE_DONE)
        return;
    stream->offset = (stream->offset << stream->hex_shift) + (stream->nibble != 0);
    stream->hex_shift = 0;
    stream->nibble = 0;
    smini_stream_lose(stream, stream->offset);
}

static size_t run_hex(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *bytes,
                      size_t length)
{
    uint8_t decoded[256];
    size_t made;
    size_t used = smini_hex_decode(bytes, length, &stream->nibble, decoded, sizeof(decoded), &made);
    (void)run(stream, scratch, decoded, made);
    if (used < length && made < sizeof(decoded))
        close_hex(stream, scratch);
    return used;
}

/* A piece from the middle of a message that fits where it goes: nothing changes but the counts. */
static bool feed_middle(struct smini_stream *stream, const struct smini_decode_scratch *scratch, const uint8_t *bytes,
                        size_t length)
{
    if (stream->state != STATE_BODY || stream->hex_shift != 0 || length >= stream->total - stream->arrived)
        return false;
    struct smini_buffer *buffer = stream->buffer;
    uint32_t most = buffer->room < scratch->limits.message_bytes ? buffer->room : scratch->limits.message_bytes;
    if (buffer->closed || buffer->used >= most || length > most - buffer->used)
        return false;
    if (length == 1)
        buffer->bytes[buffer->used] = bytes[0];
    else
        memcpy(buffer->bytes + buffer->used, bytes, length);
    buffer->used += (uint32_t)length;
    stream->arrived += (uint32_t)length;
    stream->offset += length;
    return true;
}

int32_t smini_stream_feed(struct smini_stream *stream, struct smini_decode_scratch *scratch, const uint8_t *bytes,
                          size_t length)
{
    scratch->counters.bytes += length;
    if (length == 0)
        return status_of(stream);
    if (feed_middle(stream, scratch, bytes, length))
        return SMIN_OK;
    size_t at = 0;
    while (at < length && stream->state != STATE_DONE) {
        if (stream->hex_shift)
            at += run_hex(stream, scratch, bytes + at, length - at);
        else
            at += run(stream, scratch, bytes + at, length - at);
    }
    return status_of(stream);
}

static void lose_bytes(struct smini_stream *stream, uint64_t length)
{
    if (stream->state != STATE_HUNT)
        smini_stream_lose(stream, stream->head_length > 0 ? stream->begin : stream->offset);
    if (stream->lost_gap == 0)
        stream->lost_gap_at = stream->offset;
    stream->lost_gap += length;
    stream->head_length = 0;
    stream->offset += length;
}

/* The missing bytes of a message whose end is known; gives how many of `length` that were. */
static uint64_t fill_body(struct smini_stream *stream, struct smini_decode_scratch *scratch, uint64_t length)
{
    uint32_t lacks = stream->total - stream->arrived;
    uint32_t fill = length < lacks ? (uint32_t)length : lacks;
    if (!smini_buffer_add_hole(scratch, &stream->buffer, fill, scratch->limits.message_bytes)) {
        smini_stream_drop(stream, scratch);
        stream->flags |= FLAG_NO_MEMORY;
        return fill;
    }
    stream->arrived += fill;
    stream->offset += fill;
    if (stream->arrived == stream->total)
        smini_stream_deliver_buffered(stream, scratch, false);
    return fill;
}

int32_t smini_stream_gap(struct smini_stream *stream, struct smini_decode_scratch *scratch, uint64_t length)
{
    if (stream->state == STATE_DONE || length == 0)
        return status_of(stream);
    scratch->counters.gaps++;
    if (stream->hex_shift)
        close_hex(stream, scratch);
    if (stream->state == STATE_BODY)
        length -= fill_body(stream, scratch, length);
    else if (stream->state == STATE_TRAILER || stream->state == STATE_ENDLESS)
        finish(stream, scratch);
    if (length > 0 && stream->state != STATE_DONE)
        lose_bytes(stream, length);
    return status_of(stream);
}

int32_t smini_stream_end(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    if (stream->state == STATE_DONE)
        return status_of(stream);
    finish(stream, scratch);
    if (stream->state == STATE_HUNT) {
        scratch->counters.bytes_skipped += stream->offset - stream->lost_at - stream->lost_gap;
        stream->begin = stream->offset;
        if (stream->number > 0 && stream->lost_gap > 0)
            smini_stream_deliver_events(stream, scratch);
    }
    smini_stream_drop(stream, scratch);
    return stream->flags & FLAG_NO_MEMORY ? SMIN_E_NOMEM : SMIN_OK;
}
