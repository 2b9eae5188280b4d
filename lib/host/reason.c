/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/reason.h"

#include <stdarg.h>
#include <stdio.h>

#include "smin/host.h"

int32_t smini_reason_say(char *reason, int32_t status, const char *format, ...)
{
    if (!reason)
        return status;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(reason, SMIN_HOST_REASON_BYTES, format, arguments);
    va_end(arguments);
    return status;
}

int32_t smini_reason_none(char *reason)
{
    if (reason)
        reason[0] = '\0';
    return SMIN_OK;
}
