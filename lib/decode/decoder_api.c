/* SPDX-License-Identifier: BSD-2-Clause */
/* smin/decoder.h on top of this folder. */
#define SMIN_BUILDING_LIBRARY
#include "smin/decoder.h"

#include "decode/decode.h"

#include <string.h>

/* The limits of a caller that cannot set any: arrays that fit a stack frame. */
enum { FIELDS = 49, EVENTS = 40 };

/* A stream with all that belongs to it in one piece of memory. */
struct smin_stream {
    struct smini_alloc alloc;
    struct smini_decode_scratch scratch;
    struct smini_stream stream;
};

int32_t smin_message_need(const uint8_t *bytes, size_t length, uint64_t *total)
{
    if (!total || (!bytes && length > 0))
        return SMIN_E_MISUSE;
    return smini_frame_need(bytes, length, total);
}

int32_t smin_message_decode(const uint8_t *bytes, size_t length, uint32_t direction, smin_message_fn deliver,
                            void *user)
{
    if (!deliver || (!bytes && length > 0))
        return SMIN_E_MISUSE;
    struct smin_field fields[FIELDS];
    struct smin_event events[EVENTS];
    struct smini_decode_scratch scratch;
    memset(&scratch, 0, sizeof(scratch));
    scratch.limits = smini_decode_limits_default();
    scratch.limits.fields = FIELDS;
    scratch.limits.events = EVENTS;
    scratch.fields = fields;
    scratch.events = events;
    smini_decode_scratch_target(&scratch, deliver, user);
    return smini_decode_message(&scratch, direction, 0, bytes, length);
}

int32_t smin_stream_new(uint32_t direction, uint16_t server_port, int midstream, smin_message_fn deliver, void *user,
                        struct smin_stream **stream)
{
    if (!stream)
        return SMIN_E_MISUSE;
    *stream = NULL;
    if (!deliver || direction > SMIN_TO_CLIENT)
        return SMIN_E_MISUSE;
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    struct smin_stream *fresh = smini_alloc_get(&alloc, sizeof(*fresh));
    if (!fresh)
        return SMIN_E_NOMEM;
    fresh->alloc = alloc;
    int32_t status = smini_decode_scratch_init(&fresh->scratch, &fresh->alloc, NULL);
    if (status != SMIN_OK) {
        smini_alloc_free(&alloc, fresh, sizeof(*fresh));
        return status;
    }
    smini_decode_scratch_target(&fresh->scratch, deliver, user);
    smini_stream_init(&fresh->stream, direction, smini_detect_hinted(0, server_port), midstream != 0);
    *stream = fresh;
    return SMIN_OK;
}

int32_t smin_stream_push(struct smin_stream *stream, const uint8_t *bytes, size_t length)
{
    if (!stream || (!bytes && length > 0))
        return SMIN_E_MISUSE;
    return smini_stream_feed(&stream->stream, &stream->scratch, bytes, length);
}

int32_t smin_stream_gap(struct smin_stream *stream, uint64_t length)
{
    if (!stream)
        return SMIN_E_MISUSE;
    return smini_stream_gap(&stream->stream, &stream->scratch, length);
}

int32_t smin_stream_end(struct smin_stream *stream)
{
    if (!stream)
        return SMIN_E_MISUSE;
    return smini_stream_end(&stream->stream, &stream->scratch);
}

void smin_stream_free(struct smin_stream **stream)
{
    if (!stream || !*stream)
        return;
    struct smin_stream *old = *stream;
    *stream = NULL;
    smini_stream_drop(&old->stream, &old->scratch);
    smini_decode_scratch_free(&old->scratch);
    struct smini_alloc alloc = old->alloc;
    smini_alloc_free(&alloc, old, sizeof(*old));
}

const struct smin_field_desc *smin_field_table(uint32_t *count)
{
    return smini_field_table(count);
}

const struct smin_event_desc *smin_event_table(uint32_t *count)
{
    return smini_event_table(count);
}

const struct smin_message_desc *smin_message_table(uint32_t *count)
{
    return smini_message_table(count);
}
