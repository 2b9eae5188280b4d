/* SPDX-License-Identifier: BSD-2-Clause */
/* libhtp: what it is told, what it is fed, and what it calls back for. */
#ifndef SMINI_HTTP_PARSER_H
#define SMINI_HTTP_PARSER_H

#include "base/span.h"
#include "http/state.h"

/* Shared by all flows. NULL: no memory. */
struct htp_cfg_t *smini_http_parser_config(void);
void smini_http_parser_config_free(struct htp_cfg_t *config);

/*
 * One piece: a whole head, a line of a chunk, or contents. Without bytes: so
 * many of a body of known length that libhtp need not see. SMIN_OK,
 * SMIN_E_NOMEM; SMIN_E_MALFORMED: nothing more can be read in this direction.
 */
int32_t smini_http_parser_feed(struct smin_flow *flow, unsigned role, const uint8_t *bytes, uint64_t length);

/* Gone with all that libhtp knows; exchanges are gone before. */
void smini_http_parser_free(struct smin_flow *flow);

/* As libhtp sees it by now: the answer moves in chunks. */
bool smini_http_parser_in_chunks(const struct smini_http_exchange *exchange);

#endif
