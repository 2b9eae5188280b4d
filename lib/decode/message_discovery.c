/* SPDX-License-Identifier: BSD-2-Clause */
/* (1, 7) init-discovery: the message of CVE-2018-0171. */
#include "decode/tlv.h"
#include "decode/view.h"

/* A well-formed message has one item, of type 1, with at most 28 bytes. */
enum { ITEM_KNOWN = 1, VALUE_LARGEST = 28 };

static void judge_item(struct smini_view *view, const struct smini_tlv *item)
{
    uint32_t at = (uint32_t)item->offset;
    bool first = at == SMINI_HEADER_BYTES;
    if (item->type != ITEM_KNOWN) {
        smini_view_event(view, SMINI_EVENT_DISCOVERY_ITEM_UNKNOWN, at, 4, item->type);
        return;
    }
    if (item->length > VALUE_LARGEST)
        smini_view_event(view, SMINI_EVENT_DISCOVERY_VALUE_OVERSIZED, at + 4, 4, item->length);
    if (first && (uint64_t)item->length + SMINI_TLV_32 != view->header.length)
        smini_view_event(view, SMINI_EVENT_DISCOVERY_LENGTH_MISMATCH, at + 4, 4, item->length);
}

void smini_message_discovery_decode(struct smini_view *view)
{
    uint32_t end = view->size;
    if (end <= SMINI_HEADER_BYTES)
        return;
    uint64_t declared_end = SMINI_HEADER_BYTES + (uint64_t)view->header.length;
    struct smini_cursor items = smini_cursor_make(smini_view_span(view, 0, end), 0);
    smini_cursor_skip(&items, SMINI_HEADER_BYTES);
    struct smini_tlv item;
    while (smini_view_has(view, (uint32_t)items.offset, SMINI_TLV_32)) {
        enum smini_tlv_status status = smini_tlv_next(&items, SMINI_TLV_32, &item);
        if (status == SMINI_TLV_END)
            return;
        smini_view_item(view, (uint32_t)item.offset, 4, item.type, item.length);
        judge_item(view, &item);
        if (item.offset + SMINI_TLV_32 + item.length > declared_end)
            smini_view_event(view, SMINI_EVENT_TLV_LENGTH_INVALID, (uint32_t)item.offset + 4, 4, item.length);
        /* Behind an item of unknown meaning nothing is certain, not even where the next one begins. */
        if (status == SMINI_TLV_LONG || item.type != ITEM_KNOWN)
            return;
    }
}
