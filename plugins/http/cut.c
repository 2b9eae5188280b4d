/* SPDX-License-Identifier: BSD-2-Clause */
#include "http/cut.h"

#include "http/body.h"
#include "http/exchange.h"
#include "http/gather.h"
#include "http/line.h"
#include "http/parser.h"
#include "http/report.h"

static void finish_all(struct smin_flow *flow)
{
    while (flow->first)
        smini_http_exchange_finish(flow->first);
    smini_http_parser_free(flow);
}

static void stop(struct smin_flow *flow)
{
    flow->stopped = true;
    finish_all(flow);
    for (unsigned role = 0; role < 2; role++) {
        flow->side[role].stage = SMINI_HTTP_STOPPED;
        smini_http_gather_free(flow->thread, &flow->side[role]);
    }
}

/* A direction that cannot be read any further. Answers without requests can; requests without answers say little. */
static void give_up(struct smin_flow *flow, unsigned role, uint32_t event)
{
    smini_http_tell(flow, role, event, 0);
    flow->side[role].stage = SMINI_HTTP_STOPPED;
    if (role == SMINI_HTTP_ANSWERS)
        flow->stopped = true;
}

static int32_t feed(struct smin_flow *flow, unsigned role, const uint8_t *bytes, uint64_t length)
{
    int32_t status = smini_http_parser_feed(flow, role, bytes, length);
    if (status != SMIN_E_MALFORMED)
        return status;
    if (!flow->stopped)
        give_up(flow, role,
                role == SMINI_HTTP_REQUESTS ? SMINI_HTTP_EVENT_REQUEST_MALFORMED : SMINI_HTTP_EVENT_ANSWER_MALFORMED);
    return SMIN_OK;
}

/* libhtp learns of what it did not need to see. */
static int32_t catch_up(struct smin_flow *flow, unsigned role)
{
    struct smini_http_side *side = &flow->side[role];
    uint64_t length = side->unheard;
    side->unheard = 0;
    return length > 0 ? feed(flow, role, NULL, length) : SMIN_OK;
}

static struct smini_http_body *body_of(struct smini_http_side *side, unsigned role)
{
    return side->exchange ? &side->exchange->body[role] : NULL;
}

static bool idle(struct smini_http_side *side, unsigned role)
{
    const struct smini_http_body *body = body_of(side, role);
    return !body || smini_http_body_idle(body);
}

/* Nothing but the length of these counts; NULL: so many were never seen. */
static int32_t pass_body(struct smin_flow *flow, unsigned role, const uint8_t *bytes, uint64_t length)
{
    struct smini_http_side *side = &flow->side[role];
    int32_t status = SMIN_OK;
    bool last = length == side->left;
    side->left -= length;
    if (!side->deaf && bytes && !idle(side, role)) {
        status = catch_up(flow, role);
        if (status == SMIN_OK && side->stage == SMINI_HTTP_BODY)
            status = feed(flow, role, bytes, length);
    } else if (!side->deaf) {
        if (!bytes && side->exchange)
            smini_http_body_gap(side->exchange, body_of(side, role), length);
        side->unheard += length;
        if (last)
            status = catch_up(flow, role);
    }
    if (last && side->stage == SMINI_HTTP_BODY)
        side->stage = SMINI_HTTP_HEAD;
    return status;
}

/* libhtp takes no gap inside a chunk: it is given something of that length, and what comes back is not looked at. */
static int32_t fill_chunk(struct smin_flow *flow, unsigned role, uint64_t length)
{
    static const uint8_t filling[4096];
    struct smini_http_side *side = &flow->side[role];
    int32_t status = SMIN_OK;
    if (side->exchange)
        smini_http_body_gap(side->exchange, body_of(side, role), length);
    flow->filling = true;
    while (length > 0 && status == SMIN_OK && side->stage == SMINI_HTTP_CHUNK) {
        uint64_t part = length < sizeof(filling) ? length : sizeof(filling);
        status = feed(flow, role, filling, part);
        length -= part;
    }
    flow->filling = false;
    return status;
}

static int32_t pass_chunk(struct smin_flow *flow, unsigned role, const uint8_t *bytes, uint64_t length)
{
    struct smini_http_side *side = &flow->side[role];
    int32_t status = SMIN_OK;
    side->left -= length;
    if (!side->deaf)
        status = bytes ? feed(flow, role, bytes, length) : fill_chunk(flow, role, length);
    if (side->left == 0 && side->stage == SMINI_HTTP_CHUNK)
        side->stage = SMINI_HTTP_CHUNK_END;
    return status;
}

static int32_t pass_rest(struct smin_flow *flow, unsigned role, const uint8_t *bytes, uint64_t length)
{
    struct smini_http_side *side = &flow->side[role];
    if (side->deaf || idle(side, role))
        return SMIN_OK;
    if (bytes)
        return feed(flow, role, bytes, length);
    smini_http_body_gap(side->exchange, body_of(side, role), length);
    return SMIN_OK;
}

/* A head, or the end of a body in chunks, is whole. */
static int32_t pass_lines(struct smin_flow *flow, unsigned role)
{
    struct smini_http_side *side = &flow->side[role];
    struct smini_span lines = smini_http_gathered(side);
    if (side->stage == SMINI_HTTP_HEAD)
        side->deaf = false;
    bool trailer = side->stage == SMINI_HTTP_TRAILER;
    int32_t status = side->deaf ? SMIN_OK : feed(flow, role, lines.bytes, lines.length);
    if (trailer && side->stage == SMINI_HTTP_TRAILER)
        side->stage = SMINI_HTTP_HEAD;
    smini_http_gather_free(flow->thread, side); /* the next head may be long in coming */
    return status;
}

static int32_t on_head_line(struct smin_flow *flow, unsigned role, struct smini_span line)
{
    struct smini_http_side *side = &flow->side[role];
    bool empty = smini_http_line_is_empty(line);
    bool first = line.bytes == side->held;
    if (first && empty) { /* between two heads */
        smini_http_gather_reset(side);
        return SMIN_OK;
    }
    if (first) {
        enum smini_http_line kind = smini_http_line_kind(line);
        bool fits = role == SMINI_HTTP_REQUESTS ? kind == SMINI_HTTP_LINE_REQUEST || kind == SMINI_HTTP_LINE_SHORT
                                                : kind == SMINI_HTTP_LINE_STATUS;
        if (!fits) {
            give_up(flow, role, role == SMINI_HTTP_REQUESTS ? SMINI_HTTP_EVENT_REQUEST_MALFORMED
                                                            : SMINI_HTTP_EVENT_ANSWER_MALFORMED);
            return SMIN_OK;
        }
        side->folded = false;
        if (kind == SMINI_HTTP_LINE_SHORT)
            return pass_lines(flow, role);
    }
    side->folded |= line.bytes[0] == ' ' || line.bytes[0] == '\t';
    return empty ? pass_lines(flow, role) : SMIN_OK;
}

static int32_t on_chunk_line(struct smin_flow *flow, unsigned role, struct smini_span line)
{
    struct smini_http_side *side = &flow->side[role];
    uint64_t length = 0;
    bool known = smini_http_chunk_length(line, &length);
    int32_t status = side->deaf ? SMIN_OK : feed(flow, role, line.bytes, line.length);
    smini_http_gather_reset(side);
    if (status != SMIN_OK || side->stage != SMINI_HTTP_CHUNK_LINE)
        return status;
    if (role == SMINI_HTTP_ANSWERS && side->exchange && !smini_http_parser_in_chunks(side->exchange)) {
        smini_http_note(side->exchange, SMINI_HTTP_EVENT_CHUNK_INVALID, side->piece);
        side->exchange->body[role].unsure = true;
        side->stage = SMINI_HTTP_UNTIL_END;
        return SMIN_OK;
    }
    if (!known)
        return SMIN_OK; /* an empty line: libhtp waits for another */
    side->left = length;
    side->stage = length > 0 ? SMINI_HTTP_CHUNK : SMINI_HTTP_TRAILER;
    return SMIN_OK;
}

/* Behind a gap: the first line of a head is where things can go on. */
static int32_t on_hunted_line(struct smini_http_side *side, unsigned role, struct smini_span line)
{
    enum smini_http_line wanted = role == SMINI_HTTP_REQUESTS ? SMINI_HTTP_LINE_REQUEST : SMINI_HTTP_LINE_STATUS;
    if (smini_http_line_kind(line) == wanted)
        side->stage = SMINI_HTTP_HEAD;
    else
        smini_http_gather_reset(side);
    return SMIN_OK;
}

static int32_t on_line(struct smin_flow *flow, unsigned role, struct smini_span line)
{
    struct smini_http_side *side = &flow->side[role];
    switch (side->stage) {
    case SMINI_HTTP_HEAD:
        return on_head_line(flow, role, line);
    case SMINI_HTTP_TRAILER:
        return smini_http_line_is_empty(line) ? pass_lines(flow, role) : SMIN_OK;
    case SMINI_HTTP_HUNT:
        return on_hunted_line(side, role, line);
    case SMINI_HTTP_CHUNK_LINE:
        return on_chunk_line(flow, role, line);
    default: /* the end of a chunk */
        break;
    }
    int32_t status = side->deaf ? SMIN_OK : feed(flow, role, line.bytes, line.length);
    smini_http_gather_reset(side);
    if (side->stage == SMINI_HTTP_CHUNK_END)
        side->stage = SMINI_HTTP_CHUNK_LINE;
    return status;
}

/* Bytes of a head or line; gives how many. */
static int32_t pass_text(struct smin_flow *flow, unsigned role, struct smini_span bytes, uint64_t at, size_t *used)
{
    struct smini_http_side *side = &flow->side[role];
    struct smini_span line;
    int32_t status = smini_http_gather(flow->thread, side, bytes, at, used, &line);
    if (status == SMIN_E_LIMIT) {
        flow->thread->stats.limit_hits++;
        give_up(flow, role, SMINI_HTTP_EVENT_LIMIT_HEAD);
        return SMIN_OK;
    }
    return status == SMIN_OK ? on_line(flow, role, line) : status == SMIN_MORE ? SMIN_OK : status;
}

/* After each piece: what a stopped flow, or a parser that has seen enough, asks for. */
static void tidy(struct smin_flow *flow)
{
    const struct smini_http_side *side = flow->side;
    if (flow->stopped) {
        stop(flow);
        return;
    }
    bool between = true;
    for (unsigned role = 0; role < 2; role++)
        between &= side[role].stage == SMINI_HTTP_HEAD || side[role].stage == SMINI_HTTP_HUNT;
    if (between && flow->pending == 0 && flow->parsed >= SMINI_HTTP_RENEW_AFTER)
        smini_http_parser_free(flow);
}

int32_t smini_http_cut_feed(struct smin_flow *flow, unsigned role, struct smini_span bytes)
{
    struct smini_http_side *side = &flow->side[role];
    uint64_t at = flow->thread->input->offset;
    int32_t status = SMIN_OK;
    side->fed |= bytes.length > 0;
    while (bytes.length > 0 && status == SMIN_OK && side->stage != SMINI_HTTP_STOPPED) {
        bool counted = side->stage == SMINI_HTTP_BODY || side->stage == SMINI_HTTP_CHUNK;
        size_t used = counted && side->left < bytes.length ? (size_t)side->left : bytes.length;
        if (side->stage == SMINI_HTTP_BODY)
            status = pass_body(flow, role, bytes.bytes, used);
        else if (side->stage == SMINI_HTTP_CHUNK)
            status = pass_chunk(flow, role, bytes.bytes, used);
        else if (side->stage == SMINI_HTTP_UNTIL_END)
            status = pass_rest(flow, role, bytes.bytes, used);
        else
            status = pass_text(flow, role, bytes, at, &used);
        if (status == SMIN_OK)
            tidy(flow);
        at += used;
        bytes = smini_span_part(bytes, used, bytes.length);
    }
    return status != SMIN_OK ? status : side->stage == SMINI_HTTP_STOPPED ? SMIN_DONE : SMIN_OK;
}

/*
 * What was missing held heads or lines: whose answer is whose is not known any
 * more, unless at most one was awaited.
 */
static void lose(struct smin_flow *flow, unsigned role)
{
    struct smini_http_side *side = &flow->side[role], *other = &flow->side[role ^ 1];
    bool between = side->stage == SMINI_HTTP_HEAD || side->stage == SMINI_HTTP_HUNT;
    smini_http_gather_reset(side);
    side->stage = SMINI_HTTP_HUNT;
    if (flow->pending > 1) {
        stop(flow);
        return;
    }
    if (between && (role == SMINI_HTTP_REQUESTS || flow->pending == 0))
        return;
    finish_all(flow);
    side->exchange = other->exchange = NULL;
    side->deaf = false;
    side->unheard = other->unheard = 0;
    other->deaf = other->stage != SMINI_HTTP_HEAD && other->stage != SMINI_HTTP_HUNT;
}

int32_t smini_http_cut_gap(struct smin_flow *flow, unsigned role, uint64_t length)
{
    struct smini_http_side *side = &flow->side[role];
    int32_t status = SMIN_OK;
    while (length > 0 && status == SMIN_OK && side->stage != SMINI_HTTP_STOPPED) {
        bool counted = side->stage == SMINI_HTTP_BODY || side->stage == SMINI_HTTP_CHUNK;
        uint64_t used = counted && side->left < length ? side->left : length;
        if (side->stage == SMINI_HTTP_BODY)
            status = pass_body(flow, role, NULL, used);
        else if (side->stage == SMINI_HTTP_CHUNK)
            status = pass_chunk(flow, role, NULL, used);
        else if (side->stage == SMINI_HTTP_UNTIL_END)
            status = pass_rest(flow, role, NULL, used);
        else
            lose(flow, role);
        if (status == SMIN_OK)
            tidy(flow);
        length -= used;
    }
    return status != SMIN_OK ? status : side->stage == SMINI_HTTP_STOPPED ? SMIN_DONE : SMIN_OK;
}

void smini_http_cut_end(struct smin_flow *flow, unsigned role)
{
    struct smini_http_side *side = &flow->side[role], *other = &flow->side[role ^ 1];
    bool finished = (flow->thread->input->flow_flags & SMIN_FLOW_FINISHED) != 0;
    if (role == SMINI_HTTP_ANSWERS && side->stage == SMINI_HTTP_UNTIL_END && side->exchange)
        side->exchange->body[role].last_seen = finished;
    if (role == SMINI_HTTP_ANSWERS || !other->fed || other->ended || other->stage == SMINI_HTTP_STOPPED)
        finish_all(flow);
}

void smini_http_cut_free(struct smin_flow *flow)
{
    while (flow->first)
        smini_http_exchange_free(flow->first);
    smini_http_parser_free(flow);
    for (unsigned role = 0; role < 2; role++)
        smini_http_gather_free(flow->thread, &flow->side[role]);
}
