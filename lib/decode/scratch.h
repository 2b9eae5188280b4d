/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What one thread needs to decode: arrays for one message, spare buffers,
 * limits, counters, and where messages go. Nothing is allocated per message.
 */
#ifndef SMINI_DECODE_SCRATCH_H
#define SMINI_DECODE_SCRATCH_H

#include "base/alloc.h"
#include "decode/limits.h"
#include "smin/decoder.h"

#include <stdbool.h>

struct smini_buffer; /* retained bytes of one message that arrives in pieces */

struct smini_decode_counters {
    uint64_t messages;
    uint64_t trailers;
    uint64_t events;
    uint64_t bytes;         /* fed */
    uint64_t bytes_skipped; /* fed, but part of nothing that was delivered */
    uint64_t gaps;
    uint64_t limit_hits; /* any limit of struct smini_decode_limits */
};

struct smini_decode_scratch {
    struct smini_decode_limits limits;
    struct smini_alloc *alloc; /* NULL: whole messages only, and no stream */
    smin_message_fn deliver;
    void *user;
    struct smini_decode_counters counters;
    struct smin_message message; /* the one that is being delivered */
    struct smin_field *fields;
    struct smin_event *events;
    struct smini_buffer *spare[2]; /* small and large, linked */
    uint32_t spare_count[2];
};

/* `limits` NULL: the defaults. SMIN_OK, SMIN_E_NOMEM, or SMIN_E_MISUSE for limits that make no sense. */
int32_t smini_decode_scratch_init(struct smini_decode_scratch *scratch, struct smini_alloc *alloc,
                                  const struct smini_decode_limits *limits);

/* Gives everything back; every stream must have been dropped before. */
void smini_decode_scratch_free(struct smini_decode_scratch *scratch);

/* Where messages go from now on. */
static inline void smini_decode_scratch_target(struct smini_decode_scratch *scratch, smin_message_fn deliver,
                                               void *user)
{
    scratch->deliver = deliver;
    scratch->user = user;
}

/*
 * Adds an event to the message that is being delivered: for callers that know
 * more than the bytes (addresses). Only from within the callback, and the
 * caller's `message` shows it at once. False when the limit is reached.
 */
bool smini_decode_scratch_add_event(struct smini_decode_scratch *scratch, uint32_t id, uint64_t offset,
                                    uint32_t length, uint64_t number);

#endif
