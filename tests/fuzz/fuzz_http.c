/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests and answers in any pieces, with gaps: what the host is handed ends,
 * and nothing stays behind. The input is a row of pieces: direction and taste,
 * how many bytes, the bytes; a length of 255 is a gap.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/unit/http/stage.h"

const char *const fuzz_seed_folder = "tests/abi/http";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    enum { GAP = 255, GAP_BYTES = 40 };
    static struct stage stage;
    stage_open(&stage, length == 0 ? STAGE_WANTS_ALL : (enum stage_taste)(bytes[0] >> 1 & 3));
    stage.expected = length > 0 && (bytes[0] & 128);
    for (size_t at = 0; at + 2 <= length;) {
        uint32_t direction = bytes[at] & 1;
        size_t piece = bytes[at + 1] < length - at - 2 ? bytes[at + 1] : length - at - 2;
        int32_t status = bytes[at + 1] == GAP ? stage_gap(&stage, direction, GAP_BYTES)
                                              : stage_say(&stage, direction, bytes + at + 2, piece);
        FUZZ_CHECK(status >= 0);
        at += 2 + (bytes[at + 1] == GAP ? 0 : piece);
    }
    FUZZ_CHECK(stage_end(&stage, SMIN_TO_SERVER) >= 0);
    FUZZ_CHECK(stage_end(&stage, SMIN_TO_CLIENT) >= 0);
    FUZZ_CHECK(stage.begun == stage.ended);
    FUZZ_CHECK(stage.contents_length == 0 || stage.begun > 0);
    FUZZ_CHECK(stage_close(&stage));
    return 0;
}
