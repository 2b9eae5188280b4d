/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Items. The protocol has two styles: 16-bit words whose length includes the
 * item's own header (backup request), and 32-bit words whose length does not
 * (init-discovery). Each item comes with a cursor that ends where it ends.
 */
#ifndef SMINI_DECODE_TLV_H
#define SMINI_DECODE_TLV_H

#include "base/cursor.h"

enum smini_tlv_style { SMINI_TLV_16 = 4, SMINI_TLV_32 = 8 }; /* the value is the size of an item's header */

enum smini_tlv_status {
    SMINI_TLV_END,   /* fewer bytes left than an item header has */
    SMINI_TLV_ITEM,  /* `value` holds all of it */
    SMINI_TLV_SHORT, /* declared length below the item's own header: nothing behind it can be found */
    SMINI_TLV_LONG   /* reaches past the end; `value` holds what is there */
};

struct smini_tlv {
    uint32_t type;
    uint32_t length; /* as declared */
    uint64_t offset; /* of the item's header, as the cursor counts */
    struct smini_cursor value;
};

enum smini_tlv_status smini_tlv_next(struct smini_cursor *items, enum smini_tlv_style style, struct smini_tlv *item);

#endif
