/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/loose.h"

int32_t smini_loose_begin(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction, uint64_t offset)
{
    const struct smini_decode_limits *limits = &thread->instance->settings.decode;
    uint32_t size = 2 * (limits->message_bytes + limits->trailer_bytes);
    struct smini_loose *loose = smini_alloc_get(&thread->alloc, sizeof(*loose));
    if (!loose)
        return SMIN_E_NOMEM;
    loose->bytes = smini_alloc_get(&thread->alloc, size);
    if (!loose->bytes) {
        smini_alloc_free(&thread->alloc, loose, sizeof(*loose));
        return SMIN_E_NOMEM;
    }
    loose->size = size;
    loose->offset = offset;
    flow->loose[direction] = loose;
    return SMIN_OK;
}

void smini_loose_free(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction)
{
    struct smini_loose *loose = flow->loose[direction];
    if (!loose)
        return;
    smini_alloc_free(&thread->alloc, loose->bytes, loose->size);
    smini_alloc_free(&thread->alloc, loose, sizeof(*loose));
    flow->loose[direction] = NULL;
}

uint32_t smini_loose_room(const struct smin_flow *flow, uint32_t direction)
{
    const struct smini_loose *loose = flow->loose[direction];
    return loose->size - loose->length;
}

void smini_loose_keep(struct smin_flow *flow, uint32_t direction, const uint8_t *bytes, size_t length)
{
    struct smini_loose *loose = flow->loose[direction];
    memcpy(loose->bytes + loose->length, bytes, length);
    loose->length += (uint32_t)length;
}

static void forget(struct smini_loose *loose, uint32_t length)
{
    memmove(loose->bytes, loose->bytes + length, loose->length - length);
    loose->length -= length;
    loose->offset += length;
}

static void judge(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction, uint32_t length)
{
    struct smini_loose *loose = flow->loose[direction];
    if (length == 0)
        return;
    smini_loose_judge(thread, flow, direction, loose->offset, smini_span_make(loose->bytes, length));
    forget(loose, length);
}

void smini_loose_kept(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction)
{
    struct smini_loose *loose = flow->loose[direction];
    if (loose->length == loose->size)
        judge(thread, flow, direction, loose->size / 2);
}

/* How many of the kept bytes lie before `offset`. */
static uint32_t length_before(const struct smini_loose *loose, uint64_t offset)
{
    if (offset <= loose->offset)
        return 0;
    uint64_t length = offset - loose->offset;
    return length < loose->length ? (uint32_t)length : loose->length;
}

void smini_loose_before(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction, uint64_t offset)
{
    judge(thread, flow, direction, length_before(flow->loose[direction], offset));
}

void smini_loose_claimed(struct smin_flow *flow, uint32_t direction, uint64_t offset)
{
    struct smini_loose *loose = flow->loose[direction];
    forget(loose, length_before(loose, offset));
}

void smini_loose_break(struct smin_thread *thread, struct smin_flow *flow, uint32_t direction, uint64_t offset)
{
    struct smini_loose *loose = flow->loose[direction];
    judge(thread, flow, direction, loose->length);
    loose->offset = offset;
}
