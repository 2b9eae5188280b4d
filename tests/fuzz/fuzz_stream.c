/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The push decoder. The last four bytes of the input choose: port and
 * midstream, where to cut, where a gap is, which allocation fails. Without gap
 * and failure the cut must change nothing.
 */
#include "decode/decode.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/recording_sink.h"

#include <string.h>

const char *const fuzz_seed_folder = "tests/vectors";

enum { CONTROL_BYTES = 4 };

struct plan {
    bool hinted;
    bool midstream;
    uint32_t direction;
    size_t step;  /* bytes per push; 0: all at once */
    size_t gap;   /* missing bytes at the middle */
    uint64_t nth; /* allocation that fails; 0: none */
};

static void play(const uint8_t *bytes, size_t length, const struct plan *plan, struct recording_sink *sink)
{
    struct failing_alloc memory;
    struct smini_decode_scratch scratch;
    struct smini_stream stream;
    failing_alloc_open(&memory);
    failing_alloc_fail_nth(&memory, plan->nth ? plan->nth : UINT64_MAX / 2);
    int32_t status = smini_decode_scratch_init(&scratch, &memory.alloc, NULL);
    if (status == SMIN_OK) {
        smini_decode_scratch_target(&scratch, recording_sink_deliver, sink);
        smini_stream_init(&stream, plan->direction, plan->hinted, plan->midstream);
        size_t middle = length / 2;
        for (size_t at = 0; at < length && status == SMIN_OK;) {
            if (plan->gap > 0 && at == middle) {
                size_t gap = plan->gap < length - at ? plan->gap : length - at;
                status = smini_stream_gap(&stream, &scratch, gap);
                at += gap;
                continue;
            }
            size_t end = plan->gap > 0 && at < middle ? middle : length;
            size_t piece = plan->step == 0 || plan->step > end - at ? end - at : plan->step;
            status = smini_stream_feed(&stream, &scratch, bytes + at, piece);
            at += piece;
        }
        if (status == SMIN_OK)
            status = smini_stream_end(&stream, &scratch);
        FUZZ_CHECK(status == SMIN_OK || status == SMIN_DONE || (status == SMIN_E_NOMEM && plan->nth > 0));
        smini_stream_drop(&stream, &scratch);
        smini_decode_scratch_free(&scratch);
    }
    FUZZ_CHECK(failing_alloc_clean(&memory));
}

static void open_sink(struct recording_sink *sink)
{
    uint32_t fields, events, messages;
    const struct smin_field_desc *field_table = smini_field_table(&fields);
    const struct smin_event_desc *event_table = smini_event_table(&events);
    const struct smin_message_desc *message_table = smini_message_table(&messages);
    recording_sink_open(sink, field_table, fields, event_table, events, message_table, messages);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length < CONTROL_BYTES)
        return 0;
    length -= CONTROL_BYTES;
    const uint8_t *control = bytes + length;
    struct plan plan = {.hinted = !(control[0] & 1),
                        .midstream = control[0] & 2,
                        .direction = control[0] & 4 ? SMIN_TO_CLIENT : SMIN_TO_SERVER,
                        .step = 1 + control[1] % 64u,
                        .gap = control[2] & 1 ? control[2] : 0};
    struct recording_sink cut, whole;
    open_sink(&cut);
    open_sink(&whole);
    play(bytes, length, &plan, &cut);
    plan.step = 0;
    play(bytes, length, &plan, &whole);
    FUZZ_CHECK(strcmp(cut.text, whole.text) == 0);
    plan.step = 1;
    plan.nth = 1 + control[3] % 8u;
    recording_sink_clear(&cut);
    play(bytes, length, &plan, &cut);
    recording_sink_close(&cut);
    recording_sink_close(&whole);
    return 0;
}
