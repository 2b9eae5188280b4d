/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/stream_state.h"

/* Member by member: clearing it as a block costs more than all the rest of a small message. */
static void view_of(const struct smini_stream *stream, struct smini_decode_scratch *scratch, struct smini_view *view,
                    uint32_t kind)
{
    view->scratch = scratch;
    view->bytes = NULL;
    view->size = 0;
    view->arrived = 0;
    view->header = (struct smini_header){0};
    view->row = NULL;
    view->holes = NULL;
    view->hole_count = 0;
    view->offset = stream->begin << stream->hex_shift;
    view->number = stream->number;
    view->kind = kind;
    view->direction = stream->direction;
    view->flags = 0;
    view->shift = stream->hex_shift;
    view->ended = false;
    view->midstream = stream->flags & FLAG_MIDSTREAM;
    view->holes_left_out = false;
    view->serves = false;
    view->reported = kind == SMIN_KIND_TRAILER ? stream->reported : SMINI_RANK_NONE;
    view->head_cut = 0;
    view->items = 0;
    view->file = smini_span_make(NULL, 0);
    view->skipped = 0;
    view->resynchronised = false;
    view->gap_at = 0;
    view->gap_length = 0;
}

static void view_row(struct smini_view *view, const uint8_t *header)
{
    view->header = smini_header_read(header);
    view->row = smini_message_row_find(view->header.from, view->header.type);
    if (!view->row)
        view->row = smini_message_row_unknown();
}

/* What happened since the message before: gaps, bytes that were none of ours. */
static void view_lost(struct smini_stream *stream, struct smini_view *view)
{
    uint64_t skipped = stream->begin - stream->lost_at - stream->lost_gap;
    view->gap_at = stream->lost_gap_at << stream->hex_shift;
    view->gap_length = stream->lost_gap;
    view->skipped = skipped << stream->hex_shift;
    view->scratch->counters.bytes_skipped += view->skipped;
    view->resynchronised = skipped > 0 || stream->lost_gap > 0;
}

static void deliver_message(struct smini_stream *stream, struct smini_decode_scratch *scratch, struct smini_view *view,
                            const uint8_t *bytes)
{
    view->bytes = bytes;
    view_row(view, bytes);
    if (stream->lost_at != IN_STEP)
        view_lost(stream, view);
    stream->lost_at = IN_STEP;
    memcpy(stream->last, bytes, SMINI_HEADER_BYTES);
    stream->number++;
    stream->state = STATE_HEAD;
    smini_view_deliver(view);
    stream->reported = view->reported;
    smini_buffer_give(scratch, stream->buffer);
    stream->buffer = NULL;
}

void smini_stream_deliver_buffered(struct smini_stream *stream, struct smini_decode_scratch *scratch, bool ended)
{
    const struct smini_buffer *buffer = stream->buffer;
    struct smini_view view;
    view_of(stream, scratch, &view, SMIN_KIND_MESSAGE);
    view.size = buffer->used;
    view.arrived = stream->arrived;
    view.holes = buffer->holes;
    view.hole_count = buffer->hole_count;
    view.holes_left_out = buffer->closed;
    view.ended = ended;
    if (buffer->hole_count > 0)
        view.flags |= SMIN_MESSAGE_HOLE;
    if (buffer->used < stream->arrived)
        view.flags |= SMIN_MESSAGE_LIMIT;
    if (view.flags == 0 && stream->arrived == stream->total)
        view.flags = SMIN_MESSAGE_COMPLETE;
    deliver_message(stream, scratch, &view, buffer->bytes);
}

void smini_stream_deliver_collected(struct smini_stream *stream, struct smini_decode_scratch *scratch, uint32_t length,
                              bool limited)
{
    struct smini_view view;
    bool endless = stream->state == STATE_ENDLESS;
    view_of(stream, scratch, &view, endless ? SMIN_KIND_MESSAGE : SMIN_KIND_TRAILER);
    view.size = length;
    view.arrived = length;
    view.flags = limited ? SMIN_MESSAGE_LIMIT : 0;
    if (endless) {
        deliver_message(stream, scratch, &view, stream->buffer->bytes);
        return;
    }
    view.bytes = stream->buffer->bytes;
    view.number = stream->number - 1;
    view_row(&view, stream->last);
    smini_view_deliver(&view);
    smini_buffer_give(scratch, stream->buffer);
    stream->buffer = NULL;
}

void smini_stream_deliver_in_place(struct smini_stream *stream, struct smini_decode_scratch *scratch,
                                   const uint8_t *bytes, uint32_t total)
{
    struct smini_view view;
    view_of(stream, scratch, &view, SMIN_KIND_MESSAGE);
    view.size = total;
    view.arrived = total;
    view.flags = SMIN_MESSAGE_COMPLETE;
    deliver_message(stream, scratch, &view, bytes);
}

void smini_stream_deliver_events(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    struct smini_view view;
    view_of(stream, scratch, &view, SMIN_KIND_STREAM);
    view.gap_at = stream->lost_gap_at << stream->hex_shift;
    view.gap_length = stream->lost_gap;
    smini_view_deliver(&view);
}

void smini_stream_deliver_cut_head(struct smini_stream *stream, struct smini_decode_scratch *scratch)
{
    struct smini_view view;
    /* Strict on any port: three small integers of another protocol begin a header, too. */
    if (smini_header_judge_prefix(stream->head, stream->head_length, SMINI_STRICT) != SMINI_JUDGED_MORE)
        return;
    view_of(stream, scratch, &view, SMIN_KIND_STREAM);
    view.head_cut = stream->head_length;
    smini_view_deliver(&view);
}
