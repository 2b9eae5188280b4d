/* SPDX-License-Identifier: BSD-2-Clause */
/* What a line is compared by: a digest of its words and of those of its section. */
#ifndef SMINI_DEVICE_COMPARE_ITEMS_H
#define SMINI_DEVICE_COMPARE_ITEMS_H

#include "device/ios_text.h"

/* Half a SHA-256: nobody makes two lines of one digest. */
enum { SMINI_ITEM_BYTES = 16 };

struct smini_item_id {
    uint8_t bytes[SMINI_ITEM_BYTES];
};

struct smini_item {
    struct smini_item_id id;
    struct smini_item_id group; /* of lines whose order matters; all zero: none */
    uint32_t number;
    uint32_t partner; /* index of the same line in the other text, + 1; 0: there is none */
    bool moved;
};

struct smini_items {
    struct smini_alloc *alloc;
    struct smini_item *items;
    uint32_t count;
    uint32_t capacity;
};

/* True when the line takes part in comparisons. */
bool smini_item_counts(const struct smini_ios_line *line);

/* Reads a configuration into items. SMIN_OK, SMIN_E_LIMIT, SMIN_E_NOMEM; what was read stays either way, to be freed. */
int32_t smini_items_read(struct smini_items *items, struct smini_alloc *alloc, struct smini_span text, uint32_t most);

void smini_items_free(struct smini_items *items);

#endif
