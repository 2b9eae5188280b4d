/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/buffer.h"

#include "smin/status.h"

/* Below these a setting would make ordinary messages look cut. */
enum { MESSAGE_LEAST = SMINI_HEADER_BYTES + SMINI_BODY_LARGEST_KNOWN, FIELDS_LEAST = 16, EVENTS_LEAST = 8 };

/* Above this, offsets inside a message would no longer fit their words. */
enum { BYTES_MOST = 1 << 24 };

static bool limits_make_sense(const struct smini_decode_limits *limits)
{
    return limits->message_bytes >= MESSAGE_LEAST && limits->message_bytes <= BYTES_MOST &&
           limits->trailer_bytes >= SMINI_HEADER_BYTES && limits->trailer_bytes <= BYTES_MOST &&
           limits->fields >= FIELDS_LEAST && limits->events >= EVENTS_LEAST && limits->events_alike >= 1 &&
           limits->holes <= SMINI_HOLES_ROOM && limits->absurd_length >= limits->message_bytes &&
           limits->absurd_length <= BYTES_MOST;
}

int32_t smini_decode_scratch_init(struct smini_decode_scratch *scratch, struct smini_alloc *alloc,
                                  const struct smini_decode_limits *limits)
{
    memset(scratch, 0, sizeof(*scratch));
    scratch->limits = limits ? *limits : smini_decode_limits_default();
    scratch->alloc = alloc;
    if (!limits_make_sense(&scratch->limits))
        return SMIN_E_MISUSE;
    scratch->fields = smini_alloc_array(alloc, scratch->limits.fields, sizeof(*scratch->fields));
    scratch->events = smini_alloc_array(alloc, scratch->limits.events, sizeof(*scratch->events));
    if (scratch->fields && scratch->events)
        return SMIN_OK;
    smini_decode_scratch_free(scratch);
    return SMIN_E_NOMEM;
}

void smini_decode_scratch_free(struct smini_decode_scratch *scratch)
{
    if (!scratch->alloc)
        return;
    smini_buffer_free_spare(scratch);
    smini_alloc_free(scratch->alloc, scratch->fields, scratch->limits.fields * sizeof(*scratch->fields));
    smini_alloc_free(scratch->alloc, scratch->events, scratch->limits.events * sizeof(*scratch->events));
    scratch->fields = NULL;
    scratch->events = NULL;
}
