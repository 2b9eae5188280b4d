/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/frame.h"

#include <string.h>

#include "host/describe.h"

enum { WHOLE_MESSAGE = 0, LENGTH_UNKNOWN = -1 };

static const char whole_message[] = "message";

/* "body" of "smin.body". */
static const char *short_name(const char *name)
{
    const char *dot = strchr(name, '.');
    return dot ? dot + 1 : name;
}

static bool is_frame(const struct smin_field_desc *desc)
{
    return desc->type == SMIN_TYPE_BYTES && strcmp(short_name(desc->name), whole_message) != 0;
}

/* Made once: every message asks for it. */
static struct {
    uint32_t count;
    const struct smin_field_desc *fields[SMINI_SURICATA_FRAMES_MAX]; /* NULL: the whole message */
} frames;

void smini_suricata_frames_list(const struct smin_inspector *inspector)
{
    frames.count = WHOLE_MESSAGE + 1;
    for (uint32_t i = 0; i < inspector->field_count && frames.count < SMINI_SURICATA_FRAMES_MAX; i++) {
        const struct smin_field_desc *desc = smini_describe_field(inspector, i);
        if (is_frame(desc))
            frames.fields[frames.count++] = desc;
    }
}

const char *smini_suricata_frame_by_id(uint8_t id)
{
    if (id >= frames.count)
        return NULL;
    return frames.fields[id] ? short_name(frames.fields[id]->name) : whole_message;
}

int smini_suricata_frame_by_name(const char *name)
{
    for (uint8_t id = WHOLE_MESSAGE; id < frames.count; id++)
        if (strcmp(smini_suricata_frame_by_id(id), name) == 0)
            return id;
    return -1;
}

static int64_t frame_length(uint64_t length)
{
    return length > INT64_MAX ? LENGTH_UNKNOWN : (int64_t)length;
}

static int direction_of(uint32_t direction)
{
    return direction == SMIN_TO_SERVER ? SMINI_ENGINE_FRAME_TO_SERVER : SMINI_ENGINE_FRAME_TO_CLIENT;
}

void smini_suricata_frame_begin(struct smini_suricata_flow *flow, uint32_t direction)
{
    struct smini_suricata_side *side = &flow->sides[direction];
    const struct smin_ext_frame *extension = smini_suricata_adapter.session.frame;
    uint64_t total = 0, start = side->described;
    if (!extension || !flow->slice->input || side->done || side->frame != -1 || side->fed <= start ||
        start < flow->slice->offset)
        return;
    size_t at = (size_t)(start - flow->slice->offset);
    int32_t status = extension->need(flow->slice->input + at, flow->slice->length - at, &total);
    if (status != SMIN_OK && status != SMIN_MORE)
        return;
    int64_t length = status == SMIN_OK ? frame_length(total) : LENGTH_UNKNOWN;
    side->frame = AppLayerFrameGetId(AppLayerFrameNewByAbsoluteOffset(flow->flow, flow->slice, start, length,
                                                                      direction_of(direction), WHOLE_MESSAGE));
    side->frame_offset = start;
}

/* A frame that was begun before. True when it was that of this message. */
static bool finish_begun(struct smini_suricata_flow *flow, const struct smini_suricata_transaction *transaction)
{
    const struct smin_message *message = &transaction->message;
    struct smini_suricata_side *side = &flow->sides[message->direction];
    int direction = direction_of(message->direction);
    if (side->frame == -1)
        return false;
    int64_t frame = side->frame;
    side->frame = -1;
    if (message->offset != side->frame_offset) { /* no message came of it */
        uint64_t length = message->offset > side->frame_offset ? message->offset - side->frame_offset : 0;
        AppLayerFrameSetLengthById(flow->flow, direction, frame, frame_length(length));
        return false;
    }
    AppLayerFrameSetLengthById(flow->flow, direction, frame, frame_length(message->length));
    AppLayerFrameSetTxIdById(flow->flow, direction, frame, transaction->id);
    return true;
}

/* Only for what begins in the bytes at hand: of earlier ones the engine may have kept nothing. */
static void set(struct smini_suricata_flow *flow, const struct smini_suricata_transaction *transaction, uint64_t offset,
                uint64_t length, uint8_t kind)
{
    const struct smini_engine_slice *slice = flow->slice;
    if (!slice || !slice->input || length == 0 || offset < slice->offset || offset - slice->offset >= slice->length)
        return;
    struct smini_engine_frame *frame =
        AppLayerFrameNewByAbsoluteOffset(flow->flow, slice, offset, frame_length(length),
                                         direction_of(transaction->message.direction), kind);
    if (frame)
        AppLayerFrameSetTxId(frame, transaction->id);
}

void smini_suricata_frames_set(struct smini_suricata_flow *flow, const struct smini_suricata_transaction *transaction)
{
    const struct smin_message *message = &transaction->message;
    if (message->kind != SMIN_KIND_MESSAGE)
        return;
    if (!finish_begun(flow, transaction))
        set(flow, transaction, message->offset, message->length, WHOLE_MESSAGE);
    for (uint8_t kind = WHOLE_MESSAGE + 1; kind < frames.count; kind++)
        for (uint32_t i = 0; i < message->field_count; i++) {
            const struct smin_field *field = smini_message_field(message, i);
            if (field->id == frames.fields[kind]->id)
                set(flow, transaction, field->offset, field->length, kind);
        }
}
