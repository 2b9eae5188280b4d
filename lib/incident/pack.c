/* SPDX-License-Identifier: BSD-2-Clause */
/* Facts for a later time: the struct as it is, then every text as length and bytes. */
#include "incident/pack.h"

struct head {
    uint32_t kind;
    uint32_t bytes; /* of everything, the head included */
};

static void put_text(uint8_t **at, struct smini_span text)
{
    uint64_t length = text.length;
    memcpy(*at, &length, sizeof(length));
    if (length)
        memcpy(*at + sizeof(length), text.bytes, text.length);
    *at += sizeof(length) + text.length;
}

static struct smini_span get_text(const uint8_t **at)
{
    uint64_t length;
    memcpy(&length, *at, sizeof(length));
    struct smini_span text = smini_span_make(*at + sizeof(length), (size_t)length);
    *at += sizeof(length) + length;
    return text;
}

/* Room for a whole record, or nothing. */
static uint8_t *reserve(struct smini_bytebuf *buffer, enum smini_fact_kind kind, const void *body, size_t body_size,
                        size_t more, int32_t *status)
{
    struct head head = {.kind = kind, .bytes = (uint32_t)(sizeof(head) + body_size + more)};
    *status = more > UINT32_MAX / 2 ? SMIN_E_LIMIT : smini_bytebuf_reserve(buffer, head.bytes);
    if (*status != SMIN_OK)
        return NULL;
    uint8_t *at = buffer->bytes + buffer->length;
    memcpy(at, &head, sizeof(head));
    memcpy(at + sizeof(head), body, body_size);
    buffer->length += head.bytes;
    return at + sizeof(head) + body_size;
}

static size_t texts_size(const struct smini_span *texts, uint32_t count)
{
    size_t size = 0;
    for (uint32_t i = 0; i < count; i++)
        size += sizeof(uint64_t) + texts[i].length;
    return size;
}

static void put_texts(uint8_t **at, const struct smini_span *texts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        put_text(at, texts[i]);
}

/* The terminating NUL travels along: the name is used as a C string. */
static struct smini_span name_text(const char *capture)
{
    return smini_span_make(capture, strlen(capture) + 1);
}

static uint32_t at_most(uint32_t count)
{
    return count < SMINI_INCIDENT_SPANS_MAX ? count : SMINI_INCIDENT_SPANS_MAX;
}

int32_t smini_pack_message(struct smini_bytebuf *buffer, const struct smini_incident_message *message)
{
    struct smini_incident_message body = *message;
    struct smini_span fixed[3] = {name_text(message->place.capture), message->name, message->tool};
    body.event_count = at_most(message->event_count);
    body.url_count = at_most(message->url_count);
    body.command_count = at_most(message->command_count);
    size_t more = texts_size(fixed, 3) + texts_size(message->events, body.event_count) +
                  texts_size(message->urls, body.url_count) + texts_size(message->commands, body.command_count);
    int32_t status;
    uint8_t *at = reserve(buffer, SMINI_FACT_MESSAGE, &body, sizeof(body), more, &status);
    if (!at)
        return status;
    put_texts(&at, fixed, 3);
    put_texts(&at, message->events, body.event_count);
    put_texts(&at, message->urls, body.url_count);
    put_texts(&at, message->commands, body.command_count);
    return SMIN_OK;
}

int32_t smini_pack_flow(struct smini_bytebuf *buffer, const struct smini_incident_flow *flow)
{
    struct smini_span capture = name_text(flow->place.capture);
    int32_t status;
    uint8_t *at = reserve(buffer, SMINI_FACT_FLOW, flow, sizeof(*flow), texts_size(&capture, 1), &status);
    if (at)
        put_text(&at, capture);
    return status;
}

int32_t smini_pack_transfer(struct smini_bytebuf *buffer, const struct smini_incident_transfer *transfer)
{
    struct smini_span texts[4] = {name_text(transfer->place.capture), transfer->name, transfer->protocol,
                                  transfer->type};
    int32_t status;
    uint8_t *at = reserve(buffer, SMINI_FACT_TRANSFER, transfer, sizeof(*transfer), texts_size(texts, 4), &status);
    if (at)
        put_texts(&at, texts, 4);
    return status;
}

void smini_repack_flow(uint8_t *packed, const struct smini_incident_flow *flow)
{
    memcpy(packed + sizeof(struct head), flow, sizeof(*flow));
}

static void get_texts(const uint8_t **at, struct smini_span *texts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        texts[i] = get_text(at);
}

static void unpack_message(const uint8_t *at, struct smini_fact *fact)
{
    struct smini_incident_message *message = &fact->message;
    memcpy(message, at, sizeof(*message));
    at += sizeof(*message);
    message->place.capture = (const char *)get_text(&at).bytes;
    message->name = get_text(&at);
    message->tool = get_text(&at);
    get_texts(&at, fact->events, message->event_count);
    get_texts(&at, fact->urls, message->url_count);
    get_texts(&at, fact->commands, message->command_count);
    message->events = fact->events;
    message->urls = fact->urls;
    message->commands = fact->commands;
}

static void unpack_flow(const uint8_t *at, struct smini_fact *fact)
{
    memcpy(&fact->flow, at, sizeof(fact->flow));
    at += sizeof(fact->flow);
    fact->flow.place.capture = (const char *)get_text(&at).bytes;
}

static void unpack_transfer(const uint8_t *at, struct smini_fact *fact)
{
    struct smini_incident_transfer *transfer = &fact->transfer;
    memcpy(transfer, at, sizeof(*transfer));
    at += sizeof(*transfer);
    transfer->place.capture = (const char *)get_text(&at).bytes;
    transfer->name = get_text(&at);
    transfer->protocol = get_text(&at);
    transfer->type = get_text(&at);
}

size_t smini_unpack(struct smini_span packed, size_t at, struct smini_fact *fact)
{
    struct head head;
    memcpy(&head, packed.bytes + at, sizeof(head));
    const uint8_t *body = packed.bytes + at + sizeof(head);
    fact->kind = (enum smini_fact_kind)head.kind;
    switch (fact->kind) {
    case SMINI_FACT_MESSAGE: unpack_message(body, fact); break;
    case SMINI_FACT_FLOW: unpack_flow(body, fact); break;
    case SMINI_FACT_TRANSFER: unpack_transfer(body, fact); break;
    }
    return at + head.bytes;
}

int32_t smini_incident_add_packed(struct smini_incident_set *set, struct smini_span packed)
{
    int32_t worst = SMIN_OK;
    struct smini_fact fact;
    for (size_t at = 0; at < packed.length;) {
        at = smini_unpack(packed, at, &fact);
        int32_t status = fact.kind == SMINI_FACT_MESSAGE    ? smini_incident_add_message(set, &fact.message)
                         : fact.kind == SMINI_FACT_TRANSFER ? smini_incident_add_transfer(set, &fact.transfer)
                                                            : smini_incident_add_flow(set, &fact.flow);
        worst = status < worst ? status : worst;
    }
    return worst;
}
