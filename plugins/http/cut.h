/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Streams in pieces: heads whole, lines of chunks whole, contents as they
 * come. So libhtp sees the same whatever the segments are, and what it cannot
 * take, a gap, is dealt with here.
 */
#ifndef SMINI_HTTP_CUT_H
#define SMINI_HTTP_CUT_H

#include "base/span.h"
#include "http/state.h"

/* The next bytes, or what is missing, or the end of a direction. SMIN_OK, SMIN_DONE, SMIN_E_NOMEM. */
int32_t smini_http_cut_feed(struct smin_flow *flow, unsigned role, struct smini_span bytes);
int32_t smini_http_cut_gap(struct smin_flow *flow, unsigned role, uint64_t length);
void smini_http_cut_end(struct smin_flow *flow, unsigned role);

/* Everything that the flow holds, without a word. */
void smini_http_cut_free(struct smin_flow *flow);

#endif
