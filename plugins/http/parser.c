/* SPDX-License-Identifier: BSD-2-Clause */
#include "http/parser.h"

#include <htp/htp.h>

#include "http/body.h"
#include "http/exchange.h"
#include "http/report.h"

static struct smin_flow *flow_of(const htp_tx_t *tx)
{
    return htp_connp_get_user_data(tx->connp);
}

static struct smini_http_exchange *exchange_of(const htp_tx_t *tx)
{
    return htp_tx_get_user_data(tx);
}

/* libhtp 0.5 would call again and again for a request that is refused here: it is refused at the end of its head. */
static int on_request_start(htp_tx_t *tx)
{
    (void)smini_http_exchange_new(flow_of(tx), tx);
    return HTP_OK;
}

static int heed(struct smin_flow *flow, int32_t status)
{
    flow->out_of_memory |= status == SMIN_E_NOMEM;
    return status == SMIN_OK ? HTP_OK : HTP_ERROR;
}

/* Heads and bodies end with a piece, or libhtp and cut.c do not mean the same. */
static bool in_step(const htp_tx_t *tx, unsigned role)
{
    struct smin_flow *flow = flow_of(tx);
    size_t used = role == SMINI_HTTP_REQUESTS ? htp_connp_req_data_consumed(tx->connp)
                                              : htp_connp_res_data_consumed(tx->connp);
    flow->out_of_step |= used != flow->fed;
    return !flow->out_of_step;
}

static int on_request_headers(htp_tx_t *tx)
{
    struct smini_http_exchange *exchange = exchange_of(tx);
    return exchange && in_step(tx, SMINI_HTTP_REQUESTS) ? heed(exchange->flow, smini_http_exchange_asked(exchange)) : HTP_ERROR;
}

/* Without bytes it is the end, or what was passed over; filling stands for what was never seen. */
static int on_body_data(htp_tx_data_t *data, unsigned role)
{
    struct smini_http_exchange *exchange = exchange_of(data->tx);
    if (!exchange || !data->data || data->len == 0 || exchange->flow->filling)
        return HTP_OK;
    enum smini_http_stage stage = exchange->flow->side[role].stage;
    exchange->flow->out_of_step |= stage == SMINI_HTTP_HEAD || stage == SMINI_HTTP_TRAILER;
    if (!exchange->flow->out_of_step)
        smini_http_body_data(exchange, &exchange->body[role], smini_span_make(data->data, data->len));
    return exchange->flow->out_of_step ? HTP_ERROR : HTP_OK;
}

static int on_request_body_data(htp_tx_data_t *data)
{
    return on_body_data(data, SMINI_HTTP_REQUESTS);
}

static int on_response_body_data(htp_tx_data_t *data)
{
    return on_body_data(data, SMINI_HTTP_ANSWERS);
}

static void complete(struct smini_http_exchange *exchange, unsigned role)
{
    struct smini_http_side *side = &exchange->flow->side[role];
    exchange->complete[role] = true;
    exchange->body[role].last_seen = true;
    smini_http_body_flush(exchange, &exchange->body[role]);
    if (side->exchange == exchange)
        side->exchange = NULL;
    side->stage = SMINI_HTTP_HEAD;
}

/* HTTP/0.9 has no heads: all that comes back is the answer. */
static void answer_is_bare(struct smini_http_exchange *exchange)
{
    struct smini_http_side *answers = &exchange->flow->side[SMINI_HTTP_ANSWERS];
    exchange->flow->side[SMINI_HTTP_REQUESTS].stage = SMINI_HTTP_STOPPED;
    if (answers->stage != SMINI_HTTP_HEAD || answers->held_length > 0 || exchange->flow->pending > 1)
        return;
    answers->stage = SMINI_HTTP_UNTIL_END;
    answers->exchange = exchange;
}

static int on_request_complete(htp_tx_t *tx)
{
    struct smini_http_exchange *exchange = exchange_of(tx);
    if (!exchange)
        return HTP_OK;
    if (exchange->seen[SMINI_HTTP_REQUESTS] && !in_step(tx, SMINI_HTTP_REQUESTS))
        return HTP_ERROR;
    if (!exchange->seen[SMINI_HTTP_REQUESTS] && tx->is_protocol_0_9 && smini_http_exchange_asked(exchange) != SMIN_OK)
        return heed(exchange->flow, SMIN_E_NOMEM);
    if (exchange->seen[SMINI_HTTP_REQUESTS])
        complete(exchange, SMINI_HTTP_REQUESTS);
    if (tx->is_protocol_0_9)
        answer_is_bare(exchange);
    return HTP_OK;
}

static int on_response_start(htp_tx_t *tx)
{
    struct smin_flow *flow = flow_of(tx);
    if (exchange_of(tx))
        return HTP_OK;
    struct smini_http_exchange *made = smini_http_exchange_new(flow, tx);
    if (!made)
        return HTP_ERROR;
    smini_http_note(made, SMINI_HTTP_EVENT_REQUEST_UNSEEN, 0);
    return HTP_OK;
}

static int on_response_headers(htp_tx_t *tx)
{
    struct smini_http_exchange *exchange = exchange_of(tx);
    if (!exchange)
        return HTP_OK;
    return in_step(tx, SMINI_HTTP_ANSWERS) ? heed(exchange->flow, smini_http_exchange_answered(exchange)) : HTP_ERROR;
}

static int on_response_complete(htp_tx_t *tx)
{
    struct smini_http_exchange *exchange = exchange_of(tx);
    if (!exchange)
        return HTP_OK;
    if (!in_step(tx, SMINI_HTTP_ANSWERS))
        return HTP_ERROR;
    complete(exchange, SMINI_HTTP_ANSWERS);
    if (!exchange->seen[SMINI_HTTP_REQUESTS])
        smini_http_exchange_finish(exchange); /* there is no request to wait for */
    return HTP_OK;
}

static int on_transaction_complete(htp_tx_t *tx)
{
    struct smini_http_exchange *exchange = exchange_of(tx);
    if (exchange)
        smini_http_exchange_finish(exchange);
    return HTP_OK;
}

struct htp_cfg_t *smini_http_parser_config(void)
{
    htp_cfg_t *config = htp_config_create();
    if (!config)
        return NULL;
    (void)htp_config_set_server_personality(config, HTP_SERVER_GENERIC);
    htp_config_set_tx_auto_destroy(config, 1);
    htp_config_set_log_level(config, HTP_LOG_NONE); /* it keeps what it logs for as long as the connection lives */
    htp_config_set_parse_request_cookies(config, 0);
    htp_config_set_parse_request_auth(config, 0);
    htp_config_set_response_decompression(config, 0); /* coding.c does it */
    htp_config_set_request_decompression(config, 0);
    htp_config_set_lzma_layers(config, 0);
    htp_config_set_field_limits(config, SMINI_HTTP_HEAD_BYTES, SMINI_HTTP_HEAD_BYTES);
    htp_config_set_number_headers_limit(config, SMINI_HTTP_HEADERS_MAX);
    htp_config_register_request_start(config, on_request_start);
    htp_config_register_request_headers(config, on_request_headers);
    htp_config_register_request_body_data(config, on_request_body_data);
    htp_config_register_request_complete(config, on_request_complete);
    htp_config_register_response_start(config, on_response_start);
    htp_config_register_response_headers(config, on_response_headers);
    htp_config_register_response_body_data(config, on_response_body_data);
    htp_config_register_response_complete(config, on_response_complete);
    htp_config_register_transaction_complete(config, on_transaction_complete);
    return config;
}

void smini_http_parser_config_free(struct htp_cfg_t *config)
{
    if (config)
        htp_config_destroy(config);
}

static bool make_parser(struct smin_flow *flow)
{
    if (flow->parser)
        return true;
    flow->parser = htp_connp_create(flow->thread->instance->config);
    if (!flow->parser)
        return false;
    htp_connp_set_user_data(flow->parser, flow);
    htp_connp_open(flow->parser, NULL, flow->info.client_port, NULL, flow->info.server_port, NULL);
    flow->parsed = 0;
    return true;
}

int32_t smini_http_parser_feed(struct smin_flow *flow, unsigned role, const uint8_t *bytes, uint64_t length)
{
    if (!make_parser(flow))
        return SMIN_E_NOMEM;
    flow->fed = length;
    int result = role == SMINI_HTTP_REQUESTS ? htp_connp_req_data(flow->parser, NULL, bytes, (size_t)length)
                                             : htp_connp_res_data(flow->parser, NULL, bytes, (size_t)length);
    if (flow->out_of_memory)
        return SMIN_E_NOMEM;
    return flow->out_of_step || result == HTP_STREAM_ERROR || result == HTP_STREAM_STOP ? SMIN_E_MALFORMED : SMIN_OK;
}

void smini_http_parser_free(struct smin_flow *flow)
{
    if (flow->parser)
        htp_connp_destroy_all(flow->parser);
    flow->parser = NULL;
    flow->parsed = 0;
}

bool smini_http_parser_in_chunks(const struct smini_http_exchange *exchange)
{
    return exchange->tx->response_transfer_coding == HTP_CODING_CHUNKED;
}
