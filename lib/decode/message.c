/* SPDX-License-Identifier: BSD-2-Clause */
/* From a framed message to a delivered one: header fields, complaints about framing, body, tool. */
#include "decode/decode.h"
#include "decode/view.h"

struct name {
    const char *text;
    uint32_t length;
};

static const struct name roles[] = {{"unknown", 7}, {"IBD_CLI", 7}, {"IBD_SERV", 8}, {"IBC_CLI", 7}, {"IBC_SERV", 8}};

enum { HEADER_FIELDS = 6 };

/*
 * The fields that every message has, written without asking for room: they are
 * the first, and no limit is below them. A trailer carries the words of its
 * message, but they do not stand in it.
 */
static void say_header(struct smini_view *view)
{
    const uint64_t word = view->kind == SMIN_KIND_MESSAGE ? 4 : 0;
    const uint32_t length = (uint32_t)word << view->shift;
    const uint64_t offset = view->offset;
    const uint64_t step = word << view->shift;
    const struct smini_header *header = &view->header;
    const struct name *role = &roles[header->from <= SMINI_IBC_SERV ? header->from : 0];
    struct smin_field *field = view->scratch->fields;
    field[0] = (struct smin_field){.id = SMINI_FIELD_FROM, .offset = offset, .number = header->from, .length = length};
    field[1] = (struct smin_field){.id = SMINI_FIELD_FROM_NAME,
                                   .offset = offset,
                                   .bytes = (const uint8_t *)role->text,
                                   .size = role->length};
    field[2] = (struct smin_field){
        .id = SMINI_FIELD_VERSION, .offset = offset + step, .number = header->version, .length = length};
    field[3] = (struct smin_field){
        .id = SMINI_FIELD_TYPE, .offset = offset + 2 * step, .number = header->type, .length = length};
    field[4] = (struct smin_field){.id = SMINI_FIELD_NAME,
                                   .offset = offset,
                                   .bytes = (const uint8_t *)view->row->name,
                                   .size = view->row->name_length};
    field[5] = (struct smin_field){
        .id = SMINI_FIELD_LENGTH, .offset = offset + 3 * step, .number = header->length, .length = length};
    view->scratch->message.field_count = HEADER_FIELDS;
}

static void say_bytes(struct smini_view *view, uint32_t readable)
{
    uint32_t flags = view->flags & SMIN_MESSAGE_COMPLETE ? 0 : SMIN_FIELD_CUT;
    smini_view_bytes(view, SMINI_FIELD_MESSAGE, 0, readable, smini_view_span(view, 0, readable), flags);
    if (readable > SMINI_HEADER_BYTES)
        smini_view_bytes(view, SMINI_FIELD_BODY, SMINI_HEADER_BYTES, readable - SMINI_HEADER_BYTES,
                         smini_view_span(view, SMINI_HEADER_BYTES, readable - SMINI_HEADER_BYTES), flags);
}

static void judge_length(struct smini_view *view)
{
    const struct smini_decode_limits *limits = &view->scratch->limits;
    uint32_t length = view->header.length;
    bool known = view->row->ranges != 0;
    if (known && length < view->row->smallest)
        smini_view_event(view, SMINI_EVENT_BODY_SHORT, 12, 4, length);
    else if (known && !smini_message_length_known(view->row, length, false))
        smini_view_event(view, SMINI_EVENT_BODY_SIZE_UNUSUAL, 12, 4, length);
    if (length > limits->absurd_length)
        smini_view_event(view, SMINI_EVENT_LENGTH_ABSURD, 12, 4, length);
    else if (length > SMINI_BODY_LARGEST_KNOWN)
        smini_view_event(view, SMINI_EVENT_LENGTH_LARGE, 12, 4, length);
    if (view->ended)
        smini_view_event(view, SMINI_EVENT_LENGTH_OVERSTATED, 12, 4,
                         (uint64_t)length + SMINI_HEADER_BYTES - view->arrived);
}

static void judge_delivery(struct smini_view *view)
{
    const struct smini_decode_limits *limits = &view->scratch->limits;
    if (view->flags & SMIN_MESSAGE_LIMIT) {
        view->scratch->counters.limit_hits++;
        if (view->holes_left_out)
            smini_view_event(view, SMINI_EVENT_LIMIT_HOLES, view->size, 0, limits->holes);
        else
            smini_view_event(view, SMINI_EVENT_LIMIT_MESSAGE_BYTES, view->size, 0, view->size);
    }
    for (uint32_t i = 0; i < view->hole_count; i++)
        smini_view_event(view, SMINI_EVENT_GAP, view->holes[i].at, view->holes[i].length, view->holes[i].length);
    if (view->gap_length > 0) {
        uint32_t length = view->gap_length > UINT32_MAX ? UINT32_MAX : (uint32_t)view->gap_length;
        smini_view_event_offset(view, SMINI_EVENT_GAP, view->gap_at, length, view->gap_length);
    }
    if (view->resynchronised)
        smini_view_event(view, SMINI_EVENT_RESYNCHRONISED, 0, 0, view->skipped);
    if (view->head_cut)
        smini_view_event(view, SMINI_EVENT_HEADER_CUT, 0, view->head_cut, view->head_cut);
    if (view->shift)
        smini_view_event(view, SMINI_EVENT_ASCII_HEX, 0, view->arrived, 0);
}

/*
 * Bytes beyond what any message of this kind has. A client that goes by what a
 * message should hold, not by what it says, reads the next one there.
 */
static void judge_surplus(struct smini_view *view)
{
    const struct smini_message_row *row = view->row;
    uint32_t begin = SMINI_HEADER_BYTES;
    for (uint32_t i = 0; i < row->exact_ranges; i++)
        if (begin < SMINI_HEADER_BYTES + row->lengths[i].most)
            begin = SMINI_HEADER_BYTES + row->lengths[i].most;
    if (view->size <= begin)
        return;
    size_t left = view->size - begin;
    size_t at = smini_header_find(view->bytes + begin, left);
    if (at < left)
        smini_view_event(view, SMINI_EVENT_MESSAGE_INSIDE, begin + (uint32_t)at, SMINI_HEADER_BYTES, 0);
}

/* Only when nothing is usual; keeps the usual message free of a dozen tests. */
static void judge_framing(struct smini_view *view)
{
    const struct smini_message_row *row = view->row;
    if (view->header.version > 1)
        smini_view_event(view, SMINI_EVENT_VERSION_UNKNOWN, 4, 4, view->header.version);
    if (row->direction != SMIN_EITHER && row->direction != view->direction && !view->midstream)
        smini_view_event(view, SMINI_EVENT_ROLE_UNEXPECTED, 0, 4, view->header.from);
    judge_length(view);
    judge_surplus(view);
    judge_delivery(view);
}

static bool is_usual(const struct smini_view *view)
{
    const struct smini_message_row *row = view->row;
    return view->header.version <= 1 && row->direction == view->direction &&
           smini_message_length_known(row, view->header.length, false) && view->flags == SMIN_MESSAGE_COMPLETE && !view->resynchronised && view->gap_length == 0 && view->shift == 0;
}

/* What the type of the message before says about a URL found behind it. */
static uint32_t trailer_verdict(const struct smini_message_row *row)
{
    switch (row->id) {
    case SMINI_MESSAGE_DOWNLOAD_IMAGE:
        return SMINI_EVENT_IMAGE_REPLACEMENT;
    case SMINI_MESSAGE_DOWNLOAD_CONFIG:
        return SMINI_EVENT_CONFIG_REPLACEMENT;
    case SMINI_MESSAGE_EXECUTE:
        return SMINI_EVENT_COMMAND_EXECUTION;
    default:
        return 0;
    }
}

static void decode_trailer(struct smini_view *view)
{
    smini_view_number(view, SMINI_FIELD_TRAILING, 0, view->arrived, view->arrived);
    smini_view_event(view, SMINI_EVENT_LENGTH_UNDERSTATED, 0, view->arrived, view->arrived);
    judge_delivery(view);
    if (view->row->id == SMINI_MESSAGE_BACKUP_REQUEST) {
        smini_message_backup_trailer_decode(view);
        return;
    }
    struct smini_span bytes = smini_view_span(view, 0, view->size);
    size_t from = 0;
    struct smini_span first = smini_text_next_url(bytes, &from);
    if (first.length == 0)
        return;
    (void)smini_view_urls_in(view, bytes);
    uint32_t verdict = trailer_verdict(view->row);
    if (verdict != 0)
        smini_view_event(view, verdict, smini_view_at(view, first.bytes), (uint32_t)first.length, 0);
}

static void hand_over(struct smini_view *view, uint32_t readable)
{
    struct smini_decode_scratch *scratch = view->scratch;
    struct smin_message *message = &scratch->message;
    message->struct_size = (uint32_t)sizeof(*message);
    message->kind = view->kind;
    message->id = view->kind == SMIN_KIND_STREAM ? 0 : view->row->id;
    message->direction = view->direction;
    message->flags = view->flags;
    message->field_stride = (uint16_t)sizeof(struct smin_field);
    message->event_stride = (uint16_t)sizeof(struct smin_event);
    message->number = view->number;
    message->offset = view->offset;
    message->length = (uint64_t)view->arrived << view->shift;
    message->fields = scratch->fields;
    message->events = scratch->events;
    message->bytes = view->bytes;
    message->size = readable;
    if (view->kind == SMIN_KIND_MESSAGE)
        scratch->counters.messages++;
    else if (view->kind == SMIN_KIND_TRAILER)
        scratch->counters.trailers++;
    if (scratch->deliver)
        scratch->deliver(scratch->user, message);
    scratch->counters.events += message->event_count;
}

void smini_view_deliver(struct smini_view *view)
{
    struct smin_message *message = &view->scratch->message;
    message->field_count = 0;
    message->event_count = 0;
    uint32_t readable = view->hole_count > 0 ? smini_view_seen(view, 0, view->size) : view->size;
    if (view->kind == SMIN_KIND_STREAM) {
        judge_delivery(view);
    } else {
        say_header(view);
        if (view->kind == SMIN_KIND_TRAILER) {
            decode_trailer(view);
        } else {
            say_bytes(view, readable);
            if (!is_usual(view))
                judge_framing(view);
            view->row->decode(view);
        }
    }
    smini_tool_recognise(view);
    if (view->kind != SMIN_KIND_STREAM)
        smini_finding_say(view);
    hand_over(view, readable);
}

int32_t smini_decode_message(struct smini_decode_scratch *scratch, uint32_t direction, uint64_t offset,
                             const uint8_t *bytes, size_t length)
{
    if (direction > SMIN_TO_CLIENT || (!bytes && length > 0))
        return SMIN_E_MISUSE;
    uint64_t total;
    int32_t status = smini_frame_need(bytes, length, &total);
    if (status == SMIN_E_MALFORMED)
        return status;
    if (status == SMIN_MORE)
        return SMIN_E_TRUNCATED;
    uint64_t here = length < total ? length : total;
    struct smini_view view = {.scratch = scratch, .bytes = bytes, .offset = offset, .direction = direction};
    view.header = smini_header_read(bytes);
    view.row = smini_message_row_find(view.header.from, view.header.type);
    if (!view.row)
        view.row = smini_message_row_unknown();
    view.kind = SMIN_KIND_MESSAGE;
    view.arrived = here > UINT32_MAX ? UINT32_MAX : (uint32_t)here;
    view.size = view.arrived;
    if (view.size > scratch->limits.message_bytes) {
        view.size = scratch->limits.message_bytes;
        view.flags = SMIN_MESSAGE_LIMIT;
    } else if (here == total) {
        view.flags = SMIN_MESSAGE_COMPLETE;
    }
    scratch->counters.bytes += here;
    smini_view_deliver(&view);
    return here == total ? SMIN_OK : SMIN_E_TRUNCATED;
}
