/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/tlv.h"

enum smini_tlv_status smini_tlv_next(struct smini_cursor *items, enum smini_tlv_style style, struct smini_tlv *item)
{
    size_t header = (size_t)style;
    if (smini_cursor_left(items) < header)
        return SMINI_TLV_END;
    item->offset = items->offset;
    if (style == SMINI_TLV_16) {
        item->type = smini_cursor_u16(items);
        item->length = smini_cursor_u16(items);
    } else {
        item->type = smini_cursor_u32(items);
        item->length = smini_cursor_u32(items);
    }
    size_t own = style == SMINI_TLV_16 ? header : 0;
    if (item->length < own) {
        item->value = smini_cursor_narrow(items, 0);
        return SMINI_TLV_SHORT;
    }
    item->value = smini_cursor_narrow(items, item->length - own);
    return smini_cursor_failed(items) ? SMINI_TLV_LONG : SMINI_TLV_ITEM;
}
