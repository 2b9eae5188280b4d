/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Datagrams of one request flow and two answers, in any order: what the host is
 * handed is what the messages say, and nothing stays behind. The input is a row
 * of pieces: which flow and direction, how many bytes, the bytes.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/unit/tftp/stage.h"

const char *const fuzz_seed_folder = "tests/abi/tftp";

static void check_file(const struct stage *stage, unsigned before)
{
    if (stage->file.count == before || !stage->lends)
        return;
    FUZZ_CHECK(stage->begun == stage->ended);
    FUZZ_CHECK(stage->file.size == stage->given && stage->file.gap_bytes == stage->gap_given);
    FUZZ_CHECK(stage->file.prefix <= stage->file.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct stage stage;
    FUZZ_CHECK(stage_open(&stage, length == 0 || !(bytes[0] & 128)) == SMIN_OK);
    if (stage_send(&stage, 0, SMIN_TO_SERVER, "\0\1f\0octet\0blksize\0008\0windowsize\0004\0", 31) != SMIN_OK)
        FUZZ_CHECK(false);
    FUZZ_CHECK(stage_answer(&stage, 1) == SMIN_OK);
    for (size_t at = 0; at + 2 <= length;) {
        unsigned flow = (bytes[at] >> 1) % 3, files = stage.file.count;
        size_t piece = bytes[at + 1] < length - at - 2 ? bytes[at + 1] : length - at - 2;
        if (flow == 2)
            (void)stage_answer(&stage, 2);
        int32_t status = stage_send(&stage, flow, bytes[at] & 1, bytes + at + 2, piece);
        FUZZ_CHECK(status >= 0);
        /* Two answers at once share the stage's counters of one file: only a lone file can be compared. */
        if (flow != 2 && !stage.flows[2].flow && stage.begun <= 1)
            check_file(&stage, files);
        at += 2 + piece;
    }
    FUZZ_CHECK(stage_close(&stage));
    return 0;
}
