/* SPDX-License-Identifier: BSD-2-Clause */
#include "facts.h"

#include "smin/abi_ext.h"

/* Name under which the Smart Install inspector goes, whoever provides it. */
static const char protocol[] = "smin";

/* What a field says about an incident. By record key, as an EVE reader would find it. */
enum role { ROLE_NONE, ROLE_URL, ROLE_COMMAND, ROLE_TOOL, ROLE_FROM, ROLE_STATUS, ROLE_MD5 };

static uint8_t role_of(const char *key)
{
    static const char *const keys[] = {
        [ROLE_URL] = "urls[]", [ROLE_COMMAND] = "commands[]", [ROLE_TOOL] = "tool",
        [ROLE_FROM] = "from",  [ROLE_STATUS] = "status",          [ROLE_MD5] = "md5",
    };
    for (uint8_t role = ROLE_URL; key && role <= ROLE_MD5; role++)
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
    if (*count < SMINI_INCIDENT_SPANS_MAX)
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
    case ROLE_MD5:
        message->has_md5 = field->size == sizeof(message->md5);
        if (message->has_md5)
            memcpy(message->md5, field->bytes, sizeof(message->md5));
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
        if (name.bytes && fact->message.event_count < SMINI_INCIDENT_SPANS_MAX)
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

static uint8_t state_of(uint32_t state)
{
    switch (state) {
    case SMIN_FILE_CLOSED: return SMINI_TRANSFER_CLOSED;
    case SMIN_FILE_REFUSED: return SMINI_TRANSFER_REFUSED;
    case SMIN_FILE_UNCONFIRMED: return SMINI_TRANSFER_UNCONFIRMED;
    case SMIN_FILE_SEALED: return SMINI_TRANSFER_SEALED;
    default: return SMINI_TRANSFER_TRUNCATED;
    }
}

/* Client is who asked for the file, whoever opened the connection. */
static void take_ends(struct smini_incident_transfer *fact, const struct smini_flow_view *flow,
                      const struct smini_file_view *file)
{
    bool turned = file->asked_by_server;
    fact->client = address_of(flow->ip_version, turned ? flow->server_address : flow->client_address);
    fact->server = address_of(flow->ip_version, turned ? flow->client_address : flow->server_address);
    fact->client_port = turned ? flow->server_port : flow->client_port;
    fact->server_port = turned ? flow->client_port : flow->server_port;
    fact->to_server = (file->direction == SMIN_TO_SERVER) != turned;
}

void smini_facts_transfer(struct smini_incident_transfer *fact, const struct smin_inspector *inspector,
                          const struct smini_flow_view *flow, const struct smini_file_view *file, const char *capture)
{
    memset(fact, 0, sizeof(*fact));
    fact->place.capture = capture;
    fact->place.packet = file->first_packet;
    fact->place.time_ns = file->first_ns;
    fact->end_ns = file->last_ns;
    fact->flow_id = flow->flow_id;
    fact->ordered = file->cause.inspector && strcmp(file->cause.inspector->name, protocol) == 0;
    fact->ordered_flow_id = file->cause.flow_id;
    take_ends(fact, flow, file);
    fact->has_digest = file->size > 0;
    fact->state = state_of(file->state);
    memcpy(fact->sha256, file->sha256, sizeof(fact->sha256));
    memcpy(fact->md5, file->md5, sizeof(fact->md5));
    fact->size = file->size;
    fact->gap_bytes = file->gap_bytes;
    fact->name = file->name_cut ? smini_span_make(NULL, 0) : file->name;
    while (fact->name.length > 0 && fact->name.bytes[0] == '/')
        fact->name = smini_span_part(fact->name, 1, fact->name.length);
    fact->protocol = smini_span_text(inspector->name);
    fact->type = smini_span_text(file->type);
    if (file->state != SMIN_FILE_SEALED)
        return;
    fact->type = smini_span_make(NULL, 0); /* what moved was seen, and cannot be read */
    fact->size = file->gap_bytes;
    fact->gap_bytes = 0;
}
