/* SPDX-License-Identifier: BSD-2-Clause */
/* One whole message: everything that is delivered lies within it. */
#include "decode/decode.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/failing_alloc.h"

const char *const fuzz_seed_folder = "tests/vectors";

static volatile uint32_t sum; /* keeps the reads */

static void read_all(const uint8_t *bytes, uint64_t length)
{
    uint32_t total = 0;
    for (uint64_t i = 0; i < length; i++)
        total += bytes[i];
    sum = total;
}

static void check(void *user, const struct smin_message *message)
{
    unsigned *delivered = user;
    (*delivered)++;
    FUZZ_CHECK(message->size <= message->length);
    read_all(message->bytes, message->size);
    for (uint32_t i = 0; i < message->field_count; i++) {
        const struct smin_field *field = &message->fields[i];
        FUZZ_CHECK(field->offset >= message->offset);
        FUZZ_CHECK(field->offset + field->length <= message->offset + message->length);
        read_all(field->bytes, field->size);
    }
    for (uint32_t i = 0; i < message->event_count; i++) {
        FUZZ_CHECK(message->events[i].id != 0);
        FUZZ_CHECK(message->events[i].offset >= message->offset);
        FUZZ_CHECK(message->events[i].offset <= message->offset + message->length);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct failing_alloc memory;
    struct smini_decode_scratch scratch;
    uint64_t total;
    unsigned delivered = 0;
    failing_alloc_open(&memory);
    FUZZ_CHECK(smini_decode_scratch_init(&scratch, &memory.alloc, NULL) == SMIN_OK);
    smini_decode_scratch_target(&scratch, check, &delivered);
    uint64_t before = memory.requests;
    int32_t need = smini_frame_need(bytes, length, &total);
    int32_t status = smini_decode_message(&scratch, SMIN_TO_SERVER, 1000, bytes, length);
    if (need == SMIN_OK)
        FUZZ_CHECK(delivered == 1 && status == (length < total ? SMIN_E_TRUNCATED : SMIN_OK));
    else
        FUZZ_CHECK(delivered == 0 && (status == SMIN_E_MALFORMED || status == SMIN_E_TRUNCATED));
    FUZZ_CHECK(memory.requests == before);
    smini_decode_scratch_free(&scratch);
    FUZZ_CHECK(failing_alloc_clean(&memory));
    return 0;
}
