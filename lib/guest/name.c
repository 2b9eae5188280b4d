/* SPDX-License-Identifier: BSD-2-Clause */
#include "guest/name.h"

uint32_t smini_guest_name_tricks(struct smini_span name)
{
    uint32_t tricks = 0;
    for (size_t i = 0; i < name.length; i++)
        if (name.bytes[i] < 0x20 || name.bytes[i] >= 0x7f)
            tricks |= SMINI_NAME_CONTROL;
    for (size_t at = 0; at < name.length;) {
        size_t end = at;
        while (end < name.length && name.bytes[end] != '/' && name.bytes[end] != '\\')
            end++;
        if (smini_span_equal(smini_span_part(name, at, end - at), smini_span_text("..")))
            tricks |= SMINI_NAME_TRAVERSAL;
        at = end + 1;
    }
    return tricks;
}
