/* SPDX-License-Identifier: BSD-2-Clause */
/* Records as facts. */
#include "incident/eve_json.h"

/* A limit of the set is counted there, and is no fault of the record. */
static int32_t taken(int32_t status)
{
    return status == SMIN_E_NOMEM ? status : SMIN_OK;
}

static bool says(struct smini_span text, const char *word)
{
    return smini_span_equal(text, smini_span_text(word));
}

/* --- messages --- */

static uint32_t read_texts(struct smini_eve_record *record, const json_t *parent, const char *key,
                           struct smini_span texts[SMINI_INCIDENT_SPANS_MAX])
{
    const json_t *list = smini_eve_list(parent, key);
    uint32_t count = 0;
    for (size_t i = 0; list && i < json_array_size(list) && count < SMINI_INCIDENT_SPANS_MAX; i++)
        if (json_is_string(json_array_get(list, i)))
            texts[count++] = smini_eve_text(record, json_array_get(list, i));
    return count;
}

/*
 * Who opened the connection: our records have the sender in front, the engine's record of a message the opener, and its
 * alert whoever sent the packet that raised it, with the opener in the flow.
 */
static int32_t read_opener(struct smini_eve_record *record, struct smini_incident_message *message)
{
    const json_t *flow = smini_eve_object(record->root, "flow");
    bool opener_first = record->of_engine;
    if (record->of_engine && json_object_get(record->root, "alert")) {
        if (!flow || smini_eve_ends(record, flow) != SMIN_OK)
            return smini_eve_malformed(record, "who opened the connection of an alert is missing");
    } else if (!record->of_engine) {
        opener_first = message->to_server;
    }
    message->client = opener_first ? record->source : record->destination;
    message->server = opener_first ? record->destination : record->source;
    message->client_port = opener_first ? record->source_port : record->destination_port;
    message->server_port = opener_first ? record->destination_port : record->source_port;
    return SMIN_OK;
}

static uint8_t reading_of(struct smini_eve_record *record)
{
    struct smini_span reading = smini_eve_text_at(record, record->root, "reading");
    return says(reading, "first") ? 1 : says(reading, "last") ? 2 : 0;
}

static int32_t read_values(struct smini_eve_record *record, const json_t *smin, struct smini_incident_message *message)
{
    struct smini_span direction = smini_eve_text_at(record, smin, "direction");
    uint64_t from = 0;
    message->to_server = says(direction, "to_server");
    if (!message->to_server && !says(direction, "to_client"))
        return smini_eve_malformed(record, "the direction of a message is missing");
    if (!smini_eve_number(smin, "offset", &message->offset))
        return smini_eve_malformed(record, "the offset of a message is missing");
    message->name = smini_eve_text_at(record, smin, "name");
    if (message->name.length == 0)
        message->name = smini_span_text("unknown");
    message->tool = smini_eve_text_at(record, smin, "tool");
    if (smini_eve_number(smin, "from", &from) && from <= UINT32_MAX)
        message->from = (uint32_t)from;
    message->has_status = smini_eve_number(smin, "status", &message->status);
    message->has_md5 = smini_eve_hex(smin, "md5", message->md5, sizeof(message->md5));
    message->reading = reading_of(record);
    return read_opener(record, message);
}

int32_t smini_eve_message(struct smini_eve_record *record)
{
    const json_t *smin = smini_eve_object(record->root, "smin");
    struct smini_span events[SMINI_INCIDENT_SPANS_MAX], urls[SMINI_INCIDENT_SPANS_MAX],
        commands[SMINI_INCIDENT_SPANS_MAX];
    struct smini_incident_message message = {.place = record->place, .flow_id = record->flow_id, .events = events,
                                             .urls = urls, .commands = commands};
    if (says(smini_eve_text_at(record, smin, "kind"), "stream"))
        return SMIN_E_NOT_FOUND; /* of the stream as a whole: no message */
    int32_t status = read_values(record, smin, &message);
    if (status != SMIN_OK)
        return status;
    message.event_count = read_texts(record, smin, "events", events);
    message.url_count = read_texts(record, smin, "urls", urls);
    message.command_count = read_texts(record, smin, "commands", commands);
    return taken(smini_incident_add_message(record->eve->set, &message));
}

/* --- flows --- */

static uint32_t our_facts(struct smini_eve_record *record, const json_t *flow)
{
    static const struct {
        const char *name;
        uint32_t fact;
    } names[] = {{"syn_ack", SMINI_INCIDENT_FLOW_ACCEPTED},
                 {"refused", SMINI_INCIDENT_FLOW_REFUSED},
                 {"server_fin", SMINI_INCIDENT_FLOW_SERVER_CLOSED},
                 {"server_rst", SMINI_INCIDENT_FLOW_SERVER_RESET},
                 {"server_silent", SMINI_INCIDENT_FLOW_SERVER_UNSEEN},
                 {"client_silent", SMINI_INCIDENT_FLOW_CLIENT_UNSEEN}};
    const json_t *list = smini_eve_list(flow, "facts");
    uint32_t facts = says(smini_eve_text_at(record, flow, "reason"), "forced") ? SMINI_INCIDENT_FLOW_UNFINISHED : 0;
    for (size_t i = 0; list && i < json_array_size(list); i++) {
        struct smini_span fact = smini_eve_text(record, json_array_get(list, i));
        for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
            if (says(fact, names[n].name))
                facts |= names[n].fact;
    }
    return facts;
}

/* Suricata counts packets and keeps the flags of each side; payload it does not count. */
static uint32_t engine_facts(struct smini_eve_record *record, const json_t *flow)
{
    enum { FIN = 1, SYN = 2, RST = 4, ACK = 16 };
    const json_t *tcp = smini_eve_object(record->root, "tcp");
    uint8_t client = 0, server = 0;
    uint64_t sent[2] = {0, 0};
    (void)smini_eve_hex(tcp, "tcp_flags_ts", &client, 1);
    (void)smini_eve_hex(tcp, "tcp_flags_tc", &server, 1);
    (void)smini_eve_number(flow, "pkts_toserver", &sent[0]);
    (void)smini_eve_number(flow, "pkts_toclient", &sent[1]);
    uint32_t facts = SMINI_INCIDENT_FLOW_BYTES_UNKNOWN;
    facts |= (server & SYN) && (server & ACK) ? SMINI_INCIDENT_FLOW_ACCEPTED : 0;
    facts |= (client & SYN) && (server & RST) && !(server & ~(RST | ACK)) ? SMINI_INCIDENT_FLOW_REFUSED : 0;
    facts |= server & FIN ? SMINI_INCIDENT_FLOW_SERVER_CLOSED : 0;
    facts |= server & RST ? SMINI_INCIDENT_FLOW_SERVER_RESET : 0;
    facts |= sent[0] == 0 ? SMINI_INCIDENT_FLOW_CLIENT_UNSEEN : 0;
    facts |= sent[1] == 0 ? SMINI_INCIDENT_FLOW_SERVER_UNSEEN : 0;
    bool closed = says(smini_eve_text_at(record, flow, "state"), "closed");
    bool timeout = says(smini_eve_text_at(record, flow, "reason"), "timeout");
    return facts | (closed || timeout ? 0 : SMINI_INCIDENT_FLOW_UNFINISHED);
}

int32_t smini_eve_flow(struct smini_eve_record *record)
{
    const json_t *flow = smini_eve_object(record->root, "flow"), *tcp = smini_eve_object(record->root, "tcp");
    struct smini_incident_flow fact = {.place = record->place,
                                       .flow_id = record->flow_id,
                                       .client = record->source,
                                       .server = record->destination,
                                       .client_port = record->source_port,
                                       .server_port = record->destination_port};
    if (!says(smini_eve_text_at(record, record->root, "proto"), "TCP"))
        return SMIN_E_NOT_FOUND;
    if (!smini_eve_time_at(record, flow, "start", &fact.place.time_ns) ||
        !smini_eve_time_at(record, flow, "end", &fact.last_ns))
        return smini_eve_malformed(record, "when a flow began or ended is missing");
    fact.facts = record->of_engine ? engine_facts(record, flow) : our_facts(record, flow);
    (void)smini_eve_number(flow, "stream_bytes_toserver", &fact.bytes[0]);
    (void)smini_eve_number(flow, "stream_bytes_toclient", &fact.bytes[1]);
    (void)smini_eve_number(flow, "gap_bytes_toserver", &fact.missing[0]);
    (void)smini_eve_number(flow, "gap_bytes_toclient", &fact.missing[1]);
    /* Suricata says that bytes are missing, not how many. */
    fact.missing[0] += smini_eve_flag(tcp, "ts_gap");
    fact.missing[1] += smini_eve_flag(tcp, "tc_gap");
    return taken(smini_incident_add_flow(record->eve->set, &fact));
}

/* --- files --- */

static void strip_slashes(struct smini_span *name)
{
    while (name->length > 0 && name->bytes[0] == '/')
        *name = smini_span_part(*name, 1, name->length);
}

static uint8_t state_of(struct smini_eve_record *record, const json_t *file)
{
    if (smini_eve_flag(file, "sealed"))
        return SMINI_TRANSFER_SEALED;
    if (smini_eve_flag(file, "refused"))
        return SMINI_TRANSFER_REFUSED;
    /* The engine calls a file over FTP closed when its connection ends: what the server says of it stands elsewhere. */
    bool ftp = record->of_engine && says(smini_eve_text_at(record, record->root, "app_proto"), "ftp-data");
    if (ftp || !says(smini_eve_text_at(record, file, "state"), "CLOSED"))
        return SMINI_TRANSFER_TRUNCATED;
    return json_is_false(json_object_get(file, "confirmed")) ? SMINI_TRANSFER_UNCONFIRMED : SMINI_TRANSFER_CLOSED;
}

/* The sender stands in front. Suricata does not say who opened the connection: servers have the lower port. */
static void read_file_ends(struct smini_eve_record *record, const json_t *file, struct smini_incident_transfer *fact)
{
    struct smini_span direction = smini_eve_text_at(record, file, "direction");
    fact->to_server = direction.length > 0 ? says(direction, "to_server")
                                           : record->destination_port < record->source_port;
    fact->client = fact->to_server ? record->source : record->destination;
    fact->server = fact->to_server ? record->destination : record->source;
    fact->client_port = fact->to_server ? record->source_port : record->destination_port;
    fact->server_port = fact->to_server ? record->destination_port : record->source_port;
}

static struct smini_span protocol_of(struct smini_eve_record *record, const json_t *file)
{
    struct smini_span protocol = smini_eve_text_at(record, file, "protocol");
    if (protocol.length == 0)
        protocol = smini_eve_text_at(record, record->root, "app_proto");
    return says(protocol, "ftp-data") ? smini_span_text("ftp") : protocol;
}

int32_t smini_eve_file(struct smini_eve_record *record)
{
    const json_t *file = smini_eve_object(record->root, "fileinfo");
    struct smini_incident_transfer fact = {.place = record->place,
                                           .end_ns = record->place.time_ns,
                                           .flow_id = record->flow_id,
                                           .state = state_of(record, file)};
    const json_t *start = json_object_get(file, "start");
    bool of_a_part = json_is_integer(start); /* Suricata: the place of its first byte in the whole file */
    if (start && !of_a_part && !smini_eve_time_at(record, file, "start", &fact.place.time_ns))
        return smini_eve_malformed(record, "when a file began to move is none");
    (void)smini_eve_number(file, "start_cnt", &fact.place.packet);
    if (!smini_eve_number(file, "size", &fact.size))
        return smini_eve_malformed(record, "the size of a file is missing");
    /* Suricata says that bytes are missing, not how many. */
    if (!smini_eve_number(file, "gap_bytes", &fact.gap_bytes))
        fact.gap_bytes = smini_eve_flag(file, "gaps");
    fact.ordered = smini_eve_number(file, "smin_flow_id", &fact.ordered_flow_id);
    fact.has_digest = fact.size > 0 && smini_eve_hex(file, "sha256", fact.sha256, sizeof(fact.sha256));
    (void)smini_eve_hex(file, "md5", fact.md5, sizeof(fact.md5));
    if (!smini_eve_flag(file, "filename_cut"))
        fact.name = smini_eve_text_at(record, file, "filename");
    strip_slashes(&fact.name);
    fact.protocol = protocol_of(record, file);
    fact.type = smini_eve_text_at(record, file, "type");
    read_file_ends(record, file, &fact);
    return taken(smini_incident_add_transfer(record->eve->set, &fact));
}

int32_t smini_eve_request(struct smini_eve_record *record)
{
    const json_t *tftp = smini_eve_object(record->root, "tftp");
    struct smini_span packet = smini_eve_text_at(record, tftp, "packet");
    bool write = says(packet, "write");
    if (!record->of_engine || (!write && !says(packet, "read")))
        return SMIN_E_NOT_FOUND; /* our own run tells of the file itself */
    struct smini_incident_transfer fact = {.place = record->place,
                                           .end_ns = record->place.time_ns,
                                           .flow_id = record->flow_id,
                                           .client = record->source,
                                           .server = record->destination,
                                           .client_port = record->source_port,
                                           .server_port = record->destination_port,
                                           .to_server = write,
                                           .state = SMINI_TRANSFER_TRUNCATED,
                                           .name = smini_eve_text_at(record, tftp, "file"),
                                           .protocol = smini_span_text("tftp")};
    strip_slashes(&fact.name);
    return taken(smini_incident_add_transfer(record->eve->set, &fact));
}
