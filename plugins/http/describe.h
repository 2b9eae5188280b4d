/* SPDX-License-Identifier: BSD-2-Clause */
/* What an exchange says, as libhtp read it. */
#ifndef SMINI_HTTP_DESCRIBE_H
#define SMINI_HTTP_DESCRIBE_H

#include <htp/htp.h>

#include "base/span.h"
#include "http/state.h"

/* Without bstr_ptr(): that casts const away. */
static inline struct smini_span smini_http_span(const bstr *text)
{
    if (!text)
        return smini_span_make(NULL, 0);
    return smini_span_make(text->realptr ? text->realptr : (const uint8_t *)(text + 1), text->len);
}

/* The value of a header, without bytes when there is none. */
struct smini_span smini_http_header(const htp_table_t *headers, const char *name);

/* Events for what libhtp marked. */
void smini_http_note_flags(struct smini_http_exchange *exchange);

/* The message, with what the flow kept for the first one of interest. `body`: of its file; NULL: it has none. */
void smini_http_describe(struct smini_http_exchange *exchange, const struct smini_http_body *body, uint32_t state);

#endif
