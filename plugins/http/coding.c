/* SPDX-License-Identifier: BSD-2-Clause */
#include "http/coding.h"

#include <htp/htp.h>

#include "http/body.h"
#include "http/report.h"

enum { GZIP_TAIL_BYTES = 8, GZIP_SIZE_BYTES = 4 };

struct smini_http_coding {
    htp_decompressor_t *decompressor; /* NULL: contents are taken as they are */
    enum htp_content_encoding_t kind;
    bool limited, raw;
    uint64_t in, out;
    uint32_t block_length;
    uint8_t tail[GZIP_TAIL_BYTES]; /* the last bytes before `block` */
    uint8_t block[SMINI_HTTP_BLOCK_BYTES];
};

static const struct {
    const char *name;
    enum htp_content_encoding_t kind;
} known_codings[] = {{"gzip", HTP_COMPRESSION_GZIP},       {"x-gzip", HTP_COMPRESSION_GZIP},
                     {"deflate", HTP_COMPRESSION_DEFLATE}, {"x-deflate", HTP_COMPRESSION_DEFLATE},
                     {"identity", HTP_COMPRESSION_NONE}};

static bool find_kind(struct smini_span name, enum htp_content_encoding_t *kind)
{
    for (size_t i = 0; i < sizeof(known_codings) / sizeof(known_codings[0]); i++) {
        *kind = known_codings[i].kind;
        if (smini_span_equal_nocase(name, smini_span_text(known_codings[i].name)))
            return true;
    }
    return false;
}

static bool too_much(const struct smini_http_coding *coding)
{
    return coding->out > SMINI_HTTP_BOMB_BYTES && coding->out / SMINI_HTTP_BOMB_FACTOR > coding->in;
}

/* What comes out. libhtp hands on the input itself when it gives up: that is told apart by where it lies. */
static htp_status_t on_output(htp_tx_data_t *data)
{
    struct smini_http_exchange *exchange = htp_tx_get_user_data(data->tx);
    struct smini_http_body *body = exchange ? exchange->decoding : NULL;
    if (!body || !data->data || data->len == 0)
        return HTP_OK;
    struct smini_http_coding *coding = body->coding;
    if (data->data == coding->block) {
        coding->raw = true;
        return HTP_OK;
    }
    coding->out += data->len;
    if (too_much(coding)) {
        coding->limited = true;
        return HTP_ERROR;
    }
    smini_http_body_take(exchange, body, smini_span_make(data->data, data->len));
    return smini_http_body_idle(body) ? HTP_ERROR : HTP_OK;
}

int32_t smini_http_coding_begin(struct smini_http_exchange *exchange, struct smini_http_body *body,
                                struct smini_span name)
{
    struct smin_thread *thread = exchange->flow->thread;
    enum htp_content_encoding_t kind;
    if (name.length == 0 || body->coding)
        return SMIN_OK;
    if (!find_kind(name, &kind)) {
        smini_http_note(exchange, SMINI_HTTP_EVENT_CODING_UNKNOWN, 0);
        return SMIN_OK;
    }
    if (kind == HTP_COMPRESSION_NONE)
        return SMIN_OK;
    struct smini_http_coding *made = smini_alloc_get(&thread->alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->kind = kind;
    made->decompressor = htp_gzip_decompressor_create(exchange->flow->parser, kind);
    if (!made->decompressor) {
        smini_alloc_free(&thread->alloc, made, sizeof(*made));
        return SMIN_E_NOMEM;
    }
    made->decompressor->callback = on_output;
    body->coding = made;
    return SMIN_OK;
}

void smini_http_coding_free(struct smin_thread *thread, struct smini_http_coding **coding)
{
    struct smini_http_coding *gone = *coding;
    *coding = NULL;
    if (!gone)
        return;
    htp_gzip_decompressor_destroy(gone->decompressor);
    smini_alloc_free(&thread->alloc, gone, sizeof(*gone));
}

/* zlib leaves a word where it found an error in the middle; libhtp goes on as if that were the end. */
static bool failed(const struct smini_http_coding *coding, htp_status_t status)
{
    const htp_decompressor_gzip_t *state = (const htp_decompressor_gzip_t *)(const void *)coding->decompressor;
    return status != HTP_OK || state->stream.msg || state->zlib_initialized == 0;
}

/* One block, or with `last` what is still inside. */
static void run(struct smini_http_exchange *exchange, struct smini_http_body *body, bool last)
{
    struct smini_http_coding *coding = body->coding;
    htp_tx_data_t data = {
        .tx = exchange->tx, .data = last ? NULL : coding->block, .len = last ? 0 : coding->block_length};
    exchange->decoding = body;
    htp_status_t status = htp_gzip_decompressor_decompress(coding->decompressor, &data);
    exchange->decoding = NULL;
    if (smini_http_body_idle(body))
        return;
    if (coding->limited) {
        exchange->flow->thread->stats.limit_hits++;
        smini_http_note(exchange, SMINI_HTTP_EVENT_CODING_BOMB, coding->out);
        body->broken = true;
    } else if (coding->raw) { /* never compressed at all */
        smini_http_note(exchange, SMINI_HTTP_EVENT_CODING_INVALID, coding->out);
        body->broken = coding->out > 0;
        if (!body->broken)
            smini_http_body_take(exchange, body, smini_span_make(coding->block, coding->block_length));
    } else if (failed(coding, status)) {
        smini_http_note(exchange, SMINI_HTTP_EVENT_CODING_INVALID, coding->out);
        body->broken = true;
    }
}

static void keep_tail(struct smini_http_coding *coding)
{
    uint32_t length = coding->block_length;
    uint32_t fresh = length < GZIP_TAIL_BYTES ? length : GZIP_TAIL_BYTES;
    memmove(coding->tail, coding->tail + fresh, GZIP_TAIL_BYTES - fresh);
    memcpy(coding->tail + GZIP_TAIL_BYTES - fresh, coding->block + length - fresh, fresh);
}

static void run_block(struct smini_http_exchange *exchange, struct smini_http_body *body)
{
    struct smini_http_coding *coding = body->coding;
    if (coding->block_length == 0 || body->broken)
        return;
    coding->in += coding->block_length;
    keep_tail(coding);
    if (coding->raw)
        smini_http_body_take(exchange, body, smini_span_make(coding->block, coding->block_length));
    else
        run(exchange, body, false);
    coding->block_length = 0;
}

void smini_http_coding_take(struct smini_http_exchange *exchange, struct smini_http_body *body, struct smini_span bytes)
{
    struct smini_http_coding *coding = body->coding;
    while (bytes.length > 0 && !body->broken && !smini_http_body_idle(body)) {
        size_t room = sizeof(coding->block) - coding->block_length;
        size_t take = bytes.length < room ? bytes.length : room;
        memcpy(coding->block + coding->block_length, bytes.bytes, take);
        coding->block_length += (uint32_t)take;
        bytes = smini_span_part(bytes, take, bytes.length);
        if (coding->block_length == sizeof(coding->block))
            run_block(exchange, body);
    }
}

/* The trailer of RFC 1952 holds the size of what came out, modulo 2^32. */
static bool size_fits(const struct smini_http_coding *coding)
{
    uint32_t size = 0;
    for (unsigned i = 0; i < GZIP_SIZE_BYTES; i++)
        size |= (uint32_t)coding->tail[GZIP_TAIL_BYTES - GZIP_SIZE_BYTES + i] << (8 * i);
    return size == (uint32_t)coding->out;
}

void smini_http_coding_flush(struct smini_http_exchange *exchange, struct smini_http_body *body)
{
    struct smini_http_coding *coding = body->coding;
    run_block(exchange, body);
    if (coding->in == 0 || coding->raw || body->broken || smini_http_body_idle(body))
        return;
    run(exchange, body, true);
    if (body->broken || smini_http_body_idle(body) || coding->kind != HTP_COMPRESSION_GZIP || size_fits(coding))
        return;
    smini_http_note(exchange, SMINI_HTTP_EVENT_CODING_INVALID, coding->out); /* cut short, or more than one member */
    body->broken = true;
}
