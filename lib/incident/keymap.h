/* SPDX-License-Identifier: BSD-2-Clause */
/* From a fixed number of key bytes to a number: open addressing, seeded hash, no order. */
#ifndef SMINI_KEYMAP_H
#define SMINI_KEYMAP_H

#include <stdbool.h>

#include "base/alloc.h"

enum { SMINI_KEY_BYTES = 40 };

struct smini_key {
    uint64_t words[SMINI_KEY_BYTES / 8];
};

struct smini_keymap_entry {
    struct smini_key key;
    uint32_t value; /* + 1; 0 is an empty slot */
    uint32_t reserved;
};

struct smini_keymap {
    struct smini_alloc *alloc;
    struct smini_keymap_entry *entries;
    size_t capacity; /* power of two, or 0 */
    size_t count;
    uint64_t seed;
};

enum { SMINI_KEY_ABSENT = 0 }; /* what get gives when there is none; a value is given + 1 */

void smini_keymap_init(struct smini_keymap *map, struct smini_alloc *alloc, uint64_t seed);
/* The value + 1, or SMINI_KEY_ABSENT. */
uint32_t smini_keymap_get(const struct smini_keymap *map, const struct smini_key *key);
/* The key must be absent. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_keymap_put(struct smini_keymap *map, const struct smini_key *key, uint32_t value);
void smini_keymap_remove(struct smini_keymap *map, const struct smini_key *key);
void smini_keymap_free(struct smini_keymap *map);

#endif
