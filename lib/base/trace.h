/* SPDX-License-Identifier: BSD-2-Clause */
/* Level and message to a callback; nothing is formatted unless somebody listens at that level. */
#ifndef SMINI_TRACE_H
#define SMINI_TRACE_H

#include <stdint.h>

enum { SMINI_TRACE_ERROR = 1, SMINI_TRACE_WARNING = 2, SMINI_TRACE_INFO = 3, SMINI_TRACE_DEBUG = 4 };

struct smini_trace {
    void (*write)(void *user, int32_t level, const char *text); /* NULL: nobody listens */
    void *user;
    int32_t level; /* the most talkative level that is wanted; 0 means none */
};

/* One line without a newline; longer than 512 bytes is cut. */
void smini_trace_say(const struct smini_trace *trace, int32_t level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
