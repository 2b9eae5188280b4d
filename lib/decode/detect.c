/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/detect.h"

#include "decode/header.h"
#include "smin/decoder.h"

/* What detect answers and what header judges are the same numbers. */
_Static_assert((int)SMINI_DETECT_NO == (int)SMINI_JUDGED_NO && (int)SMINI_DETECT_YES == (int)SMINI_JUDGED_YES &&
                   (int)SMINI_DETECT_MORE == (int)SMINI_JUDGED_MORE,
               "detect hands the judgement on as it is");

int smini_detect(const uint8_t *bytes, size_t length, bool hinted)
{
    if (hinted)
        return length > 0 ? SMINI_DETECT_YES : SMINI_DETECT_MORE;
    return smini_header_judge_prefix(bytes, length, SMINI_STRICT);
}

bool smini_detect_hinted(uint16_t client_port, uint16_t server_port)
{
    return client_port == SMIN_TCP_PORT || server_port == SMIN_TCP_PORT;
}
