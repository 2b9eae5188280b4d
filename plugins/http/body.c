/* SPDX-License-Identifier: BSD-2-Clause */
#include "http/body.h"

#include "http/coding.h"
#include "http/report.h"

bool smini_http_host_judges(const struct smin_thread *thread)
{
    const struct smin_ext_file *host = thread->instance->guest.file;
    return host && SMIN_HAS(host, wanted) && host->wanted;
}

static void drop_contents(struct smin_thread *thread, struct smini_http_body *body)
{
    smini_alloc_free(&thread->alloc, body->prefix, body->prefix_room);
    body->prefix = NULL;
    body->prefix_length = body->prefix_room = 0;
    smini_http_coding_free(thread, &body->coding);
}

void smini_http_body_drop(struct smini_http_exchange *exchange, struct smini_http_body *body)
{
    const struct smin_thread *thread = exchange->flow->thread;
    const struct smini_guest *guest = &thread->instance->guest;
    body->interest = SMINI_HTTP_UNWANTED;
    if (body->file)
        guest->file->end(guest->host.user, body->file, SMIN_FILE_TRUNCATED, thread->input->time_ns,
                         thread->input->packet_number);
    body->file = NULL;
}

/* What the host says by now of a file that it is still looking at. */
static void ask(struct smini_http_exchange *exchange, struct smini_http_body *body)
{
    struct smin_thread *thread = exchange->flow->thread;
    const struct smin_ext_file *host = thread->instance->guest.file;
    if (body->interest != SMINI_HTTP_UNDECIDED)
        return;
    int32_t answer = host->wanted(thread->instance->guest.host.user, body->file, 0);
    if (answer == SMIN_MORE)
        return;
    if (answer == SMIN_OK)
        body->interest = SMINI_HTTP_WANTED;
    else
        smini_http_body_drop(exchange, body);
}

void smini_http_body_begin(struct smini_http_exchange *exchange, struct smini_http_body *body)
{
    struct smin_thread *thread = exchange->flow->thread;
    const struct smin_ext_file *host = thread->instance->guest.file;
    if (body->interest != SMINI_HTTP_NOT_BEGUN)
        return;
    body->interest = SMINI_HTTP_WANTED;
    if (!host)
        return;
    struct smin_file about = {.struct_size = sizeof(about),
                              .direction = body->direction,
                              .name = exchange->name,
                              .name_length = exchange->name_length,
                              .size = body->declared,
                              .flags = SMIN_FILE_IF_WANTED};
    if (host->begin(thread->instance->guest.host.user, exchange->flow->flow_user, &about, &body->file) != SMIN_OK) {
        body->file = NULL;
        body->interest = SMINI_HTTP_UNWANTED; /* the host tells its own limits */
        return;
    }
    if (smini_http_host_judges(thread)) {
        body->interest = SMINI_HTTP_UNDECIDED;
        ask(exchange, body);
    }
}

static void keep_prefix(struct smin_thread *thread, struct smini_http_body *body, struct smini_span bytes)
{
    enum { FIRST_ROOM = 512 };
    uint32_t room = SMINI_HTTP_PREFIX_BYTES - body->prefix_length;
    uint32_t take = bytes.length < room ? (uint32_t)bytes.length : room;
    if (take == 0 || body->gap_bytes + body->skipped != 0 || body->bytes != body->prefix_length)
        return;
    uint32_t needed = body->prefix_room ? body->prefix_room : FIRST_ROOM;
    while (needed < body->prefix_length + take)
        needed *= 2;
    if (needed > body->prefix_room) {
        uint8_t *bigger = smini_alloc_grow(&thread->alloc, body->prefix, body->prefix_room, needed);
        if (!bigger)
            return; /* the prefix ends here; the field says so */
        body->prefix = bigger;
        body->prefix_room = needed;
    }
    memcpy(body->prefix + body->prefix_length, bytes.bytes, take);
    body->prefix_length += take;
}

void smini_http_body_take(struct smini_http_exchange *exchange, struct smini_http_body *body, struct smini_span bytes)
{
    struct smin_thread *thread = exchange->flow->thread;
    const struct smin_ext_file *host = thread->instance->guest.file;
    if (bytes.length == 0 || smini_http_body_idle(body))
        return;
    if (body->file)
        host->data(thread->instance->guest.host.user, body->file, bytes.bytes, bytes.length);
    ask(exchange, body);
    if (smini_http_body_idle(body))
        return;
    keep_prefix(thread, body, bytes);
    body->bytes += bytes.length;
}

void smini_http_body_data(struct smini_http_exchange *exchange, struct smini_http_body *body, struct smini_span bytes)
{
    smini_http_body_begin(exchange, body);
    if (bytes.length == 0 || smini_http_body_idle(body) || body->broken)
        return;
    if (body->coding)
        smini_http_coding_take(exchange, body, bytes);
    else
        smini_http_body_take(exchange, body, bytes);
    if (smini_http_body_idle(body))
        drop_contents(exchange->flow->thread, body);
}

void smini_http_body_gap(struct smini_http_exchange *exchange, struct smini_http_body *body, uint64_t length)
{
    struct smin_thread *thread = exchange->flow->thread;
    const struct smin_ext_file *host = thread->instance->guest.file;
    smini_http_body_begin(exchange, body);
    if (length == 0 || smini_http_body_idle(body) || body->broken)
        return;
    smini_http_note(exchange, SMINI_HTTP_EVENT_DATA_GAP, length);
    if (body->coding) { /* how much of the contents is missing cannot be said, nor what follows be read */
        smini_http_body_flush(exchange, body);
        body->broken = true;
        return;
    }
    if (body->file)
        host->gap(thread->instance->guest.host.user, body->file, length);
    body->gap_bytes += length;
    ask(exchange, body);
}

void smini_http_body_skip(struct smini_http_exchange *exchange, struct smini_http_body *body, uint64_t length)
{
    const struct smini_guest *guest = &exchange->flow->thread->instance->guest;
    if (smini_http_body_idle(body))
        return;
    if (body->file)
        guest->file->gap(guest->host.user, body->file, length);
    body->skipped += length;
    ask(exchange, body);
}

void smini_http_body_flush(struct smini_http_exchange *exchange, struct smini_http_body *body)
{
    if (body->coding && !smini_http_body_idle(body) && !body->broken)
        smini_http_coding_flush(exchange, body);
    if (smini_http_body_idle(body))
        drop_contents(exchange->flow->thread, body);
}

bool smini_http_body_finish(struct smini_http_exchange *exchange, struct smini_http_body *body, uint32_t state)
{
    struct smin_thread *thread = exchange->flow->thread;
    const struct smin_ext_file *host = thread->instance->guest.file;
    if (body->interest == SMINI_HTTP_NOT_BEGUN || smini_http_body_idle(body))
        return false;
    bool told = true;
    if (body->file) {
        void *user = thread->instance->guest.host.user;
        told = !smini_http_host_judges(thread) || host->wanted(user, body->file, state) == SMIN_OK;
        host->end(user, body->file, state, thread->input->time_ns, thread->input->packet_number);
    }
    body->file = NULL;
    return told;
}

void smini_http_body_free(struct smin_thread *thread, struct smini_http_body *body)
{
    drop_contents(thread, body);
}
