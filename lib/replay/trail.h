/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What was delivered of a flow, by which packet: both directions in the order
 * of delivery. Judges later copies of the same bytes, and lets the flow be
 * read once more. A window: the oldest chunk gives way to the newest.
 */
#ifndef SMINI_TRAIL_H
#define SMINI_TRAIL_H

#include <stdbool.h>

#include "replay/flow_arena.h"

enum { SMINI_TRAIL_CHUNK = 2048 };

/* The packet that brought something. */
struct smini_moment {
    uint64_t time_ns;
    uint64_t packet;
};

struct smini_trail_entry {
    uint64_t offset;
    struct smini_moment moment;
    uint32_t length;
    uint8_t direction;
    uint8_t gap; /* non-zero: these bytes were never seen; no bytes follow */
    uint16_t stored; /* bytes that follow, with padding */
};

struct smini_trail_chunk {
    uint32_t next;
    uint32_t used;
    uint64_t start[2]; /* stream offset of each direction where the chunk begins */
    uint8_t data[SMINI_TRAIL_CHUNK - 24];
};

struct smini_trail {
    uint32_t first, last; /* chunks */
    uint32_t chunks;
    uint32_t chunks_max;
    uint64_t start[2]; /* the window, of each direction */
    uint64_t end[2];
};

enum smini_trail_verdict {
    SMINI_TRAIL_SAME,
    SMINI_TRAIL_DIFFERS,
    SMINI_TRAIL_LATE,   /* equal where known, but fills bytes that were given up as missing */
    SMINI_TRAIL_UNKNOWN /* before the window */
};

/*
 * Notes a delivery, or a gap when `bytes` is NULL. SMIN_OK; SMIN_E_LIMIT: no
 * chunk is to be had and `keep` forbids to move the window, a part may have
 * been noted (trail->end says how far); SMIN_E_NOMEM: no chunk, the window
 * begins anew behind this delivery.
 */
int32_t smini_trail_add(struct smini_arena *pool, struct smini_trail *trail, unsigned direction, const uint8_t *bytes,
                        uint32_t length, struct smini_moment moment, bool keep);

/* Compares a later copy; all of it lies before trail->end. */
enum smini_trail_verdict smini_trail_compare(const struct smini_arena *pool, const struct smini_trail *trail,
                                             unsigned direction, uint64_t offset, const uint8_t *bytes,
                                             uint32_t length);

/* Walks the entries; begin with a zeroed walk. NULL after the last. The bytes follow the entry in memory. */
struct smini_trail_walk {
    uint32_t chunk;
    uint32_t at;
    bool begun;
};

const struct smini_trail_entry *smini_trail_next(const struct smini_arena *pool, const struct smini_trail *trail,
                                                 struct smini_trail_walk *walk);

static inline const uint8_t *smini_trail_bytes(const struct smini_trail_entry *entry)
{
    return (const uint8_t *)(entry + 1);
}

/* Keeps the newest `chunks` only. */
void smini_trail_trim(struct smini_arena *pool, struct smini_trail *trail, uint32_t chunks);

/* A pool of chunks. */
void smini_trail_pool_init(struct smini_arena *pool, struct smini_alloc *alloc, uint32_t chunks_max);

/* Forgets everything; the window begins at its end. */
void smini_trail_clear(struct smini_arena *pool, struct smini_trail *trail);

#endif
