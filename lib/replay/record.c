/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/record_internal.h"

int32_t smini_record_new(struct smini_record **record, struct smini_alloc *alloc,
                         const struct smini_record_options *options, const struct smini_json_output *output)
{
    *record = NULL;
    if (options->inspector_count > SMINI_RECORD_INSPECTORS_MAX)
        return SMIN_E_MISUSE;
    struct smini_record *made = smini_alloc_get(alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->alloc = alloc;
    made->machine_facts = options->machine_facts;
    made->sandbox = options->sandbox;
    made->version = options->version;
    int32_t status = smini_json_init(&made->json, alloc, 0, output);
    made->tuples = smini_alloc_array(alloc, SMINI_TUPLE_SLOTS, sizeof(*made->tuples));
    made->rules = smini_alloc_array(alloc, SMINI_RULE_TEXT_SLOTS, sizeof(*made->rules));
    made->name = smini_alloc_get(alloc, SMINI_CAPTURE_NAME_BYTES);
    if (!made->tuples || !made->rules || !made->name)
        status = SMIN_E_NOMEM;
    for (uint32_t i = 0; i < options->inspector_count && status == SMIN_OK; i++) {
        status = smini_plan_init(&made->plans[i], alloc, options->inspectors[i]);
        if (status != SMIN_OK)
            break;
        made->plan_count++;
        made->events[i] = smini_alloc_array(alloc, options->inspectors[i]->event_count + 1, sizeof(**made->events));
        if (!made->events[i])
            status = SMIN_E_NOMEM;
    }
    *record = made;
    if (status == SMIN_OK)
        status = smini_record_capture(made, "");
    if (status != SMIN_OK)
        smini_record_free(record);
    return status;
}

void smini_record_free(struct smini_record **record)
{
    struct smini_record *old = *record;
    if (!old)
        return;
    for (uint32_t i = 0; i < old->plan_count; i++) {
        smini_alloc_free(old->alloc, old->events[i],
                         (old->plans[i].inspector->event_count + 1) * sizeof(**old->events));
        smini_plan_free(&old->plans[i], old->alloc);
    }
    smini_alloc_free(old->alloc, old->tuples, SMINI_TUPLE_SLOTS * sizeof(*old->tuples));
    smini_alloc_free(old->alloc, old->rules, SMINI_RULE_TEXT_SLOTS * sizeof(*old->rules));
    smini_alloc_free(old->alloc, old->name, SMINI_CAPTURE_NAME_BYTES);
    smini_json_free(&old->json);
    smini_alloc_free(old->alloc, old, sizeof(*old));
    *record = NULL;
}

/* Keeps what fits; the closing quote always does. */
struct name_sink {
    struct smini_record *record;
    size_t length;
};

static int keep_name(void *user, const uint8_t *bytes, size_t length)
{
    struct name_sink *sink = user;
    size_t room = SMINI_CAPTURE_NAME_BYTES - 1 - sink->length;
    size_t take = length < room ? length : room;
    memcpy(sink->record->name + sink->length, bytes, take);
    sink->length += take;
    return 0;
}

int32_t smini_record_capture(struct smini_record *record, const char *name)
{
    struct name_sink sink = {.record = record};
    struct smini_json_output output = {.write = keep_name, .user = &sink};
    struct smini_json json;
    int32_t status = smini_json_init(&json, record->alloc, 64, &output);
    if (status != SMIN_OK)
        return status;
    /* An escape is at most six bytes long, so a prefix of this many bytes always fits whole. */
    size_t length = strlen(name), most = (SMINI_CAPTURE_NAME_BYTES - 2) / 6;
    smini_json_text(&json, smini_span_make(name, length < most ? length : most));
    smini_json_flush(&json);
    smini_json_free(&json);
    record->name_length = (uint32_t)sink.length;
    record->last_ns = 0;
    return SMIN_OK;
}

int smini_record_flush(struct smini_record *record)
{
    smini_json_flush(&record->json);
    return record->json.error;
}

struct smini_json *smini_record_json(struct smini_record *record)
{
    return &record->json;
}

uint64_t smini_record_anomalies(const struct smini_record *record)
{
    return record->anomalies;
}

void smini_record_note_time(struct smini_record *record, uint64_t time_ns)
{
    if (time_ns > record->last_ns)
        record->last_ns = time_ns;
}

/* Ports, by protocol; ICMP has its type and code where others have them. */
enum { PROTOCOL_ICMP = 1, PROTOCOL_TCP = 6, PROTOCOL_UDP = 17, PROTOCOL_ICMP_SIX = 58, PROTOCOL_SCTP = 132 };

static bool has_ports(uint8_t protocol)
{
    return protocol == PROTOCOL_TCP || protocol == PROTOCOL_UDP || protocol == PROTOCOL_SCTP;
}

static bool is_icmp(const struct smini_flow_view *flow)
{
    return flow->protocol == (flow->ip_version == 4 ? PROTOCOL_ICMP : PROTOCOL_ICMP_SIX);
}

/* As Suricata: by name where it has one, else three digits. */
static void put_protocol(struct smini_json *json, uint8_t protocol)
{
    static const struct {
        uint8_t protocol;
        const char *name;
    } names[] = {{PROTOCOL_ICMP, "ICMP"}, {2, "IGMP"},  {PROTOCOL_TCP, "TCP"},
                 {PROTOCOL_UDP, "UDP"},   {41, "IPv6"}, {47, "GRE"},
                 {44, "IPv6-Frag"},       {50, "ESP"},  {PROTOCOL_ICMP_SIX, "IPv6-ICMP"},
                 {51, "AH"},              {89, "OSPF"}, {PROTOCOL_SCTP, "SCTP"}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].protocol == protocol) {
            smini_json_key_string(json, "proto", names[i].name);
            return;
        }
    }
    char digits[4] = {(char)('0' + protocol / 100), (char)('0' + protocol / 10 % 10), (char)('0' + protocol % 10), 0};
    smini_json_key_string(json, "proto", digits);
}

static void write_tuple(struct smini_json *json, const struct smini_flow_view *flow, int sender)
{
    bool from_client = sender == SMINI_SENDER_CLIENT;
    bool ports = has_ports(flow->protocol);
    smini_json_key(json, "src_ip");
    smini_json_address(json, flow->ip_version, from_client ? flow->client_address : flow->server_address);
    if (ports)
        smini_json_key_number(json, "src_port", from_client ? flow->client_port : flow->server_port);
    smini_json_key(json, "dest_ip");
    smini_json_address(json, flow->ip_version, from_client ? flow->server_address : flow->client_address);
    if (ports)
        smini_json_key_number(json, "dest_port", from_client ? flow->server_port : flow->client_port);
    put_protocol(json, flow->protocol);
    if (is_icmp(flow)) {
        smini_json_key_number(json, "icmp_type", flow->client_port);
        smini_json_key_number(json, "icmp_code", flow->server_port);
    }
    if (!ports)
        return;
    char id[SMINI_COMMUNITY_ID_BYTES];
    smini_record_community_id(flow, id);
    smini_json_key_string(json, "community_id", id);
}

static int keep_tuple(void *user, const uint8_t *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return 0;
}

/* Renders into the slot through a writer of its own, which is never full. */
static uint16_t render_tuple(uint8_t *text, const struct smini_flow_view *flow, int sender)
{
    struct smini_json json = {.bytes = text, .capacity = SMINI_TUPLE_BYTES, .output = {.write = keep_tuple}};
    write_tuple(&json, flow, sender);
    return (uint16_t)json.length;
}

static void tuple_key(const struct smini_flow_view *flow, uint8_t key[40])
{
    memset(key, 0, 40);
    memcpy(key, flow->client_address, 16);
    memcpy(key + 16, flow->server_address, 16);
    memcpy(key + 32, &flow->client_port, 2);
    memcpy(key + 34, &flow->server_port, 2);
    key[36] = flow->protocol;
    key[37] = flow->ip_version;
}

static void put_tuple(struct smini_record *record, const struct smini_flow_view *flow, int sender)
{
    uint8_t key[40];
    tuple_key(flow, key);
    struct smini_tuple_text *slot = &record->tuples[(flow->flow_id ^ (flow->flow_id >> 20)) & (SMINI_TUPLE_SLOTS - 1)];
    if (slot->length[0] == 0 || slot->flow_id != flow->flow_id || memcmp(slot->key, key, sizeof(key)) != 0) {
        slot->flow_id = flow->flow_id;
        memcpy(slot->key, key, sizeof(key));
        slot->length[0] = render_tuple(slot->text[0], flow, SMINI_SENDER_CLIENT);
        slot->length[1] = render_tuple(slot->text[1], flow, SMINI_SENDER_SERVER);
    }
    smini_json_verbatim(&record->json, slot->text[sender], slot->length[sender]);
}

static void put_vlan(struct smini_json *json, const struct smini_flow_view *flow)
{
    smini_json_key(json, "vlan");
    smini_json_begin(json, '[');
    for (uint8_t i = 0; i < flow->vlan_count && i < SMINI_VLAN_MAX; i++)
        smini_json_number(json, flow->vlan[i]);
    smini_json_end(json, ']');
}

static const char *tunnel_name(uint8_t kind)
{
    static const char *const names[] = {"", "GRE", "ERSPAN1", "ERSPAN2", "ERSPAN3", "VXLAN", "GENEVE", "IPIP", "GTPU"};
    return kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "";
}

/* As Suricata: the outermost packet's addresses, and how deep the flow lies. */
static void put_tunnel(struct smini_json *json, const struct smini_flow_view *flow)
{
    const struct smini_tunnel *outer = &flow->tunnels[0];
    smini_json_key(json, "tunnel");
    smini_json_begin(json, '{');
    smini_json_key(json, "src_ip");
    smini_json_address(json, outer->ip_version, outer->source);
    smini_json_key(json, "dest_ip");
    smini_json_address(json, outer->ip_version, outer->destination);
    smini_json_key_string(json, "proto", tunnel_name(outer->kind));
    smini_json_key_number(json, "depth", flow->tunnel_count);
    if (outer->id)
        smini_json_key_number(json, "id", outer->id);
    smini_json_end(json, '}');
}

void smini_record_before_type(struct smini_record *record, uint64_t time_ns, uint64_t packet,
                              const struct smini_flow_view *flow)
{
    struct smini_json *json = &record->json;
    smini_json_begin(json, '{');
    smini_json_key(json, "timestamp");
    smini_json_time(json, time_ns ? time_ns : record->last_ns);
    if (flow)
        smini_json_key_number(json, "flow_id", flow->flow_id);
    if (record->name_length > 2) {
        smini_json_key(json, "pcap_filename");
        smini_json_verbatim(json, record->name, record->name_length);
    }
    if (packet)
        smini_json_key_number(json, "pcap_cnt", packet);
}

void smini_record_behind_type(struct smini_record *record, const struct smini_flow_view *flow, int sender)
{
    if (flow->vlan_count)
        put_vlan(&record->json, flow);
    if (flow->tunnel_count && flow->tunnels)
        put_tunnel(&record->json, flow);
    put_tuple(record, flow, sender);
}

void smini_record_head(struct smini_record *record, uint64_t time_ns, uint64_t packet, const char *event_type,
                       const struct smini_flow_view *flow, int sender)
{
    smini_record_before_type(record, time_ns, packet, flow);
    smini_json_key_string(&record->json, "event_type", event_type);
    if (flow)
        smini_record_behind_type(record, flow, sender);
}

void smini_record_tail(struct smini_record *record)
{
    smini_json_end(&record->json, '}');
    smini_json_line(&record->json);
}
