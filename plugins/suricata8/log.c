/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/log.h"

#include <stdarg.h>
#include <stdio.h>

#include "suricata8/engine_api.h"

/* The longest reason of a refusal, a path and some words. */
enum { LINE_BYTES = 2048 };

void smini_suricata_log(int level, const char *format, ...)
{
    char line[LINE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    SCLogMessage(level, "smin", 0, "smin", "smin", line);
}
