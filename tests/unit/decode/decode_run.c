/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/decode/decode_run.h"

#include <stdlib.h>

void decode_run_open(struct decode_run *run, const struct smini_decode_limits *limits)
{
    memset(run, 0, sizeof(*run));
    failing_alloc_open(&run->memory);
    if (smini_decode_scratch_init(&run->scratch, &run->memory.alloc, limits) != SMIN_OK)
        abort();
    uint32_t fields, events, messages;
    const struct smin_field_desc *field_table = smini_field_table(&fields);
    const struct smin_event_desc *event_table = smini_event_table(&events);
    const struct smin_message_desc *message_table = smini_message_table(&messages);
    recording_sink_open(&run->sink, field_table, fields, event_table, events, message_table, messages);
    smini_decode_scratch_target(&run->scratch, recording_sink_deliver, &run->sink);
    smini_stream_init(&run->stream, SMIN_TO_SERVER, true, false);
}

void decode_run_start(struct decode_run *run, uint32_t direction, bool hinted, bool midstream)
{
    smini_stream_drop(&run->stream, &run->scratch);
    recording_sink_clear(&run->sink);
    smini_stream_init(&run->stream, direction, hinted, midstream);
}

int32_t decode_run_feed(struct decode_run *run, const void *bytes, size_t length)
{
    return smini_stream_feed(&run->stream, &run->scratch, bytes, length);
}

int32_t decode_run_gap(struct decode_run *run, uint64_t length)
{
    return smini_stream_gap(&run->stream, &run->scratch, length);
}

int32_t decode_run_end(struct decode_run *run)
{
    return smini_stream_end(&run->stream, &run->scratch);
}

bool decode_run_close(struct decode_run *run)
{
    smini_stream_drop(&run->stream, &run->scratch);
    smini_decode_scratch_free(&run->scratch);
    recording_sink_close(&run->sink);
    return failing_alloc_clean(&run->memory);
}

uint32_t decode_run_direction(const char *vector)
{
    return vector[0] == 'r' && vector[2] != '9' ? SMIN_TO_CLIENT : SMIN_TO_SERVER;
}

bool decode_run_says(const struct decode_run *run, const char *line)
{
    return recording_sink_has(&run->sink, line);
}

static void put_word(uint8_t *bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(value >> (24 - 8 * i));
}

void decode_run_header(uint8_t *bytes, uint32_t from, uint32_t version, uint32_t type, uint32_t length)
{
    put_word(bytes, from);
    put_word(bytes + 4, version);
    put_word(bytes + 8, type);
    put_word(bytes + 12, length);
}
