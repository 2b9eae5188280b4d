/* SPDX-License-Identifier: BSD-2-Clause */
#include "http/describe.h"

#include "http/report.h"

struct smini_span smini_http_header(const htp_table_t *headers, const char *name)
{
    const htp_header_t *header = headers ? htp_table_get_c(headers, name) : NULL;
    return header ? smini_http_span(header->value) : smini_span_make(NULL, 0);
}

static uint64_t header_flags(const htp_table_t *headers)
{
    uint64_t flags = 0;
    for (size_t i = 0, n = headers ? htp_table_size(headers) : 0; i < n; i++) {
        const htp_header_t *header = htp_table_get_index(headers, i, NULL);
        flags |= header ? header->flags : 0;
    }
    return flags;
}

void smini_http_note_flags(struct smini_http_exchange *exchange)
{
    static const struct {
        uint64_t flags;
        uint32_t event;
    } marks[] = {
        {HTP_REQUEST_SMUGGLING | HTP_REQUEST_INVALID_T_E | HTP_REQUEST_INVALID_C_L, SMINI_HTTP_EVENT_LENGTH_CONFLICT},
        {HTP_FIELD_UNPARSEABLE | HTP_FIELD_INVALID | HTP_FIELD_RAW_NUL, SMINI_HTTP_EVENT_FIELD_INVALID},
        {HTP_HOST_MISSING, SMINI_HTTP_EVENT_HOST_MISSING},
        {HTP_HOST_AMBIGUOUS, SMINI_HTTP_EVENT_HOST_CONFLICT},
        {HTP_HOSTU_INVALID | HTP_HOSTH_INVALID, SMINI_HTTP_EVENT_HOST_INVALID},
        {HTP_STATUS_LINE_INVALID, SMINI_HTTP_EVENT_ANSWER_MALFORMED},
    };
    const htp_tx_t *tx = exchange->tx;
    uint64_t flags = tx->flags | header_flags(tx->request_headers) | header_flags(tx->response_headers);
    if (!exchange->seen[SMINI_HTTP_REQUESTS])
        flags &= ~HTP_HOST_MISSING;
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (flags & marks[i].flags)
            smini_http_note(exchange, marks[i].event, flags & marks[i].flags);
}

static void describe_request(struct smini_http_report *report, const struct smini_http_exchange *exchange)
{
    const htp_tx_t *tx = exchange->tx;
    const htp_table_t *headers = tx->request_headers;
    if (!exchange->seen[SMINI_HTTP_REQUESTS])
        return;
    smini_http_report_text(report, SMINI_HTTP_FIELD_METHOD, smini_http_span(tx->request_method), 0);
    smini_http_report_text(report, SMINI_HTTP_FIELD_URL, smini_http_span(tx->request_uri), 0);
    smini_http_report_text(report, SMINI_HTTP_FIELD_HOST, smini_http_span(tx->request_hostname), 0);
    smini_http_report_text(report, SMINI_HTTP_FIELD_PROTOCOL, smini_http_span(tx->request_protocol), 0);
    smini_http_report_text(report, SMINI_HTTP_FIELD_USER_AGENT, smini_http_header(headers, "user-agent"), 0);
    smini_http_report_text(report, SMINI_HTTP_FIELD_REQUEST_TYPE, smini_http_header(headers, "content-type"), 0);
    smini_http_report_text(report, SMINI_HTTP_FIELD_REQUEST_RANGE, smini_http_header(headers, "range"), 0);
}

static void describe_answer(struct smini_http_report *report, const struct smini_http_exchange *exchange)
{
    const htp_tx_t *tx = exchange->tx;
    const htp_table_t *headers = tx->response_headers;
    if (!exchange->seen[SMINI_HTTP_ANSWERS] || tx->is_protocol_0_9)
        return;
    if (tx->response_status_number > 0)
        smini_http_report_number(report, SMINI_HTTP_FIELD_STATUS, (uint64_t)tx->response_status_number);
    smini_http_report_text(report, SMINI_HTTP_FIELD_SERVER, smini_http_header(headers, "server"), 0);
    smini_http_report_text(report, SMINI_HTTP_FIELD_CONTENT_TYPE, smini_http_header(headers, "content-type"), 0);
    smini_http_report_text(report, SMINI_HTTP_FIELD_CONTENT_RANGE, smini_http_header(headers, "content-range"), 0);
    smini_http_report_text(report, SMINI_HTTP_FIELD_REDIRECT, smini_http_header(headers, "location"), 0);
}

static const char *state_word(uint32_t state)
{
    return state == SMIN_FILE_CLOSED || state == SMIN_FILE_UNCONFIRMED ? "closed" : state == SMIN_FILE_REFUSED ? "refused" : "truncated";
}

static void describe_file(struct smini_http_report *report, const struct smini_http_exchange *exchange,
                          const struct smini_http_body *body, uint32_t state)
{
    const htp_tx_t *tx = exchange->tx;
    bool asks = body == &exchange->body[SMINI_HTTP_REQUESTS];
    enum htp_transfer_coding_t coding = asks ? tx->request_transfer_coding : tx->response_transfer_coding;
    int64_t declared = asks ? tx->request_content_length : tx->response_content_length;
    const htp_table_t *headers = asks ? tx->request_headers : tx->response_headers;
    uint32_t cut = exchange->name_cut ? (uint32_t)SMIN_FIELD_CUT : 0;
    uint64_t missing = body->gap_bytes;
    smini_http_report_text(report, SMINI_HTTP_FIELD_CONTENT_CODING, smini_http_header(headers, "content-encoding"), 0);
    if (coding == HTP_CODING_CHUNKED)
        smini_http_report_number(report, SMINI_HTTP_FIELD_CHUNKED, 1);
    if (coding == HTP_CODING_IDENTITY && declared >= 0)
        smini_http_report_number(report, SMINI_HTTP_FIELD_DECLARED, (uint64_t)declared);
    smini_http_report_text(report, SMINI_HTTP_FIELD_STATE, smini_span_text(state_word(state)), 0);
    smini_http_report_text(report, SMINI_HTTP_FIELD_MOVES,
                           smini_span_text(body->direction == SMIN_TO_SERVER ? "to_server" : "to_client"), 0);
    smini_http_report_number(report, SMINI_HTTP_FIELD_SIZE, body->bytes);
    smini_http_report_number(report, SMINI_HTTP_FIELD_GAPS, missing != 0);
    if (missing)
        smini_http_report_number(report, SMINI_HTTP_FIELD_GAP_BYTES, missing);
    smini_http_report_text(report, SMIN_FIELD_FILE_NAME, smini_span_make(exchange->name, exchange->name_length), cut);
    smini_http_report_text(report, SMIN_FIELD_FILE_DATA, smini_span_make(body->prefix, body->prefix_length),
                           body->bytes > body->prefix_length ? (uint32_t)SMIN_FIELD_CUT : 0);
}

/* Those of an exchange have no place of their own: they stand where its head does. */
static void add_events(struct smini_http_report *report, const struct smin_event *events, uint32_t count, bool placed)
{
    for (uint32_t i = 0; i < count; i++) {
        bool known = false;
        for (uint32_t k = 0; k < report->event_count; k++)
            known |= report->events[k].id == events[i].id;
        if (known || report->event_count >= SMINI_HTTP_EVENTS_MAX)
            continue;
        struct smin_event *made = &report->events[report->event_count++];
        *made = events[i];
        if (!placed)
            made->offset = report->offset;
    }
}

void smini_http_describe(struct smini_http_exchange *exchange, const struct smini_http_body *body, uint32_t state)
{
    struct smin_flow *flow = exchange->flow;
    unsigned role = flow->thread->input->direction; /* of what completed it */
    struct smini_http_report report = {
        .kind = SMIN_KIND_MESSAGE,
        .direction = role,
        .offset = exchange->seen[role] ? exchange->offset[role] : flow->side[role].piece};
    bool whole = !body || (body->last_seen && !body->partial && !body->broken && body->gap_bytes == 0);
    report.flags = (whole ? (uint32_t)SMIN_MESSAGE_COMPLETE : 0) |
                   (body && body->gap_bytes ? (uint32_t)SMIN_MESSAGE_HOLE : 0);
    describe_request(&report, exchange);
    describe_answer(&report, exchange);
    if (body)
        describe_file(&report, exchange, body, state);
    add_events(&report, exchange->events, exchange->event_count, false);
    add_events(&report, flow->events, flow->event_count, true);
    flow->event_count = 0;
    smini_http_report_send(flow, &report);
}
