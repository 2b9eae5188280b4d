/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A framed message on its way to becoming fields and events. Offsets named
 * `at` count from its first header byte. Everything is checked against what
 * was kept and against the holes in it, so readers of bodies read through
 * here and nowhere else; items are walked with the cursor of lib/base.
 */
#ifndef SMINI_DECODE_VIEW_H
#define SMINI_DECODE_VIEW_H

#include "base/cursor.h"
#include "decode/finding.h"
#include "decode/header.h"
#include "decode/ids.h"
#include "decode/message_table.h"
#include "decode/scratch.h"
#include "decode/text_field.h"

/* Bytes of a message that were never seen. */
struct smini_hole {
    uint32_t at;
    uint32_t length;
};

struct smini_view {
    struct smini_decode_scratch *scratch;
    const uint8_t *bytes; /* kept, from the first header byte on; holes read as zero */
    uint32_t size;        /* of them */
    uint32_t arrived;     /* bytes of the message that came by, kept or not, holes included */
    struct smini_header header;
    const struct smini_message_row *row;
    const struct smini_hole *holes;
    uint32_t hole_count;
    uint64_t offset;    /* of its first byte in the stream */
    uint64_t number;    /* of the message in its stream */
    uint32_t kind;      /* SMIN_KIND_* */
    uint32_t direction; /* SMIN_TO_* */
    uint32_t flags;     /* SMIN_MESSAGE_* */
    uint32_t shift;     /* bytes in the stream per byte of it, as a shift: 1 for hexadecimal text */
    bool ended;         /* the connection ended inside it */
    bool midstream;     /* who opened the connection is a guess */
    bool holes_left_out;
    bool serves;        /* a command has the client serve its configuration */
    uint8_t reported;   /* SMINI_RANK_* of what was said of the message, of a trailer: of its message */
    uint32_t head_cut;  /* bytes of a header that never became whole */
    uint32_t items;     /* reported so far */
    struct smini_span file; /* name of the file in the last URL reported */
    uint64_t skipped;   /* bytes before it that were no message, with resynchronised */
    bool resynchronised;
    uint64_t gap_at;     /* where bytes are missing before it */
    uint64_t gap_length; /* 0: none */
};

/* The limit of fields is reached: says so, once. */
void smini_view_limit_fields(struct smini_view *view);

/* Room for one more field, filled but for its value; NULL at the limit. */
static inline struct smin_field *smini_view_next_field(struct smini_view *view, uint32_t id, uint32_t at,
                                                       uint32_t length, uint32_t flags)
{
    struct smini_decode_scratch *scratch = view->scratch;
    /* The last place is kept for FINDING. */
    if (scratch->message.field_count + 1 >= scratch->limits.fields) {
        smini_view_limit_fields(view);
        return NULL;
    }
    struct smin_field *field = &scratch->fields[scratch->message.field_count++];
    field->id = id;
    field->flags = flags;
    field->offset = view->offset + ((uint64_t)at << view->shift);
    field->length = length << view->shift;
    return field;
}

static inline void smini_view_number(struct smini_view *view, uint32_t id, uint32_t at, uint32_t length,
                                     uint64_t number)
{
    struct smin_field *field = smini_view_next_field(view, id, at, length, 0);
    if (!field)
        return;
    field->number = number;
    field->bytes = NULL;
    field->size = 0;
}

static inline void smini_view_bytes(struct smini_view *view, uint32_t id, uint32_t at, uint32_t length,
                                    struct smini_span value, uint32_t flags)
{
    struct smin_field *field = smini_view_next_field(view, id, at, length, flags);
    if (!field)
        return;
    field->number = 0;
    field->bytes = value.bytes;
    field->size = (uint32_t)value.length;
}

/* Events. One with the same id at the same place is left out; LIMIT_EVENTS as above. */
void smini_view_event(struct smini_view *view, uint32_t id, uint32_t at, uint32_t length, uint64_t number);
/* As above at an offset of the stream. */
void smini_view_event_offset(struct smini_view *view, uint32_t id, uint64_t offset, uint32_t length, uint64_t number);

/* True when an event with this id was raised already. */
bool smini_view_raised(const struct smini_view *view, uint32_t id);

/* How many of the `length` bytes at `at` are there, up to the end or the first hole. */
uint32_t smini_view_seen(const struct smini_view *view, uint32_t at, uint32_t length);

static inline bool smini_view_has(const struct smini_view *view, uint32_t at, uint32_t length)
{
    if (at > view->size || length > view->size - at)
        return false;
    return view->hole_count == 0 || smini_view_seen(view, at, length) == length;
}

/* Only after smini_view_has. */
static inline uint32_t smini_view_u32(const struct smini_view *view, uint32_t at)
{
    return smini_bytes_u32(view->bytes + at);
}

static inline struct smini_span smini_view_span(const struct smini_view *view, uint32_t at, uint32_t length)
{
    return smini_span_make(view->bytes + at, length);
}

/* A word as a field, when it is there. */
void smini_view_word(struct smini_view *view, uint32_t id, uint32_t at);

/* `length` bytes as a field, when all of them are there. */
void smini_view_raw(struct smini_view *view, uint32_t id, uint32_t at, uint32_t length);

/*
 * Type and declared length of an item, both words of `width` bytes. Only the
 * first few of a message are reported, so that a flood of items cannot push
 * commands and URLs out of the record.
 */
void smini_view_item(struct smini_view *view, uint32_t at, uint32_t width, uint32_t type, uint32_t length);

/* What stands in a slot of fixed size. */
struct smini_slot {
    struct smini_span text;
    uint32_t covers; /* bytes on the wire, padding included, as far as they were seen */
    uint32_t flags;  /* SMIN_FIELD_* */
    bool seen;       /* false: nothing to say about it */
};

struct smini_slot smini_view_slot(const struct smini_view *view, uint32_t at, uint32_t length);

/* A URL as a field, and the file name in it. `covers` may include padding. */
void smini_view_url(struct smini_view *view, struct smini_span url, uint32_t covers, uint32_t flags);

/* Every URL in `text`, which lies in the view's bytes. True when there was one. */
bool smini_view_urls_in(struct smini_view *view, struct smini_span text);

/* CONTROL_CHARACTERS when there are some. */
void smini_view_check_text(struct smini_view *view, struct smini_span text);

/*
 * A slot that holds a URL, with every complaint about it, and `verdict` as the
 * event when it names one. When it names none the whole body is searched, for
 * clones that shift their fields.
 */
void smini_view_url_slot(struct smini_view *view, uint32_t at, uint32_t length, uint32_t verdict);

/* A slot that is empty in every known message. */
void smini_view_empty_slot(struct smini_view *view, uint32_t at, uint32_t length);

/* Reload words: now, scheduled, hours, minutes, from `at` on. */
void smini_view_reload(struct smini_view *view, uint32_t at);

/* Place of `bytes`, which lie in the view's bytes. */
static inline uint32_t smini_view_at(const struct smini_view *view, const uint8_t *bytes)
{
    return (uint32_t)(bytes - view->bytes);
}

/* Fills the scratch from the view and delivers it. */
void smini_view_deliver(struct smini_view *view);

/* tool.c: TOOL and TOOL_FINGERPRINT where constants of a public tool stand. */
void smini_tool_recognise(struct smini_view *view);

#endif
