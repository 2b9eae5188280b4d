/* SPDX-License-Identifier: BSD-2-Clause */
/* Heads and lines, put together as they come. */
#ifndef SMINI_HTTP_GATHER_H
#define SMINI_HTTP_GATHER_H

#include "base/span.h"
#include "http/state.h"

/*
 * Takes bytes up to the end of a line; `*used` is how many. SMIN_OK: `*line` is
 * whole, and is kept behind the lines before it. SMIN_MORE, SMIN_E_LIMIT,
 * SMIN_E_NOMEM. `at`: stream offset of the bytes.
 */
int32_t smini_http_gather(struct smin_thread *thread, struct smini_http_side *side, struct smini_span bytes,
                          uint64_t at, size_t *used, struct smini_span *line);

/* What was gathered is forgotten; its room stays. */
void smini_http_gather_reset(struct smini_http_side *side);

void smini_http_gather_free(struct smin_thread *thread, struct smini_http_side *side);

static inline struct smini_span smini_http_gathered(const struct smini_http_side *side)
{
    return smini_span_make(side->held, side->held_length);
}

static inline bool smini_http_line_is_empty(struct smini_span line)
{
    return line.length == 1 || (line.length == 2 && line.bytes[0] == '\r');
}

#endif
