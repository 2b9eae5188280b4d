/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Compressed contents. libhtp's own decompressor is used block by block, so
 * that what comes out does not depend on how the bytes came, and no clock
 * decides when it is too much.
 */
#ifndef SMINI_HTTP_CODING_H
#define SMINI_HTTP_CODING_H

#include "base/span.h"
#include "http/state.h"

/* By the value of Content-Encoding; notes what it cannot undo. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_http_coding_begin(struct smini_http_exchange *exchange, struct smini_http_body *body,
                                struct smini_span name);

void smini_http_coding_take(struct smini_http_exchange *exchange, struct smini_http_body *body, struct smini_span bytes);

/* The end: what still waits. */
void smini_http_coding_flush(struct smini_http_exchange *exchange, struct smini_http_body *body);

void smini_http_coding_free(struct smin_thread *thread, struct smini_http_coding **coding);

#endif
