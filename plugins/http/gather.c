/* SPDX-License-Identifier: BSD-2-Clause */
#include "http/gather.h"

enum { FIRST_ROOM = 1024 };

static int32_t append(struct smin_thread *thread, struct smini_http_side *side, struct smini_span bytes)
{
    if (bytes.length > SMINI_HTTP_HEAD_BYTES - side->held_length)
        return SMIN_E_LIMIT;
    uint32_t needed = side->held_length + (uint32_t)bytes.length;
    uint32_t room = side->held_room ? side->held_room : FIRST_ROOM;
    while (room < needed)
        room *= 2;
    if (room > side->held_room) {
        uint8_t *bigger = smini_alloc_grow(&thread->alloc, side->held, side->held_room, room);
        if (!bigger)
            return SMIN_E_NOMEM;
        side->held = bigger;
        side->held_room = room;
    }
    memcpy(side->held + side->held_length, bytes.bytes, bytes.length);
    side->held_length = needed;
    return SMIN_OK;
}

int32_t smini_http_gather(struct smin_thread *thread, struct smini_http_side *side, struct smini_span bytes,
                          uint64_t at, size_t *used, struct smini_span *line)
{
    size_t end = smini_span_find(bytes, '\n');
    bool whole = end < bytes.length;
    *used = whole ? end + 1 : bytes.length;
    if (side->held_length == 0)
        side->piece = at;
    bool room = *used <= SMINI_HTTP_HEAD_BYTES - side->held_length;
    if (side->stage == SMINI_HTTP_HUNT && (side->overlong || !room)) {
        smini_http_gather_reset(side);
        side->overlong = !whole;
        return SMIN_MORE;
    }
    int32_t status = append(thread, side, smini_span_part(bytes, 0, *used));
    if (status != SMIN_OK)
        return status;
    side->line_length += (uint32_t)*used;
    if (!whole)
        return SMIN_MORE;
    *line = smini_span_make(side->held + side->held_length - side->line_length, side->line_length);
    side->line_length = 0;
    return SMIN_OK;
}

void smini_http_gather_reset(struct smini_http_side *side)
{
    side->held_length = side->line_length = 0;
}

void smini_http_gather_free(struct smin_thread *thread, struct smini_http_side *side)
{
    smini_alloc_free(&thread->alloc, side->held, side->held_room);
    side->held = NULL;
    side->held_length = side->held_room = side->line_length = 0;
}
