/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/frame.h"

#include "decode/header.h"
#include "smin/status.h"

int32_t smini_frame_need(const uint8_t *bytes, size_t length, uint64_t *total)
{
    *total = 0;
    int judged = smini_header_judge_prefix(bytes, length, SMINI_HINTED);
    if (judged == SMINI_JUDGED_NO)
        return SMIN_E_MALFORMED;
    *total = SMINI_HEADER_BYTES;
    if (judged == SMINI_JUDGED_MORE)
        return SMIN_MORE;
    *total += smini_header_read(bytes).length;
    return SMIN_OK;
}
