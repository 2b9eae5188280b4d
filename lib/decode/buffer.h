/* SPDX-License-Identifier: BSD-2-Clause */
/* Kept bytes of a message that arrives in pieces, with the holes in them. */
#ifndef SMINI_DECODE_BUFFER_H
#define SMINI_DECODE_BUFFER_H

#include "decode/scratch.h"
#include "decode/view.h"

struct smini_buffer {
    struct smini_buffer *next; /* among the spare ones */
    uint32_t large;            /* which of the two sizes */
    uint32_t room;
    uint32_t used;       /* bytes kept, holes included */
    uint32_t hole_count;
    bool closed;         /* too many holes: keeps nothing more */
    struct smini_hole holes[SMINI_HOLES_ROOM];
    uint8_t bytes[];
};

/* An empty one of the small size; NULL when there is no memory. */
struct smini_buffer *smini_buffer_take(struct smini_decode_scratch *scratch);

/* Keeps it for later, or gives it back. NULL is fine. */
void smini_buffer_give(struct smini_decode_scratch *scratch, struct smini_buffer *buffer);

/*
 * Appends up to `length` bytes, as many as stay below `cap`; may exchange the
 * buffer for a large one. False when there is no memory; `*buffer` stays.
 */
bool smini_buffer_add(struct smini_decode_scratch *scratch, struct smini_buffer **buffer, const uint8_t *bytes,
                      size_t length, uint32_t cap);

/* As above for bytes that are missing: they are kept as zeroes and remembered as a hole. */
bool smini_buffer_add_hole(struct smini_decode_scratch *scratch, struct smini_buffer **buffer, uint32_t length,
                           uint32_t cap);

/* Gives all spare ones back. */
void smini_buffer_free_spare(struct smini_decode_scratch *scratch);

#endif
