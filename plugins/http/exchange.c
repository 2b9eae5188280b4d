/* SPDX-License-Identifier: BSD-2-Clause */
#include "http/exchange.h"

#include <htp/htp.h>

#include "http/body.h"
#include "http/coding.h"
#include "http/describe.h"
#include "http/line.h"
#include "http/report.h"

struct smini_http_exchange *smini_http_exchange_new(struct smin_flow *flow, struct htp_tx_t *tx)
{
    if (flow->pending >= SMINI_HTTP_PENDING_MAX) {
        flow->thread->stats.limit_hits++;
        smini_http_tell(flow, SMINI_HTTP_REQUESTS, SMINI_HTTP_EVENT_LIMIT_PENDING, flow->pending);
        flow->stopped = true;
        return NULL;
    }
    struct smini_http_exchange *made = smini_alloc_get(&flow->thread->alloc, sizeof(*made));
    if (!made) {
        flow->out_of_memory = true;
        return NULL;
    }
    made->flow = flow;
    made->tx = tx;
    for (unsigned role = 0; role < 2; role++) {
        made->body[role].direction = role;
        made->body[role].declared = made->body[role].expected = UINT64_MAX;
    }
    if (flow->last)
        flow->last->next = made;
    else
        flow->first = made;
    flow->last = made;
    flow->pending++;
    flow->parsed++;
    htp_tx_set_user_data(tx, made);
    return made;
}

static void unlink_exchange(struct smini_http_exchange *exchange)
{
    struct smin_flow *flow = exchange->flow;
    struct smini_http_exchange **at = &flow->first, *before = NULL;
    while (*at && *at != exchange) {
        before = *at;
        at = &(*at)->next;
    }
    if (!*at)
        return;
    *at = exchange->next;
    if (flow->last == exchange)
        flow->last = before;
    flow->pending--;
}

void smini_http_exchange_free(struct smini_http_exchange *exchange)
{
    struct smin_flow *flow = exchange->flow;
    unlink_exchange(exchange);
    for (unsigned role = 0; role < 2; role++) {
        smini_http_body_free(flow->thread, &exchange->body[role]);
        if (flow->side[role].exchange == exchange)
            flow->side[role].exchange = NULL;
    }
    htp_tx_set_user_data(exchange->tx, NULL);
    smini_alloc_free(&flow->thread->alloc, exchange->name, exchange->name_length);
    smini_alloc_free(&flow->thread->alloc, exchange, sizeof(*exchange));
}

static void judge_name(struct smini_http_exchange *exchange, struct smini_span name)
{
    for (size_t i = 0; i < name.length; i++) {
        if (name.bytes[i] < 0x20 || name.bytes[i] >= 0x7f)
            smini_http_note(exchange, SMINI_HTTP_EVENT_NAME_CONTROL, name.bytes[i]);
        bool begins = i == 0 || name.bytes[i - 1] == '/' || name.bytes[i - 1] == '\\';
        struct smini_span part = smini_span_part(name, i, 3);
        if (begins && part.length >= 2 && part.bytes[0] == '.' && part.bytes[1] == '.' &&
            (part.length == 2 || part.bytes[2] == '/' || part.bytes[2] == '\\'))
            smini_http_note(exchange, SMINI_HTTP_EVENT_NAME_TRAVERSAL, 0);
    }
}

static int32_t copy_name(struct smini_http_exchange *exchange)
{
    struct smini_span name = smini_http_name_of(smini_http_span(exchange->tx->request_uri));
    size_t length = name.length < SMINI_HTTP_NAME_BYTES ? name.length : SMINI_HTTP_NAME_BYTES;
    exchange->name_cut = length < name.length;
    if (exchange->name_cut)
        smini_http_note(exchange, SMINI_HTTP_EVENT_NAME_LONG, name.length);
    judge_name(exchange, name);
    if (length == 0)
        return SMIN_OK;
    exchange->name = smini_alloc_get(&exchange->flow->thread->alloc, length);
    if (!exchange->name)
        return SMIN_E_NOMEM;
    memcpy(exchange->name, name.bytes, length);
    exchange->name_length = (uint32_t)length;
    return SMIN_OK;
}

static bool uploads(const struct smini_http_exchange *exchange)
{
    enum htp_method_t method = exchange->tx->request_method_number;
    return method == HTP_M_PUT || method == HTP_M_POST || method == HTP_M_PATCH;
}

static bool downloads(const struct smini_http_exchange *exchange)
{
    return !exchange->seen[SMINI_HTTP_REQUESTS] || exchange->tx->request_method_number == HTP_M_GET;
}

int32_t smini_http_exchange_asked(struct smini_http_exchange *exchange)
{
    struct smini_http_side *side = &exchange->flow->side[SMINI_HTTP_REQUESTS];
    struct smini_http_body *body = &exchange->body[SMINI_HTTP_REQUESTS];
    const htp_tx_t *tx = exchange->tx;
    int32_t status = copy_name(exchange);
    exchange->seen[SMINI_HTTP_REQUESTS] = true;
    if (side->folded)
        smini_http_note(exchange, SMINI_HTTP_EVENT_FIELD_FOLDED, SMINI_HTTP_REQUESTS);
    exchange->offset[SMINI_HTTP_REQUESTS] = side->piece;
    side->exchange = exchange;
    if (tx->request_transfer_coding == HTP_CODING_CHUNKED) {
        side->stage = SMINI_HTTP_CHUNK_LINE;
    } else if (tx->request_transfer_coding == HTP_CODING_IDENTITY && tx->request_content_length > 0) {
        side->stage = SMINI_HTTP_BODY;
        side->left = (uint64_t)tx->request_content_length;
    }
    if (status != SMIN_OK || side->stage == SMINI_HTTP_HEAD || !uploads(exchange)) {
        smini_http_body_drop(exchange, body);
        return status;
    }
    struct smini_span coding = smini_http_header(tx->request_headers, "content-encoding");
    if (coding.length == 0 && side->stage == SMINI_HTTP_BODY)
        body->declared = side->left;
    return smini_http_coding_begin(exchange, body, coding);
}

/* 206: a part, which is never the whole, unless it is. */
static void read_part(struct smini_http_exchange *exchange, struct smini_http_body *body)
{
    struct smini_http_range range;
    struct smini_span value = smini_http_header(exchange->tx->response_headers, "content-range");
    body->declared = UINT64_MAX;
    body->partial = true;
    if (!smini_http_read_range(value, &range)) { /* several parts, or none that can be read */
        smini_http_note(exchange, SMINI_HTTP_EVENT_RANGE_INVALID, 0);
        smini_http_body_begin(exchange, body);
        body->broken = true;
        return;
    }
    body->declared = range.total;
    body->expected = range.last - range.first + 1;
    body->partial = range.first != 0 || range.total == UINT64_MAX || range.last + 1 != range.total;
    if (body->partial)
        smini_http_note(exchange, SMINI_HTTP_EVENT_PARTIAL_CONTENT, range.first);
    smini_http_body_begin(exchange, body);
    if (range.first > 0)
        smini_http_body_skip(exchange, body, range.first);
}

/* What an answer carries is the file that was asked for when it says so with 2xx. */
static int32_t begin_download(struct smini_http_exchange *exchange)
{
    const htp_tx_t *tx = exchange->tx;
    struct smini_http_body *body = &exchange->body[SMINI_HTTP_ANSWERS];
    struct smini_span coding = smini_http_header(tx->response_headers, "content-encoding");
    if (tx->response_status_number == 206) {
        read_part(exchange, body);
        return smini_http_coding_begin(exchange, body, coding);
    }
    if (coding.length == 0 && tx->response_transfer_coding == HTP_CODING_IDENTITY && tx->response_content_length >= 0)
        body->declared = (uint64_t)tx->response_content_length;
    smini_http_body_begin(exchange, body);
    return smini_http_coding_begin(exchange, body, coding);
}

static void set_stage(struct smini_http_exchange *exchange, struct smini_http_side *side)
{
    const htp_tx_t *tx = exchange->tx;
    if (tx->response_transfer_coding == HTP_CODING_CHUNKED) {
        side->stage = SMINI_HTTP_CHUNK_LINE;
    } else if (tx->response_transfer_coding == HTP_CODING_IDENTITY && tx->response_content_length > 0) {
        side->stage = SMINI_HTTP_BODY;
        side->left = (uint64_t)tx->response_content_length;
    } else if (tx->response_transfer_coding == HTP_CODING_IDENTITY && tx->response_content_length < 0) {
        side->stage = SMINI_HTTP_UNTIL_END;
    }
}

/* The server does not want a body that the client has not begun to send: libhtp expects none any more either. */
static void spare_body(struct smini_http_exchange *exchange)
{
    const htp_tx_t *tx = exchange->tx;
    struct smini_http_side *asks = &exchange->flow->side[SMINI_HTTP_REQUESTS];
    struct smini_span expect = smini_http_header(tx->request_headers, "expect");
    bool untouched = asks->exchange == exchange && asks->stage == SMINI_HTTP_BODY &&
                     asks->left == (uint64_t)tx->request_content_length;
    if (untouched && tx->response_status_number >= 400 && tx->response_status_number <= 499 &&
        smini_span_equal_nocase(expect, smini_span_text("100-continue"))) {
        asks->stage = SMINI_HTTP_HEAD;
        asks->exchange = NULL;
    }
}

int32_t smini_http_exchange_answered(struct smini_http_exchange *exchange)
{
    struct smin_flow *flow = exchange->flow;
    struct smini_http_side *side = &flow->side[SMINI_HTTP_ANSWERS];
    const htp_tx_t *tx = exchange->tx;
    int code = tx->response_status_number;
    bool tunnel = code == 101 || (tx->request_method_number == HTP_M_CONNECT && code / 100 == 2);
    exchange->seen[SMINI_HTTP_ANSWERS] = true;
    if (side->folded)
        smini_http_note(exchange, SMINI_HTTP_EVENT_FIELD_FOLDED, SMINI_HTTP_ANSWERS);
    exchange->offset[SMINI_HTTP_ANSWERS] = side->piece;
    side->exchange = exchange;
    set_stage(exchange, side);
    spare_body(exchange);
    if (tunnel) {
        smini_http_tell(flow, SMINI_HTTP_ANSWERS, SMINI_HTTP_EVENT_TUNNEL, (uint64_t)code);
        flow->stopped = true;
    }
    if (downloads(exchange) && code / 100 == 2)
        return begin_download(exchange);
    if (!downloads(exchange) || code == 304)
        smini_http_body_drop(exchange, &exchange->body[SMINI_HTTP_ANSWERS]);
    else
        exchange->body[SMINI_HTTP_ANSWERS].broken = true; /* a page that says why not is not the file */
    return SMIN_OK;
}

static bool whole(const struct smini_http_body *body)
{
    return body->last_seen && !body->partial && !body->broken;
}

/* What became of the file that was asked for. */
static uint32_t download_state(struct smini_http_exchange *exchange)
{
    struct smini_http_body *body = &exchange->body[SMINI_HTTP_ANSWERS];
    int code = exchange->tx->response_status_number;
    if (exchange->seen[SMINI_HTTP_ANSWERS] && code / 100 == 3) {
        smini_http_note(exchange, SMINI_HTTP_EVENT_REDIRECTED, (uint64_t)code);
        return SMIN_FILE_REFUSED;
    }
    if (exchange->seen[SMINI_HTTP_ANSWERS] && code / 100 != 2) {
        smini_http_note(exchange, SMINI_HTTP_EVENT_REFUSED, code > 0 ? (uint64_t)code : 0);
        return SMIN_FILE_REFUSED;
    }
    if (body->partial && body->expected != UINT64_MAX && body->last_seen && !body->coding &&
        body->bytes + body->gap_bytes != body->expected)
        smini_http_note(exchange, SMINI_HTTP_EVENT_RANGE_INVALID, body->bytes);
    if (whole(body))
        return body->unsure ? SMIN_FILE_UNCONFIRMED : SMIN_FILE_CLOSED;
    if (!body->last_seen)
        smini_http_note(exchange, SMINI_HTTP_EVENT_INCOMPLETE, body->bytes);
    return SMIN_FILE_TRUNCATED;
}

static uint32_t upload_state(struct smini_http_exchange *exchange)
{
    const struct smini_http_body *body = &exchange->body[SMINI_HTTP_REQUESTS];
    int code = exchange->seen[SMINI_HTTP_ANSWERS] ? exchange->tx->response_status_number : 0;
    if (code >= 400)
        smini_http_note(exchange, SMINI_HTTP_EVENT_REFUSED, (uint64_t)code);
    if (code >= 400 && body->bytes + body->gap_bytes == 0)
        return SMIN_FILE_REFUSED;
    if (whole(body))
        return code / 100 == 2 ? SMIN_FILE_CLOSED : SMIN_FILE_UNCONFIRMED;
    if (!body->last_seen)
        smini_http_note(exchange, SMINI_HTTP_EVENT_INCOMPLETE, body->bytes);
    return SMIN_FILE_TRUNCATED;
}

void smini_http_exchange_finish(struct smini_http_exchange *exchange)
{
    struct smin_flow *flow = exchange->flow;
    bool told[2];
    uint32_t state[2] = {SMIN_FILE_TRUNCATED, SMIN_FILE_TRUNCATED};
    for (unsigned role = 0; role < 2; role++)
        smini_http_body_flush(exchange, &exchange->body[role]);
    /* What was asked for and never came is a file, too: somebody may have ordered it. */
    if (downloads(exchange)) {
        smini_http_body_begin(exchange, &exchange->body[SMINI_HTTP_ANSWERS]);
        state[SMINI_HTTP_ANSWERS] = download_state(exchange);
    } else if (uploads(exchange)) {
        smini_http_body_begin(exchange, &exchange->body[SMINI_HTTP_REQUESTS]);
        state[SMINI_HTTP_REQUESTS] = upload_state(exchange);
    }
    for (unsigned role = 0; role < 2; role++)
        told[role] = smini_http_body_finish(exchange, &exchange->body[role], state[role]);
    bool always = flow->ordered || !smini_http_host_judges(flow->thread);
    flow->interesting |= told[0] || told[1] || always;
    smini_http_note_flags(exchange);
    for (unsigned role = 0; role < 2; role++)
        if (told[role])
            smini_http_describe(exchange, &exchange->body[role], state[role]);
    if (always && !told[0] && !told[1])
        smini_http_describe(exchange, NULL, 0);
    else if (!told[0] && !told[1])
        smini_http_tell_all(exchange);
    smini_http_exchange_free(exchange);
}
