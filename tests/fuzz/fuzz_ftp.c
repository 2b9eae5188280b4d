/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A control connection and its data connection, in any order: what the host is handed is what the messages say, no
 * secret is told, and nothing stays behind. The input is a row of pieces: where and which way, how many bytes, the bytes.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/unit/ftp/stage.h"

const char *const fuzz_seed_folder = "tests/abi/ftp";

static void check_file(const struct stage *stage, unsigned before)
{
    if (stage->file.count == before || !stage->lends)
        return;
    FUZZ_CHECK(stage->file.prefix <= stage->file.size);
    if (stage->begun == stage->ended) /* none is under way, so the last that ended is the one that was told */
        FUZZ_CHECK(stage->file.size == stage->given && stage->file.gap_bytes == stage->gap_given);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct stage stage;
    stage_open(&stage, length == 0 || !(bytes[0] & 128), 21);
    FUZZ_CHECK(HEAR(&stage, "220 ready\r\n") == SMIN_OK);
    FUZZ_CHECK(SAY(&stage, "PASV\r\nRETR f\r\n") == SMIN_OK);
    FUZZ_CHECK(HEAR(&stage, "227 (198,51,100,7,1,1)\r\n") == SMIN_OK);
    for (size_t at = 0; at + 2 <= length;) {
        unsigned what = bytes[at] >> 1 & 7, before = stage.file.count;
        uint32_t direction = bytes[at] & 1;
        size_t piece = bytes[at + 1] < length - at - 2 ? bytes[at + 1] : length - at - 2;
        unsigned flow = what & 1 ? STAGE_DATA : STAGE_CONTROL;
        if (flow == STAGE_DATA && !stage.flows[STAGE_DATA].flow)
            (void)stage_connect(&stage);
        if (what == 7)
            stage_end(&stage, STAGE_DATA, piece & 1);
        else if (what == 6 || what == 5)
            FUZZ_CHECK(stage_gap(&stage, flow, direction, piece) >= 0);
        else
            FUZZ_CHECK(stage_send(&stage, flow, direction, bytes + at + 2, piece) >= 0);
        check_file(&stage, before);
        at += 2 + piece;
    }
    stage_end(&stage, STAGE_DATA, true);
    stage_end(&stage, STAGE_CONTROL, true);
    FUZZ_CHECK(stage.begun == stage.ended);
    stage.secrets = 0; /* the input may hold the word anywhere */
    FUZZ_CHECK(stage_close(&stage));
    return 0;
}
