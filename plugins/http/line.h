/* SPDX-License-Identifier: BSD-2-Clause */
/* First lines of heads, and lines of chunks: what can be told by a line alone (RFC 9112). */
#ifndef SMINI_HTTP_LINE_H
#define SMINI_HTTP_LINE_H

#include "base/span.h"

/* Can a stream that begins so be requests, or answers? SMIN_PROBE_*; 16 bytes are always enough. */
int32_t smini_http_begins_request(struct smini_span bytes);
int32_t smini_http_begins_answer(struct smini_span bytes);

enum smini_http_line { SMINI_HTTP_LINE_OTHER, SMINI_HTTP_LINE_REQUEST, SMINI_HTTP_LINE_SHORT, SMINI_HTTP_LINE_STATUS };

/* A whole line, its end included or not. SHORT: a request of HTTP/0.9, which has no headers. */
enum smini_http_line smini_http_line_kind(struct smini_span line);

/* The length that a chunk's line gives: as libhtp reads it. False: none. */
bool smini_http_chunk_length(struct smini_span line, uint64_t *length);

/* "bytes 0-99/1000"; `*total` is UINT64_MAX for "*". False: not of that form, or no range. */
struct smini_http_range {
    uint64_t first, last, total;
};
bool smini_http_read_range(struct smini_span value, struct smini_http_range *range);

/* What a URL names: its path and query, without the leading slash and without what is before and behind. */
struct smini_span smini_http_name_of(struct smini_span target);

#endif
