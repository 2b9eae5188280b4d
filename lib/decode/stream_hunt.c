/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/stream_state.h"

void smini_stream_lose(struct smini_stream *stream, uint64_t at)
{
    stream->lost_at = at;
    stream->lost_gap = 0;
    stream->state = STATE_HUNT;
    stream->head_length = 0;
}

void smini_stream_rehunt(struct smini_stream *stream)
{
    uint8_t length = stream->head_length;
    for (uint8_t from = 1; from < length; from++)
        if (smini_header_judge_prefix(stream->head + from, (size_t)(length - from), SMINI_STRICT) != SMINI_JUDGED_NO) {
            memmove(stream->head, stream->head + from, (size_t)(length - from));
            stream->head_length = (uint8_t)(length - from);
            stream->begin += from;
            return;
        }
    stream->head_length = 0;
}

bool smini_stream_hunt(struct smini_stream *stream, uint8_t byte, uint64_t offset)
{
    if (stream->head_length == 0)
        stream->begin = offset;
    stream->head[stream->head_length++] = byte;
    int judged = smini_header_judge_next(stream->head, stream->head_length, SMINI_STRICT);
    if (judged == SMINI_JUDGED_NO)
        smini_stream_rehunt(stream);
    return judged == SMINI_JUDGED_YES;
}
