/* SPDX-License-Identifier: BSD-2-Clause */
/* Judging headers: more bytes never turn a no into something else, and the entries agree. */
#include "decode/decode.h"
#include "tests/fuzz/fuzz.h"

const char *const fuzz_seed_folder = "tests/vectors";

static void check_prefixes(const uint8_t *bytes, size_t length, int strictness)
{
    bool refused = false;
    size_t most = length < SMINI_HEADER_BYTES ? length : SMINI_HEADER_BYTES;
    for (size_t have = 0; have <= most; have++) {
        int judged = smini_header_judge_prefix(bytes, have, strictness);
        FUZZ_CHECK(!refused || judged == SMINI_JUDGED_NO);
        FUZZ_CHECK(judged != SMINI_JUDGED_YES || have == SMINI_HEADER_BYTES);
        if (!refused && have > 0)
            FUZZ_CHECK(smini_header_judge_next(bytes, have, strictness) == judged);
        refused = judged == SMINI_JUDGED_NO;
    }
    if (length >= SMINI_HEADER_BYTES) {
        struct smini_header header = smini_header_read(bytes);
        FUZZ_CHECK(smini_header_judge(&header, strictness) ==
                   smini_header_judge_prefix(bytes, SMINI_HEADER_BYTES, strictness));
    }
}

static void check_find(const uint8_t *bytes, size_t length)
{
    size_t slow = 0;
    while (slow < length && (length - slow < SMINI_HEADER_BYTES ||
                             smini_header_judge_prefix(bytes + slow, SMINI_HEADER_BYTES, SMINI_STRICT) !=
                                 SMINI_JUDGED_YES))
        slow++;
    FUZZ_CHECK(smini_header_find(bytes, length) == slow);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    uint64_t total;
    check_prefixes(bytes, length, SMINI_STRICT);
    check_prefixes(bytes, length, SMINI_HINTED);
    check_find(bytes, length);
    int32_t status = smini_frame_need(bytes, length, &total);
    FUZZ_CHECK(status == SMIN_E_MALFORMED ? total == 0 : total >= SMINI_HEADER_BYTES);
    if (smini_detect(bytes, length, false) == SMINI_DETECT_YES)
        FUZZ_CHECK(status == SMIN_OK);
    return 0;
}
