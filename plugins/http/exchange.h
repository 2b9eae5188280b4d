/* SPDX-License-Identifier: BSD-2-Clause */
/* A request and its answer: begun when libhtp says so, ended once, told when it matters. */
#ifndef SMINI_HTTP_EXCHANGE_H
#define SMINI_HTTP_EXCHANGE_H

#include "base/span.h"
#include "http/state.h"

/* NULL: no memory, or a limit; the flow says which. */
struct smini_http_exchange *smini_http_exchange_new(struct smin_flow *flow, struct htp_tx_t *tx);

/* The head of a request, or of an answer, is whole. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_http_exchange_asked(struct smini_http_exchange *exchange);
int32_t smini_http_exchange_answered(struct smini_http_exchange *exchange);

/* It is over: its files end, it is told if it matters, and it is gone. */
void smini_http_exchange_finish(struct smini_http_exchange *exchange);

/* Gone, without a word. */
void smini_http_exchange_free(struct smini_http_exchange *exchange);

#endif
