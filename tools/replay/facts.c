/* SPDX-License-Identifier: BSD-2-Clause */
#include "facts.h"

/* Name under which the Smart Install inspector goes, whoever provides it. */
static const char protocol[] = "smin";

/* What a field says about an incident. By record key, as an EVE reader would find it. */
enum role { ROLE_NONE, ROLE_URL, ROLE_COMMAND, ROLE_TOOL, ROLE_FROM, ROLE_STATUS };

static uint8_t role_of(const char *key)
{
    static const char *const keys[] = {
        [ROLE_URL] = "urls[]", [ROLE_COMMAND] = "commands[]", [ROLE_TOOL] = "tool",
        [ROLE_FROM] = "from",  [ROLE_STATUS] = "status",
    };
    for (uint8_t role = ROLE_URL; key && role <= ROLE_STATUS; role++)
        if (strcmp(key, keys[role]) == 0)
            return role;
    return ROLE_NONE;
}

static const struct smin_field_desc *field_desc(const struct smin_inspector *inspector, uint32_t i)
{
    const char *at = (const char *)inspector->fields + (size_t)i * inspector->field_stride;
    return (const struct smin_field_desc *)(const void *)at;
}

static const struct smin_event_desc *event_desc(const struct smin_inspector *inspector, uint32_t i)
{
    const char *at = (const char *)inspector->events + (size_t)i * inspector->event_stride;
    return (const struct smin_event_desc *)(const void *)at;
}

static const struct smin_message_desc *message_desc(const struct smin_inspector *inspector, uint32_t i)
{
    const char *at = (const char *)inspector->messages + (size_t)i * inspector->message_stride;
    return (const struct smin_message_desc *)(const void *)at;
}

/* Backwards, so that of two descriptions with one id the first counts. */
static void make_index(struct smini_fact_index *index, const struct smin_inspector *inspector)
{
    memset(index, 0, sizeof(*index));
    index->inspector = inspector;
    for (uint32_t i = inspector->field_count; i-- > 0;)
        if (field_desc(inspector, i)->id < SMINI_FACT_IDS)
            index->field_role[field_desc(inspector, i)->id] = role_of(field_desc(inspector, i)->key);
    for (uint32_t i = inspector->event_count; i-- > 0;)
        if (event_desc(inspector, i)->id < SMINI_FACT_IDS)
            index->event_name[event_desc(inspector, i)->id] = smini_span_text(event_desc(inspector, i)->name);
    for (uint32_t i = inspector->message_count; i-- > 0;)
        if (message_desc(inspector, i)->id < SMINI_FACT_IDS)
            index->message_name[message_desc(inspector, i)->id] = smini_span_text(message_desc(inspector, i)->name);
}

static uint8_t role_of_id(const struct smini_fact_index *index, uint32_t id)
{
    if (id < SMINI_FACT_IDS)
        return index->field_role[id];
    for (uint32_t i = 0; i < index->inspector->field_count; i++)
        if (field_desc(index->inspector, i)->id == id)
            return role_of(field_desc(index->inspector, i)->key);
    return ROLE_NONE;
}

static struct smini_span event_name(const struct smini_fact_index *index, uint32_t id)
{
    if (id < SMINI_FACT_IDS)
        return index->event_name[id];
    for (uint32_t i = 0; i < index->inspector->event_count; i++)
        if (event_desc(index->inspector, i)->id == id)
            return smini_span_text(event_desc(index->inspector, i)->name);
    return smini_span_make(NULL, 0);
}

static struct smini_span message_name(const struct smini_fact_index *index, uint32_t id)
{
    if (id < SMINI_FACT_IDS && index->message_name[id].bytes)
        return index->message_name[id];
    for (uint32_t i = 0; id >= SMINI_FACT_IDS && i < index->inspector->message_count; i++)
        if (message_desc(index->inspector, i)->id == id)
            return smini_span_text(message_desc(index->inspector, i)->name);
    return smini_span_text("unknown");
}

static void add_span(struct smini_span *list, uint32_t *count, const struct smin_field *field)
{
    if (*count < SMINI_FACT_SPANS_MAX)
        list[(*count)++] = smini_span_make(field->bytes, field->size);
}

static void take_field(struct smini_fact_message *fact, uint8_t role, const struct smin_field *field)
{
    struct smini_incident_message *message = &fact->message;
    switch (role) {
    case ROLE_URL: add_span(fact->urls, &message->url_count, field); break;
    case ROLE_COMMAND: add_span(fact->commands, &message->command_count, field); break;
    case ROLE_TOOL: message->tool = smini_span_make(field->bytes, field->size); break;
    case ROLE_FROM: message->from = (uint32_t)field->number; break;
    case ROLE_STATUS:
        message->has_status = true;
        message->status = field->number;
        break;
    default: break;
    }
}

static struct smini_incident_address address_of(uint8_t version, const uint8_t bytes[16])
{
    struct smini_incident_address address = {.version = version};
    memcpy(address.bytes, bytes, version == 6 ? 16 : 4);
    return address;
}

static void take_fields(struct smini_fact_message *fact, const struct smini_fact_index *index,
                        const struct smin_message *message)
{
    const char *at = (const char *)message->fields;
    for (uint32_t i = 0; i < message->field_count; i++, at += message->field_stride) {
        const struct smin_field *field = (const struct smin_field *)(const void *)at;
        take_field(fact, role_of_id(index, field->id), field);
    }
    at = (const char *)message->events;
    for (uint32_t i = 0; i < message->event_count; i++, at += message->event_stride) {
        struct smini_span name = event_name(index, ((const struct smin_event *)(const void *)at)->id);
        if (name.bytes && fact->message.event_count < SMINI_FACT_SPANS_MAX)
            fact->events[fact->message.event_count++] = name;
    }
}

bool smini_facts_message(struct smini_fact_message *fact, struct smini_fact_index *index,
                         const struct smin_inspector *inspector, const struct smini_flow_view *flow, int reading, const struct smin_output *output,
                         const char *capture)
{
    const struct smin_message *message = output->message;
    if (index->inspector != inspector && strcmp(inspector->name, protocol) != 0)
        return false;
    if (!message || message->kind == SMIN_KIND_STREAM || message->kind == SMIN_KIND_PACKET)
        return false;
    if (index->inspector != inspector)
        make_index(index, inspector);
    struct smini_incident_message *out = &fact->message;
    memset(out, 0, sizeof(*out));
    out->place.capture = capture;
    out->place.packet = output->packet_number;
    out->place.time_ns = output->time_ns;
    out->flow_id = flow->flow_id;
    out->client = address_of(flow->ip_version, flow->client_address);
    out->server = address_of(flow->ip_version, flow->server_address);
    out->client_port = flow->client_port;
    out->server_port = flow->server_port;
    out->to_server = message->direction == SMIN_TO_SERVER;
    out->reading = (uint8_t)reading;
    out->offset = message->offset;
    out->name = message_name(index, message->id);
    out->events = fact->events;
    out->urls = fact->urls;
    out->commands = fact->commands;
    take_fields(fact, index, message);
    return true;
}

void smini_facts_flow(struct smini_incident_flow *fact, const struct smini_flow_view *flow, const char *capture)
{
    static const struct {
        uint32_t seen, fact;
    } same[] = {{SMINI_FLOW_SYN_ACK, SMINI_INCIDENT_FLOW_ACCEPTED},
                {SMINI_FLOW_REFUSED, SMINI_INCIDENT_FLOW_REFUSED},
                {SMINI_FLOW_SERVER_FIN, SMINI_INCIDENT_FLOW_SERVER_CLOSED},
                {SMINI_FLOW_SERVER_RST, SMINI_INCIDENT_FLOW_SERVER_RESET},
                {SMINI_FLOW_SERVER_SILENT, SMINI_INCIDENT_FLOW_SERVER_UNSEEN},
                {SMINI_FLOW_CLIENT_SILENT, SMINI_INCIDENT_FLOW_CLIENT_UNSEEN}};
    memset(fact, 0, sizeof(*fact));
    fact->place.capture = capture;
    fact->place.packet = flow->first_packet;
    fact->place.time_ns = flow->first_ns;
    fact->last_ns = flow->last_ns;
    fact->flow_id = flow->flow_id;
    fact->client = address_of(flow->ip_version, flow->client_address);
    fact->server = address_of(flow->ip_version, flow->server_address);
    fact->client_port = flow->client_port;
    fact->server_port = flow->server_port;
    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
        if (flow->facts & same[i].seen)
            fact->facts |= same[i].fact;
    if (flow->reason && strcmp(flow->reason, "forced") == 0)
        fact->facts |= SMINI_INCIDENT_FLOW_UNFINISHED;
    for (int side = 0; side < 2; side++) {
        fact->bytes[side] = flow->stream_bytes[side];
        fact->missing[side] = flow->gap_bytes[side];
    }
}

/* --- packing: the struct as it is, then every text as length and bytes --- */

enum { TAG_MESSAGE = 1, TAG_FLOW = 2 };

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

int32_t smini_facts_replay(struct smini_span packed, struct smini_incident_set *set)
{
    int32_t worst = SMIN_OK;
    struct head head;
    for (size_t at = 0; at < packed.length; at += head.bytes) {
        memcpy(&head, packed.bytes + at, sizeof(head));
        const uint8_t *body = packed.bytes + at + sizeof(head);
        int32_t status = head.tag == TAG_MESSAGE ? replay_message(body, set) : replay_flow(body, set);
        worst = status < worst ? status : worst;
    }
    return worst;
}
