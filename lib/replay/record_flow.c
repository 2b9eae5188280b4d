/* SPDX-License-Identifier: BSD-2-Clause */
/* Flow records as Suricata writes them, with the facts that say how much of the flow was seen. */
#include "replay/record_internal.h"

static const struct {
    uint32_t bit;
    const char *name;
} facts[] = {
    {SMINI_FLOW_SYN, "syn"},
    {SMINI_FLOW_SYN_ACK, "syn_ack"},
    {SMINI_FLOW_REFUSED, "refused"},
    {SMINI_FLOW_CLIENT_FIN, "client_fin"},
    {SMINI_FLOW_SERVER_FIN, "server_fin"},
    {SMINI_FLOW_CLIENT_RST, "client_rst"},
    {SMINI_FLOW_SERVER_RST, "server_rst"},
    {SMINI_FLOW_MIDSTREAM, "midstream"},
    {SMINI_FLOW_SERVER_SILENT, "server_silent"},
    {SMINI_FLOW_CLIENT_SILENT, "client_silent"},
    {SMINI_FLOW_OVERLAP, "overlap_differs"},
    {SMINI_FLOW_BAD_CHECKSUM, "bad_checksum"},
    {SMINI_FLOW_GAP, "gap"},
    {SMINI_FLOW_URGENT, "urgent"},
    {SMINI_FLOW_KEEPALIVE, "keepalive"},
    {SMINI_FLOW_STALE_TIMESTAMP, "stale_timestamp"},
    {SMINI_FLOW_OUT_OF_WINDOW, "out_of_window"},
    {SMINI_FLOW_LOW_TTL, "low_ttl"},
    {SMINI_FLOW_ACKED_UNSEEN, "acked_unseen"},
    {SMINI_FLOW_DETECTED, "detected"},
};

static void put_facts(struct smini_json *json, uint32_t bits)
{
    smini_json_key(json, "facts");
    smini_json_begin(json, '[');
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
        if (bits & facts[i].bit)
            smini_json_string(json, facts[i].name);
    smini_json_end(json, ']');
}

static void put_flow(struct smini_json *json, const struct smini_flow_view *flow)
{
    smini_json_key(json, "flow");
    smini_json_begin(json, '{');
    smini_json_key_number(json, "pkts_toserver", flow->packets[0]);
    smini_json_key_number(json, "pkts_toclient", flow->packets[1]);
    smini_json_key_number(json, "bytes_toserver", flow->wire_bytes[0]);
    smini_json_key_number(json, "bytes_toclient", flow->wire_bytes[1]);
    smini_json_key(json, "start");
    smini_json_time(json, flow->first_ns);
    smini_json_key(json, "end");
    smini_json_time(json, flow->last_ns);
    smini_json_key_number(json, "age", (flow->last_ns - flow->first_ns) / 1000000000U);
    smini_json_key_string(json, "state", flow->state ? flow->state : "new");
    smini_json_key_string(json, "reason", flow->reason ? flow->reason : "unknown");
    smini_json_key_number(json, "tx_cnt", flow->messages);
    smini_json_key_number(json, "stream_bytes_toserver", flow->stream_bytes[0]);
    smini_json_key_number(json, "stream_bytes_toclient", flow->stream_bytes[1]);
    smini_json_key_number(json, "gap_bytes_toserver", flow->gap_bytes[0]);
    smini_json_key_number(json, "gap_bytes_toclient", flow->gap_bytes[1]);
    put_facts(json, flow->facts);
    smini_json_end(json, '}');
}

static void put_flags(struct smini_json *json, const char *key, uint32_t flags)
{
    uint8_t byte = (uint8_t)flags;
    smini_json_key(json, key);
    smini_json_hex(json, smini_span_make(&byte, 1));
}

static void put_tcp(struct smini_json *json, const struct smini_flow_view *flow)
{
    static const char *const names[] = {"fin", "syn", "rst", "psh", "ack", "urg", "ecn", "cwr"};
    uint32_t both = flow->tcp_flags[0] | flow->tcp_flags[1];
    smini_json_key(json, "tcp");
    smini_json_begin(json, '{');
    put_flags(json, "tcp_flags", both);
    put_flags(json, "tcp_flags_ts", flow->tcp_flags[0]);
    put_flags(json, "tcp_flags_tc", flow->tcp_flags[1]);
    for (unsigned bit = 0; bit < 8; bit++)
        if (both & (1U << bit))
            smini_json_key_bool(json, names[bit], true);
    smini_json_end(json, '}');
}

void smini_record_flow(struct smini_record *record, const struct smini_flow_view *flow)
{
    smini_record_note_time(record, flow->last_ns);
    smini_record_head(record, flow->last_ns, flow->first_packet, "flow", flow, SMINI_SENDER_CLIENT);
    put_flow(&record->json, flow);
    if (flow->protocol == 6)
        put_tcp(&record->json, flow);
    smini_record_tail(record);
}

void smini_record_problem(struct smini_record *record, const struct smini_problem *problem)
{
    struct smini_json *json = &record->json;
    if (problem->time_ns)
        smini_record_note_time(record, problem->time_ns);
    record->anomalies++;
    smini_record_head(record, problem->time_ns, problem->packet_number, "anomaly", problem->flow, SMINI_SENDER_CLIENT);
    smini_json_key(json, "anomaly");
    smini_json_begin(json, '{');
    smini_json_key_string(json, "layer", problem->layer);
    smini_json_key_string(json, "event", problem->event);
    if (problem->detail)
        smini_json_key_string(json, "detail", problem->detail);
    smini_json_key_string(json, "status", smin_status_text(problem->status));
    if (problem->lost)
        smini_json_key_bool(json, "lost", true);
    if (problem->file_offset != UINT64_MAX)
        smini_json_key_number(json, "file_offset", problem->file_offset);
    smini_json_end(json, '}');
    smini_record_tail(record);
}
