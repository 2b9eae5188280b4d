/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/trace.h"

#include <stdarg.h>
#include <stdio.h>

void smini_trace_say(const struct smini_trace *trace, int32_t level, const char *format, ...)
{
    if (!trace || !trace->write || level > trace->level)
        return;
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    trace->write(trace->user, level, text);
}
