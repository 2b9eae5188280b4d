/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/packet_judge.h"

#include "base/cursor.h"
#include "replay/flow_feed.h"
#include "replay/flow_life.h"
#include "replay/flow_view.h"
#include "replay/ip.h"
#include "replay/tcp_state.h"

enum {
    PROTOCOL_SCTP = 132,
    SCTP_HEADER = 12,
    ICMP_HEADER = 8,
    ICMP_TIMESTAMP_HEADER = 20,
    TCP_OPTION_END = 0,
    TCP_OPTION_NOP = 1,
    TCP_OPTION_MSS = 2,
    IP_OPTION_EOL = 0,
    IP_OPTION_NOP = 1
};

/* What an inspector's flow_user points at while a packet is judged. */
struct judging {
    struct smini_flow_reading reading; /* first: on_output is given its address */
    struct smini_run *run;
    const struct smin_inspector *inspector;
    const struct smini_dissected *dissected;
    const struct smin_packet *packet;
    uint32_t record;
};

/* Bits by the option's type, as they stand in SMIN_IP_OPTION_*. */
static uint32_t option_bit(uint8_t type)
{
    static const struct {
        uint8_t type;
        uint16_t bit;
    } known[] = {{7, SMIN_IP_OPTION_RR},      {68, SMIN_IP_OPTION_TS},    {25, SMIN_IP_OPTION_QS},
                 {130, SMIN_IP_OPTION_SEC},   {133, SMIN_IP_OPTION_ESEC}, {134, SMIN_IP_OPTION_CIPSO},
                 {131, SMIN_IP_OPTION_LSRR},  {137, SMIN_IP_OPTION_SSRR}, {136, SMIN_IP_OPTION_SATID},
                 {148, SMIN_IP_OPTION_RTRALT}, {0, SMIN_IP_OPTION_EOL},   {1, SMIN_IP_OPTION_NOP}};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (known[i].type == type)
            return known[i].bit;
    return SMIN_IP_OPTION_OTHER;
}

static uint32_t ip_options(const uint8_t *ip, uint32_t header)
{
    uint32_t bits = 0;
    struct smini_cursor cursor = smini_cursor_make(smini_span_make(ip + 20, header - 20), 0);
    while (smini_cursor_left(&cursor) > 0) {
        uint8_t type = smini_cursor_u8(&cursor);
        bits |= option_bit(type);
        if (type == IP_OPTION_EOL)
            break;
        if (type == IP_OPTION_NOP)
            continue;
        uint8_t length = smini_cursor_u8(&cursor);
        if (length < 2)
            break;
        smini_cursor_skip(&cursor, length - 2u);
    }
    return bits;
}

static void fill_ip(struct smin_packet *packet, const struct smini_dissected *dissected)
{
    const uint8_t *ip = dissected->ip;
    bool four = dissected->ip_version == 4;
    packet->ip_version = dissected->ip_version;
    packet->protocol = dissected->protocol;
    packet->ttl = dissected->ttl;
    memcpy(packet->source_address, dissected->source, four ? 4 : 16);
    memcpy(packet->destination_address, dissected->destination, four ? 4 : 16);
    if (!four) {
        packet->tos = (uint8_t)(smini_bytes_u16(ip) >> 4);
        if (dissected->kind != SMINI_DISSECT_FRAGMENT)
            return;
        packet->known |= SMIN_PACKET_FRAGMENT;
        packet->protocol = SMINI_IP_FRAGMENT; /* what it is a piece of is known when it is whole */
        packet->fragment_offset = (uint16_t)(dissected->fragment_offset / 8);
        packet->fragment_bits = dissected->more_fragments ? SMIN_FRAGMENT_MORE : 0;
        return;
    }
    uint32_t header = (uint32_t)(ip[0] & 15) * 4;
    uint16_t flags = smini_bytes_u16(ip + 6);
    packet->known |= SMIN_PACKET_FRAGMENT;
    packet->tos = ip[1];
    packet->ip_id = smini_bytes_u16(ip + 4);
    packet->fragment_offset = flags & 0x1fff;
    packet->fragment_bits = (uint8_t)(flags >> 13);
    packet->ip_options = header > 20 ? ip_options(ip, header) : 0;
}

static void fill_segment_size(struct smin_packet *packet, const struct smini_dissected *dissected)
{
    size_t header = (size_t)(dissected->transport[12] >> 4) * 4;
    size_t options = header > dissected->transport_bytes ? dissected->transport_bytes - 20 : header - 20;
    struct smini_cursor cursor = smini_cursor_make(smini_span_make(dissected->transport + 20, options), 0);
    while (smini_cursor_left(&cursor) > 0) {
        uint8_t kind = smini_cursor_u8(&cursor);
        if (kind == TCP_OPTION_END)
            return;
        if (kind == TCP_OPTION_NOP)
            continue;
        uint8_t length = smini_cursor_u8(&cursor);
        struct smini_cursor value = smini_cursor_narrow(&cursor, length < 2 ? 0 : length - 2u);
        if (length < 2 || smini_cursor_failed(&cursor))
            return;
        if (kind == TCP_OPTION_MSS && length == 4) {
            packet->tcp_mss = smini_cursor_u16(&value);
            packet->known |= SMIN_PACKET_MSS;
            return;
        }
    }
}

static void fill_tcp(struct smin_packet *packet, const struct smini_dissected *dissected)
{
    packet->known |= SMIN_PACKET_TCP;
    packet->tcp_flags = dissected->tcp_flags;
    packet->tcp_window = (uint16_t)dissected->window;
    packet->tcp_sequence = dissected->sequence;
    packet->tcp_acknowledgement = dissected->acknowledgement;
    fill_segment_size(packet, dissected);
}

/* Echo, timestamp, information and address mask, and the echo of IPv6, number their questions and answers. */
static bool icmp_has_id(const struct smin_packet *packet)
{
    if (packet->ip_version == 6)
        return packet->icmp_type == 128 || packet->icmp_type == 129;
    return packet->icmp_type == 0 || packet->icmp_type == 8 || (packet->icmp_type >= 13 && packet->icmp_type <= 18);
}

static void fill_icmp(struct smin_packet *packet, const struct smini_dissected *dissected)
{
    const uint8_t *icmp = dissected->transport;
    if (packet->protocol != (packet->ip_version == 4 ? 1 : 58) || dissected->transport_bytes < ICMP_HEADER)
        return;
    packet->known |= SMIN_PACKET_ICMP;
    packet->icmp_type = icmp[0];
    packet->icmp_code = icmp[1];
    bool timestamp = packet->ip_version == 4 && (icmp[0] == 13 || icmp[0] == 14);
    uint32_t header = timestamp && dissected->transport_bytes >= ICMP_TIMESTAMP_HEADER ? ICMP_TIMESTAMP_HEADER : ICMP_HEADER;
    packet->payload = icmp + header;
    packet->payload_length = dissected->transport_bytes - header;
    packet->payload_wire = dissected->payload_wire - header;
    if (!icmp_has_id(packet))
        return;
    packet->known |= SMIN_PACKET_ICMP_ID;
    packet->icmp_id = smini_bytes_u16(icmp + 4);
    packet->icmp_sequence = smini_bytes_u16(icmp + 6);
}

static void fill_sctp(struct smin_packet *packet, const struct smini_dissected *dissected)
{
    if (packet->protocol != PROTOCOL_SCTP || dissected->transport_bytes < SCTP_HEADER)
        return;
    packet->known |= SMIN_PACKET_PORTS;
    packet->source_port = smini_bytes_u16(dissected->transport);
    packet->destination_port = smini_bytes_u16(dissected->transport + 2);
    packet->payload = dissected->transport + SCTP_HEADER;
    packet->payload_length = dissected->transport_bytes - SCTP_HEADER;
    packet->payload_wire = dissected->payload_wire - SCTP_HEADER;
}

static void fill_transport(struct smin_packet *packet, const struct smini_dissected *dissected)
{
    if (dissected->kind == SMINI_DISSECT_FRAGMENT || !dissected->transport)
        return;
    packet->payload = dissected->payload;
    packet->payload_length = dissected->payload_bytes;
    packet->payload_wire = dissected->payload_wire;
    if (dissected->kind == SMINI_DISSECT_TCP || dissected->kind == SMINI_DISSECT_UDP) {
        packet->known |= SMIN_PACKET_PORTS;
        packet->source_port = dissected->source_port;
        packet->destination_port = dissected->destination_port;
    }
    if (dissected->kind == SMINI_DISSECT_TCP)
        fill_tcp(packet, dissected);
    if (dissected->kind != SMINI_DISSECT_OTHER)
        return;
    fill_icmp(packet, dissected);
    fill_sctp(packet, dissected);
}

static void fill_flow(const struct smini_run *run, struct smin_packet *packet, uint32_t index, unsigned direction)
{
    if (index == 0)
        return;
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    packet->known |= SMIN_PACKET_FLOW;
    packet->direction = direction;
    packet->flow_flags = smini_flow_record_flags(record);
    if (record->packets[direction] == 1)
        packet->known |= SMIN_PACKET_FIRST;
}

/* Beyond any window: no byte of this connection. */
enum { EXTENT_LEAP = 1 << 30 };

static void open_extent(struct smini_stream_extent *extent, uint32_t first)
{
    if (!extent->known)
        *extent = (struct smini_stream_extent){.first = first, .next = first + 1, .known = true};
}

static void reach(struct smini_stream_extent *extent, uint32_t end)
{
    uint32_t leap = end - extent->next;
    if (extent->known && leap < EXTENT_LEAP)
        extent->next += leap;
}

static void note_extents(struct smini_flow *flow, unsigned direction, const struct smini_dissected *dissected)
{
    struct smini_stream_extent *extent = &flow->extent[direction];
    if (dissected->tcp_flags & SMINI_TCP_SYN) {
        open_extent(extent, dissected->sequence);
        if (dissected->tcp_flags & SMINI_TCP_ACK)
            open_extent(&flow->extent[direction ^ 1], dissected->acknowledgement - 1);
        return;
    }
    reach(extent, dissected->sequence + dissected->payload_wire);
    if (dissected->tcp_flags & SMINI_TCP_ACK) /* a FIN counts when it is acknowledged, and so do bytes that were not seen */
        reach(&flow->extent[direction ^ 1], dissected->acknowledgement);
}

static void fill_extents(struct smin_packet *packet, const struct smini_flow *flow)
{
    for (unsigned direction = 0; direction < 2; direction++) {
        const struct smini_stream_extent *extent = &flow->extent[direction];
        if (!extent->known)
            continue;
        packet->known |= SMIN_PACKET_STREAM;
        packet->stream_size[direction] = extent->next - extent->first;
    }
}

/* Packets with a wrong checksum are facts like others, unless the run was told to drop them. */
static bool dropped(const struct smini_run *run, struct smini_dissected *dissected)
{
    const uint32_t wrong = SMINI_FACT_BAD_IP_CHECKSUM | SMINI_FACT_BAD_L4_CHECKSUM;
    return run->options.checksum == SMINI_CHECKSUM_ALL &&
           ((dissected->facts & wrong) || !smini_dissect_checksum(dissected));
}

/* The extended state of a flow; made when rules on packets remember, for that is where they do. */
static struct smini_flow *flow_at(struct smini_run *run, uint32_t index)
{
    if (index == 0)
        return NULL;
    struct smini_flow *flow = smini_flow_at(run, smini_flow_table_at(&run->table, index));
    return flow || run->packet_memory < 0 ? flow : smini_flow_extend(run, index);
}

void smini_packet_judge(struct smini_run *run, struct smini_dissected *dissected, uint32_t index, unsigned direction)
{
    if (!dissected->ip || dissected->kind == SMINI_DISSECT_BAD || dropped(run, dissected))
        return;
    struct smin_packet packet = {.struct_size = sizeof(packet),
                                 .time_ns = run->moment.time_ns,
                                 .packet_number = run->moment.packet};
    fill_ip(&packet, dissected);
    fill_transport(&packet, dissected);
    fill_flow(run, &packet, index, direction);
    struct smini_flow *flow = flow_at(run, index);
    if (flow && run->packet_memory >= 0 && dissected->kind == SMINI_DISSECT_TCP) {
        note_extents(flow, direction, dissected);
        fill_extents(&packet, flow);
    }
    for (uint32_t i = 0; i < run->inspector_count; i++) {
        const struct smin_ext_packet *table = run->wishes[i].packets;
        if (!table)
            continue;
        struct judging judging = {.reading = {.mode = SMINI_DELIVER_PACKET, .inspector = (uint16_t)i},
                                  .run = run,
                                  .inspector = run->inspectors[i].inspector,
                                  .dissected = dissected,
                                  .packet = &packet,
                                  .record = index};
        struct smin_flow *handle = flow && flow->inspector == i ? flow->handle : NULL;
        if (flow && (int32_t)i == run->packet_memory)
            handle = smini_flow_for_packets(run, flow);
        if (table->packet(run->threads[i], handle, &packet, &judging.reading) == SMIN_E_NOMEM)
            smini_pump_nomem(run, NULL, "a packet could not be judged");
    }
}

/* A packet without a flow: its sender stands where the client does, and its id is its own. */
static void lone_view(const struct judging *judging, struct smini_flow_view *view)
{
    const struct smini_dissected *dissected = judging->dissected;
    const struct smin_packet *packet = judging->packet;
    memset(view, 0, sizeof(*view));
    view->ip_version = packet->ip_version;
    view->protocol = packet->protocol;
    view->vlan_count = dissected->vlan_count;
    view->tunnel_count = dissected->tunnel_count;
    memcpy(view->vlan, dissected->vlan, sizeof(view->vlan));
    view->tunnels = dissected->tunnels;
    memcpy(view->client_address, packet->source_address, sizeof(view->client_address));
    memcpy(view->server_address, packet->destination_address, sizeof(view->server_address));
    view->client_port = packet->known & SMIN_PACKET_ICMP ? packet->icmp_type : packet->source_port;
    view->server_port = packet->known & SMIN_PACKET_ICMP ? packet->icmp_code : packet->destination_port;
    view->first_ns = view->last_ns = packet->time_ns;
    view->first_packet = packet->packet_number;
}

void smini_packet_output(struct smini_flow_reading *reading, const struct smin_output *output)
{
    const struct judging *judging = (const struct judging *)(const void *)reading;
    struct smini_run *run = judging->run;
    struct smini_flow_view view;
    run->counters.alerts += output->alert_count;
    if (!run->sink.on_output)
        return;
    const struct smini_flow_record *record =
        judging->record ? smini_flow_table_at(&run->table, judging->record) : NULL;
    struct smini_flow *flow = record ? smini_flow_at(run, record) : NULL;
    if (flow)
        smini_flow_view_make(run, flow, &view);
    else if (record)
        smini_flow_view_record(run, record, &view);
    else
        lone_view(judging, &view);
    if (!flow)
        view.flow_id = smini_flow_id(&view);
    run->sink.on_output(run->sink.user, judging->inspector, &view, SMINI_READING_ONLY, output);
}
