/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/buffer.h"

/* Holds every known message (1048 bytes) and the room a candidate header needs. */
enum { SMALL_ROOM = 1088 };

static uint32_t room_of(const struct smini_decode_scratch *scratch, uint32_t large)
{
    if (!large)
        return SMALL_ROOM;
    uint32_t trailer = scratch->limits.trailer_bytes + SMINI_HEADER_BYTES;
    uint32_t message = scratch->limits.message_bytes + SMINI_HEADER_BYTES;
    return trailer > message ? trailer : message;
}

static struct smini_buffer *take(struct smini_decode_scratch *scratch, uint32_t large)
{
    struct smini_buffer *buffer = scratch->spare[large];
    if (buffer) {
        scratch->spare[large] = buffer->next;
        scratch->spare_count[large]--;
    } else {
        uint32_t room = room_of(scratch, large);
        if (!scratch->alloc)
            return NULL;
        buffer = smini_alloc_get(scratch->alloc, sizeof(*buffer) + room);
        if (!buffer)
            return NULL;
        buffer->large = large;
        buffer->room = room;
    }
    buffer->next = NULL;
    buffer->used = 0;
    buffer->hole_count = 0;
    buffer->closed = false;
    return buffer;
}

struct smini_buffer *smini_buffer_take(struct smini_decode_scratch *scratch)
{
    return take(scratch, 0);
}

void smini_buffer_give(struct smini_decode_scratch *scratch, struct smini_buffer *buffer)
{
    if (!buffer)
        return;
    uint32_t large = buffer->large;
    if (scratch->spare_count[large] < scratch->limits.spare_buffers) {
        buffer->next = scratch->spare[large];
        scratch->spare[large] = buffer;
        scratch->spare_count[large]++;
    } else {
        smini_alloc_free(scratch->alloc, buffer, sizeof(*buffer) + buffer->room);
    }
}

void smini_buffer_free_spare(struct smini_decode_scratch *scratch)
{
    for (uint32_t large = 0; large < 2; large++) {
        while (scratch->spare[large]) {
            struct smini_buffer *buffer = scratch->spare[large];
            scratch->spare[large] = buffer->next;
            smini_alloc_free(scratch->alloc, buffer, sizeof(*buffer) + buffer->room);
        }
        scratch->spare_count[large] = 0;
    }
}

/* Makes room for `length` more bytes by moving to the large size, where that helps. */
static bool make_room(struct smini_decode_scratch *scratch, struct smini_buffer **buffer, uint32_t length)
{
    struct smini_buffer *old = *buffer;
    if (length <= old->room - old->used || old->large)
        return true;
    struct smini_buffer *bigger = take(scratch, 1);
    if (!bigger)
        return false;
    memcpy(bigger->bytes, old->bytes, old->used);
    memcpy(bigger->holes, old->holes, sizeof(old->holes));
    bigger->used = old->used;
    bigger->hole_count = old->hole_count;
    bigger->closed = old->closed;
    smini_buffer_give(scratch, old);
    *buffer = bigger;
    return true;
}

/* How much of `length` is kept: nothing past `cap`, nothing at all once closed. */
static uint32_t kept(const struct smini_buffer *buffer, size_t length, uint32_t cap)
{
    if (buffer->closed || buffer->used >= cap)
        return 0;
    uint32_t left = cap - buffer->used;
    return length < left ? (uint32_t)length : left;
}

bool smini_buffer_add(struct smini_decode_scratch *scratch, struct smini_buffer **buffer, const uint8_t *bytes,
                      size_t length, uint32_t cap)
{
    uint32_t keep = kept(*buffer, length, cap);
    if (keep == 0)
        return true;
    if (!make_room(scratch, buffer, keep))
        return false;
    memcpy((*buffer)->bytes + (*buffer)->used, bytes, keep);
    (*buffer)->used += keep;
    return true;
}

bool smini_buffer_add_hole(struct smini_decode_scratch *scratch, struct smini_buffer **buffer, uint32_t length,
                           uint32_t cap)
{
    uint32_t keep = kept(*buffer, length, cap);
    if (keep == 0)
        return true;
    if (!make_room(scratch, buffer, keep))
        return false;
    struct smini_buffer *here = *buffer;
    struct smini_hole *before = here->hole_count > 0 ? &here->holes[here->hole_count - 1] : NULL;
    if (before && before->at + before->length == here->used) {
        before->length += keep;
    } else if (here->hole_count < scratch->limits.holes) {
        here->holes[here->hole_count++] = (struct smini_hole){.at = here->used, .length = keep};
    } else {
        here->closed = true;
        return true;
    }
    memset(here->bytes + here->used, 0, keep);
    here->used += keep;
    return true;
}
