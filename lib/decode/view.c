/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/view.h"

void smini_view_limit_fields(struct smini_view *view)
{
    view->scratch->counters.limit_hits++;
    smini_view_event(view, SMINI_EVENT_LIMIT_FIELDS, 0, 0, view->scratch->limits.fields);
}

void smini_view_event(struct smini_view *view, uint32_t id, uint32_t at, uint32_t length, uint64_t number)
{
    smini_view_event_offset(view, id, view->offset + ((uint64_t)at << view->shift), length << view->shift, number);
}

/* True when an event may be added; the last place is kept for LIMIT_EVENTS. */
static bool event_allowed(struct smini_decode_scratch *scratch, uint32_t id, uint64_t offset)
{
    uint32_t alike = 0;
    for (uint32_t i = 0; i < scratch->message.event_count; i++) {
        if (scratch->events[i].id != id)
            continue;
        if (scratch->events[i].offset == offset)
            return false;
        alike++;
    }
    if (alike < scratch->limits.events_alike && scratch->message.event_count + 1 < scratch->limits.events)
        return true;
    scratch->counters.limit_hits++;
    for (uint32_t i = 0; i < scratch->message.event_count; i++)
        if (scratch->events[i].id == SMINI_EVENT_LIMIT_EVENTS)
            return false;
    if (scratch->message.event_count < scratch->limits.events)
        scratch->events[scratch->message.event_count++] = (struct smin_event){
            .id = SMINI_EVENT_LIMIT_EVENTS, .offset = offset, .number = scratch->limits.events};
    return false;
}

bool smini_decode_scratch_add_event(struct smini_decode_scratch *scratch, uint32_t id, uint64_t offset,
                                    uint32_t length, uint64_t number)
{
    if (!event_allowed(scratch, id, offset))
        return false;
    scratch->events[scratch->message.event_count++] =
        (struct smin_event){.id = id, .length = length, .offset = offset, .number = number};
    return true;
}

void smini_view_event_offset(struct smini_view *view, uint32_t id, uint64_t offset, uint32_t length, uint64_t number)
{
    (void)smini_decode_scratch_add_event(view->scratch, id, offset, length, number);
}

bool smini_view_raised(const struct smini_view *view, uint32_t id)
{
    const struct smini_decode_scratch *scratch = view->scratch;
    for (uint32_t i = 0; i < scratch->message.event_count; i++)
        if (scratch->events[i].id == id)
            return true;
    return false;
}

uint32_t smini_view_seen(const struct smini_view *view, uint32_t at, uint32_t length)
{
    if (at >= view->size)
        return 0;
    uint32_t end = length < view->size - at ? at + length : view->size;
    for (uint32_t i = 0; i < view->hole_count; i++) {
        const struct smini_hole *hole = &view->holes[i];
        if (hole->at < end && hole->at + hole->length > at)
            end = hole->at > at ? hole->at : at;
    }
    return end - at;
}

void smini_view_word(struct smini_view *view, uint32_t id, uint32_t at)
{
    if (smini_view_has(view, at, 4))
        smini_view_number(view, id, at, 4, smini_view_u32(view, at));
}

void smini_view_raw(struct smini_view *view, uint32_t id, uint32_t at, uint32_t length)
{
    if (smini_view_has(view, at, length))
        smini_view_bytes(view, id, at, length, smini_view_span(view, at, length), 0);
}

void smini_view_item(struct smini_view *view, uint32_t at, uint32_t width, uint32_t type, uint32_t length)
{
    if (view->items >= view->scratch->limits.items) {
        smini_view_limit_fields(view);
        return;
    }
    view->items++;
    struct smin_field *field = smini_view_next_field(view, SMINI_FIELD_TLV_TYPE, at, width, SMIN_FIELD_NEW_ITEM);
    if (!field)
        return;
    field->number = type;
    field->bytes = NULL;
    field->size = 0;
    smini_view_number(view, SMINI_FIELD_TLV_LENGTH, at + width, width, length);
}

struct smini_slot smini_view_slot(const struct smini_view *view, uint32_t at, uint32_t length)
{
    struct smini_slot slot = {.seen = false};
    uint32_t seen = smini_view_has(view, at, length) ? length : smini_view_seen(view, at, length);
    if (seen == 0)
        return slot;
    slot.text = smini_text_of(smini_view_span(view, at, seen));
    slot.covers = seen;
    slot.seen = true;
    if (slot.text.length < seen)
        return slot;
    if (seen == length)
        slot.flags = SMIN_FIELD_UNTERMINATED;
    else if (at + seen < view->size)
        slot.seen = false; /* ends in a hole: what the text really is cannot be known */
    else
        slot.flags = SMIN_FIELD_CUT;
    return slot;
}

void smini_view_url(struct smini_view *view, struct smini_span url, uint32_t covers, uint32_t flags)
{
    smini_view_bytes(view, SMINI_FIELD_URL, smini_view_at(view, url.bytes), covers, url, flags);
    struct smini_span file = smini_url_file(url);
    view->file = file;
    if (file.length > 0)
        smini_view_bytes(view, SMINI_FIELD_FILENAME, smini_view_at(view, file.bytes), (uint32_t)file.length, file,
                         flags);
}

bool smini_view_urls_in(struct smini_view *view, struct smini_span text)
{
    bool any = false;
    size_t from = 0;
    for (;;) {
        struct smini_span url = smini_text_next_url(text, &from);
        if (url.length == 0)
            return any;
        smini_view_url(view, url, (uint32_t)url.length, 0);
        any = true;
    }
}

void smini_view_check_text(struct smini_view *view, struct smini_span text)
{
    if (smini_text_has_controls(text))
        smini_view_event(view, SMINI_EVENT_CONTROL_CHARACTERS, smini_view_at(view, text.bytes),
                         (uint32_t)text.length, 0);
}

/* The longest URL that a 128-byte slot holds with its NUL. */
enum { URL_LONGEST = 127 };

/* Every URL of the body, wherever it stands; true when there was one. */
static bool search_body(struct smini_view *view, uint32_t verdict)
{
    if (view->size <= SMINI_HEADER_BYTES)
        return false;
    struct smini_span body = smini_view_span(view, SMINI_HEADER_BYTES, view->size - SMINI_HEADER_BYTES);
    size_t from = 0;
    struct smini_span first = smini_text_next_url(body, &from);
    if (first.length == 0)
        return false;
    (void)smini_view_urls_in(view, body);
    smini_view_event(view, verdict, smini_view_at(view, first.bytes), (uint32_t)first.length, 0);
    return true;
}

void smini_view_url_slot(struct smini_view *view, uint32_t at, uint32_t length, uint32_t verdict)
{
    struct smini_slot slot = smini_view_slot(view, at, length);
    if (!slot.seen || slot.text.length == 0) {
        if (!search_body(view, verdict) && slot.seen)
            smini_view_event(view, SMINI_EVENT_URL_MISSING, at, length, 0);
        return;
    }
    uint32_t text_length = (uint32_t)slot.text.length;
    smini_view_url(view, slot.text, slot.covers, slot.flags);
    smini_view_check_text(view, slot.text);
    if (slot.flags & SMIN_FIELD_UNTERMINATED)
        smini_view_event(view, SMINI_EVENT_URL_UNTERMINATED, at, text_length, length);
    if (text_length > URL_LONGEST)
        smini_view_event(view, SMINI_EVENT_URL_LONG, at, text_length, text_length);
    if (smini_url_valid(slot.text)) {
        smini_view_event(view, verdict, at, text_length, 0);
        return;
    }
    smini_view_event(view, SMINI_EVENT_URL_INVALID, at, text_length, 0);
    (void)search_body(view, verdict);
}

void smini_view_empty_slot(struct smini_view *view, uint32_t at, uint32_t length)
{
    uint32_t seen = smini_view_has(view, at, length) ? length : smini_view_seen(view, at, length);
    if (seen > 0 && smini_text_not_empty(smini_view_span(view, at, seen)))
        smini_view_event(view, SMINI_EVENT_SLOT_NOT_EMPTY, at, length, 0);
}

static bool reload_flag(struct smini_view *view, uint32_t id, uint32_t at)
{
    if (!smini_view_has(view, at, 4))
        return false;
    bool set = smini_view_u32(view, at) != 0;
    smini_view_number(view, id, at, 4, set);
    return set;
}

void smini_view_reload(struct smini_view *view, uint32_t at)
{
    bool now = reload_flag(view, SMINI_FIELD_RELOAD_NOW, at);
    bool scheduled = reload_flag(view, SMINI_FIELD_RELOAD_SCHEDULED, at + 4);
    if (now && scheduled)
        smini_view_event(view, SMINI_EVENT_RELOAD_CONTRADICTION, at, 8, 0);
    smini_view_word(view, SMINI_FIELD_HOURS, at + 8);
    smini_view_word(view, SMINI_FIELD_MINUTES, at + 12);
    if (smini_view_has(view, at + 8, 4) && smini_view_u32(view, at + 8) > 23)
        smini_view_event(view, SMINI_EVENT_HOURS_INVALID, at + 8, 4, smini_view_u32(view, at + 8));
    if (smini_view_has(view, at + 12, 4) && smini_view_u32(view, at + 12) > 59)
        smini_view_event(view, SMINI_EVENT_MINUTES_INVALID, at + 12, 4, smini_view_u32(view, at + 12));
}
