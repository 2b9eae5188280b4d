/* SPDX-License-Identifier: BSD-2-Clause */
/* Datagrams and packets: no decoder looks at them, only rules that ask for them. */
#include "match/packet.h"

#include "inspect/flow_state.h"
#include "inspect/inspector.h"

uint32_t smini_inspect_wanted(const struct smin_instance *instance)
{
    if (!instance || !instance->database)
        return 0;
    uint32_t judged_on = smini_database_judged_on(instance->database);
    return (smini_database_packets_remember(instance->database) ? (uint32_t)SMIN_WANTS_PACKET_FLOWS : 0) |
           (judged_on & SMINI_ON_PACKETS ? (uint32_t)SMIN_WANTS_PACKETS : 0) |
           (judged_on & SMINI_ON_DATAGRAMS ? (uint32_t)SMIN_WANTS_DATAGRAMS : 0);
}

int32_t smini_inspect_datagram(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!thread->matcher)
        return SMIN_DONE;
    struct smini_hits hits = {NULL, 0};
    struct smini_span payload = smini_span_make(input->bytes, (size_t)input->length);
    if (input->flow_flags & SMIN_FLOW_ESTABLISHED)
        flow->facts.established = true;
    smini_inspect_enter(thread, flow, flow->flow_user, input);
    smini_inspect_recall(thread, flow);
    smini_inspect_trouble(thread, smini_match_datagram(thread->matcher, &flow->facts, input->direction, input->offset,
                                                       payload, &hits));
    smini_inspect_hits(thread, SMIN_KIND_PACKET, input->direction, input->offset, payload, &hits);
    return smini_inspect_leave(thread, SMIN_OK);
}

static bool packet_valid(const struct smin_packet *packet)
{
    return packet && SMIN_HAS(packet, stream_size) && packet->direction <= SMIN_TO_CLIENT &&
           (packet->ip_version == 4 || packet->ip_version == 6) && packet->payload_length <= UINT32_MAX &&
           (packet->payload || packet->payload_length == 0) &&
           smini_tail_is_zero(packet, packet->struct_size, sizeof(*packet));
}

/* The matcher may not know the ABI, but its bits are those. */
_Static_assert((uint32_t)SMINI_PACKET_HAS_FLOW == SMIN_PACKET_FLOW && (uint32_t)SMINI_PACKET_IS_FIRST == SMIN_PACKET_FIRST &&
                   (uint32_t)SMINI_PACKET_HAS_PORTS == SMIN_PACKET_PORTS &&
                   (uint32_t)SMINI_PACKET_HAS_TCP == SMIN_PACKET_TCP &&
                   (uint32_t)SMINI_PACKET_HAS_ICMP == SMIN_PACKET_ICMP &&
                   (uint32_t)SMINI_PACKET_HAS_ICMP_ID == SMIN_PACKET_ICMP_ID &&
                   (uint32_t)SMINI_PACKET_HAS_MSS == SMIN_PACKET_MSS &&
                   (uint32_t)SMINI_PACKET_HAS_FRAGMENT == SMIN_PACKET_FRAGMENT &&
                   (uint32_t)SMINI_PACKET_HAS_STREAM == SMIN_PACKET_STREAM,
               "what is known of a packet has the same bits on both sides");

static uint32_t has_of(const struct smin_packet *packet)
{
    uint32_t has = packet->known & SMINI_PACKET_HAS_ALL;
    return has & SMINI_PACKET_HAS_FLOW ? has : has | SMINI_PACKET_IS_FIRST;
}

static struct smini_packet_facts facts_of(const struct smin_packet *packet)
{
    return (struct smini_packet_facts){
        .has = has_of(packet),
        .direction = packet->direction,
        .ip_version = packet->ip_version,
        .protocol = packet->protocol,
        .ttl = packet->ttl,
        .tos = packet->tos,
        .fragment_bits = packet->fragment_bits,
        .tcp_flags = packet->tcp_flags,
        .icmp_type = packet->icmp_type,
        .icmp_code = packet->icmp_code,
        .ip_id = packet->ip_id,
        .fragment_offset = packet->fragment_offset,
        .tcp_window = packet->tcp_window,
        .tcp_segment_size = packet->tcp_mss,
        .icmp_id = packet->icmp_id,
        .icmp_sequence = packet->icmp_sequence,
        .ip_options = packet->ip_options,
        .tcp_sequence = packet->tcp_sequence,
        .tcp_acknowledgement = packet->tcp_acknowledgement,
        .stream_size = {packet->stream_size[0], packet->stream_size[1]},
        .payload_wire = packet->payload_wire,
        .payload = smini_span_make(packet->payload, (size_t)packet->payload_length),
    };
}

/* The sender is the client unless the packet goes the other way. */
static struct smini_flow_facts ends_of(const struct smin_packet *packet)
{
    struct smini_flow_facts facts = {.ip_version = packet->ip_version,
                                     .established = (packet->flow_flags & SMIN_FLOW_ESTABLISHED) != 0};
    bool to_server = packet->direction == SMIN_TO_SERVER;
    bool ports = (packet->known & SMIN_PACKET_PORTS) != 0;
    uint16_t source = ports ? packet->source_port : 0;
    uint16_t destination = ports ? packet->destination_port : 0;
    facts.client_port = to_server ? source : destination;
    facts.server_port = to_server ? destination : source;
    memcpy(to_server ? facts.client_address : facts.server_address, packet->source_address,
           sizeof(packet->source_address));
    memcpy(to_server ? facts.server_address : facts.client_address, packet->destination_address,
           sizeof(packet->destination_address));
    return facts;
}

static int32_t judge_packet(struct smin_thread *thread, struct smin_flow *flow, const struct smin_packet *packet,
                            void *flow_user)
{
    if (!thread || thread->busy || !packet_valid(packet) || (flow && flow->failed))
        return SMIN_E_MISUSE;
    if (!thread->matcher)
        return SMIN_OK;
    struct smini_packet_facts facts = facts_of(packet);
    struct smini_flow_facts ends = ends_of(packet);
    struct smini_hits hits = {NULL, 0};
    /* what hand-over asks of an input: when, and in which packet */
    struct smin_input input = {.struct_size = sizeof(input), .direction = packet->direction,
                               .time_ns = packet->time_ns, .packet_number = packet->packet_number};
    thread->busy = true;
    smini_inspect_enter(thread, flow, flow_user, &input);
    smini_inspect_recall(thread, flow);
    smini_inspect_trouble(thread, smini_match_packet(thread->matcher, &ends, &facts, &hits));
    smini_inspect_hits(thread, SMIN_KIND_PACKET, packet->direction, 0, facts.payload, &hits);
    thread->busy = false;
    return smini_inspect_leave(thread, SMIN_OK);
}

const struct smin_ext_packet smini_inspector_packet = {
    .struct_size = sizeof(smini_inspector_packet),
    .wanted = smini_inspect_wanted,
    .packet = judge_packet,
};
