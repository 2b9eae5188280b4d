/* SPDX-License-Identifier: BSD-2-Clause */
/* Facts for a later time: the struct as it is, then every text as length and bytes. */
#include "facts.h"

enum { TAG_MESSAGE = 1, TAG_FLOW = 2, TAG_TRANSFER = 3 };

struct head {
    uint32_t tag;
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
static uint8_t *reserve(struct smini_bytebuf *buffer, uint32_t tag, const void *body, size_t body_size, size_t more,
                        int32_t *status)
{
    struct head head = {.tag = tag, .bytes = (uint32_t)(sizeof(head) + body_size + more)};
    *status = smini_bytebuf_reserve(buffer, head.bytes);
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

int32_t smini_facts_pack_message(struct smini_bytebuf *buffer, const struct smini_incident_message *message)
{
    struct smini_span capture = name_text(message->place.capture);
    struct smini_span fixed[3] = {capture, message->name, message->tool};
    size_t more = texts_size(fixed, 3) + texts_size(message->events, message->event_count) +
                  texts_size(message->urls, message->url_count) + texts_size(message->commands, message->command_count);
    int32_t status;
    uint8_t *at = reserve(buffer, TAG_MESSAGE, message, sizeof(*message), more, &status);
    if (!at)
        return status;
    put_texts(&at, fixed, 3);
    put_texts(&at, message->events, message->event_count);
    put_texts(&at, message->urls, message->url_count);
    put_texts(&at, message->commands, message->command_count);
    return SMIN_OK;
}

int32_t smini_facts_pack_flow(struct smini_bytebuf *buffer, const struct smini_incident_flow *flow)
{
    struct smini_span capture = name_text(flow->place.capture);
    int32_t status;
    uint8_t *at = reserve(buffer, TAG_FLOW, flow, sizeof(*flow), texts_size(&capture, 1), &status);
    if (at)
        put_text(&at, capture);
    return status;
}

int32_t smini_facts_pack_transfer(struct smini_bytebuf *buffer, const struct smini_incident_transfer *transfer)
{
    struct smini_span texts[2] = {name_text(transfer->place.capture), transfer->name};
    int32_t status;
    uint8_t *at = reserve(buffer, TAG_TRANSFER, transfer, sizeof(*transfer), texts_size(texts, 2), &status);
    if (at)
        put_texts(&at, texts, 2);
    return status;
}

static void get_texts(const uint8_t **at, struct smini_span *texts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        texts[i] = get_text(at);
}

static int32_t replay_message(const uint8_t *at, struct smini_incident_set *set)
{
    struct smini_fact_message fact;
    memcpy(&fact.message, at, sizeof(fact.message));
    at += sizeof(fact.message);
    fact.message.place.capture = (const char *)get_text(&at).bytes;
    fact.message.name = get_text(&at);
    fact.message.tool = get_text(&at);
    get_texts(&at, fact.events, fact.message.event_count);
    get_texts(&at, fact.urls, fact.message.url_count);
    get_texts(&at, fact.commands, fact.message.command_count);
    fact.message.events = fact.events;
    fact.message.urls = fact.urls;
    fact.message.commands = fact.commands;
    return smini_incident_add_message(set, &fact.message);
}

static int32_t replay_flow(const uint8_t *at, struct smini_incident_set *set)
{
    struct smini_incident_flow flow;
    memcpy(&flow, at, sizeof(flow));
    at += sizeof(flow);
    flow.place.capture = (const char *)get_text(&at).bytes;
    return smini_incident_add_flow(set, &flow);
}

static int32_t replay_transfer(const uint8_t *at, struct smini_incident_set *set)
{
    struct smini_incident_transfer transfer;
    memcpy(&transfer, at, sizeof(transfer));
    at += sizeof(transfer);
    transfer.place.capture = (const char *)get_text(&at).bytes;
    transfer.name = get_text(&at);
    return smini_incident_add_transfer(set, &transfer);
}

int32_t smini_facts_replay(struct smini_span packed, struct smini_incident_set *set)
{
    int32_t worst = SMIN_OK;
    struct head head;
    for (size_t at = 0; at < packed.length; at += head.bytes) {
        memcpy(&head, packed.bytes + at, sizeof(head));
        const uint8_t *body = packed.bytes + at + sizeof(head);
        int32_t status = head.tag == TAG_MESSAGE    ? replay_message(body, set)
                         : head.tag == TAG_TRANSFER ? replay_transfer(body, set)
                                                    : replay_flow(body, set);
        worst = status < worst ? status : worst;
    }
    return worst;
}
