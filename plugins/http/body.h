/* SPDX-License-Identifier: BSD-2-Clause */
/* Contents that go one way: to the host as they come, as long as it wants them. */
#ifndef SMINI_HTTP_BODY_H
#define SMINI_HTTP_BODY_H

#include "base/span.h"
#include "http/state.h"

/* Hosts that lend nothing, or cannot say what they want, are told everything. */
bool smini_http_host_judges(const struct smin_thread *thread);

/* The host gets to know the file, unless it does already. */
void smini_http_body_begin(struct smini_http_exchange *exchange, struct smini_http_body *body);

/* Nobody is to have it: what was begun ends without being told. */
void smini_http_body_drop(struct smini_http_exchange *exchange, struct smini_http_body *body);

/* The next bytes as they moved, chunks undone; what they are compressed with is undone here. */
void smini_http_body_data(struct smini_http_exchange *exchange, struct smini_http_body *body, struct smini_span bytes);

/* As above, behind the coding. */
void smini_http_body_take(struct smini_http_exchange *exchange, struct smini_http_body *body, struct smini_span bytes);

/* So many bytes moved unseen. */
void smini_http_body_gap(struct smini_http_exchange *exchange, struct smini_http_body *body, uint64_t length);

/* So many bytes lie before a part that was asked for. */
void smini_http_body_skip(struct smini_http_exchange *exchange, struct smini_http_body *body, uint64_t length);

/* No more bytes come: what still waits in the coding is taken. */
void smini_http_body_flush(struct smini_http_exchange *exchange, struct smini_http_body *body);

/* The file is over: SMIN_FILE_*. True: it is one that is told. */
bool smini_http_body_finish(struct smini_http_exchange *exchange, struct smini_http_body *body, uint32_t state);

/* Gives everything back, without a word. */
void smini_http_body_free(struct smin_thread *thread, struct smini_http_body *body);

/* Nobody wants its bytes (any more). */
static inline bool smini_http_body_idle(const struct smini_http_body *body)
{
    return body->interest == SMINI_HTTP_UNWANTED;
}

#endif
