/* SPDX-License-Identifier: BSD-2-Clause */
/* The numbers of a packet, by name. */
#include "match/packet.h"

static bool tcp_number(const struct smini_packet_facts *packet, enum smini_packet_number number, uint64_t *value)
{
    if (!(packet->has & SMINI_PACKET_HAS_TCP))
        return false;
    switch (number) {
    case SMINI_PACKET_TCP_FLAGS:
        *value = packet->tcp_flags;
        return true;
    case SMINI_PACKET_TCP_SEQUENCE:
        *value = packet->tcp_sequence;
        return true;
    case SMINI_PACKET_TCP_ACKNOWLEDGEMENT:
        *value = packet->tcp_acknowledgement;
        return true;
    case SMINI_PACKET_TCP_WINDOW:
        *value = packet->tcp_window;
        return true;
    default:
        *value = packet->tcp_segment_size;
        return (packet->has & SMINI_PACKET_HAS_MSS) != 0;
    }
}

static bool icmp_number(const struct smini_packet_facts *packet, enum smini_packet_number number, uint64_t *value)
{
    uint32_t needed = number == SMINI_PACKET_ICMP_ID || number == SMINI_PACKET_ICMP_SEQUENCE ? SMINI_PACKET_HAS_ICMP_ID
                                                                                           : SMINI_PACKET_HAS_ICMP;
    if (!(packet->has & needed))
        return false;
    *value = number == SMINI_PACKET_ICMP_TYPE   ? packet->icmp_type
             : number == SMINI_PACKET_ICMP_CODE ? packet->icmp_code
             : number == SMINI_PACKET_ICMP_ID   ? packet->icmp_id
                                                : packet->icmp_sequence;
    return true;
}

/* IPv6 counts the offset in bytes, as Suricata does. */
static bool fragment_number(const struct smini_packet_facts *packet, enum smini_packet_number number, uint64_t *value)
{
    if (!(packet->has & SMINI_PACKET_HAS_FRAGMENT))
        return false;
    if (number == SMINI_PACKET_FRAGMENT_OFFSET) {
        *value = packet->ip_version == 6 ? (uint64_t)packet->fragment_offset * 8 : packet->fragment_offset;
        return true;
    }
    *value = number == SMINI_PACKET_ID ? packet->ip_id : packet->fragment_bits;
    return packet->ip_version == 4;
}

bool smini_packet_number(const struct smini_packet_facts *packet, const struct smini_flow_facts *facts,
                         enum smini_packet_number number, uint64_t *value)
{
    switch (number) {
    case SMINI_PACKET_PAYLOAD_SIZE:
        *value = packet->payload_wire;
        return true;
    case SMINI_PACKET_TTL:
        *value = packet->ttl;
        return true;
    case SMINI_PACKET_TOS:
        *value = packet->tos;
        return packet->ip_version == 4;
    case SMINI_PACKET_ID:
    case SMINI_PACKET_FRAGMENT_BITS:
    case SMINI_PACKET_FRAGMENT_OFFSET:
        return fragment_number(packet, number, value);
    case SMINI_PACKET_IP_OPTIONS:
        *value = packet->ip_options;
        return packet->ip_version == 4;
    case SMINI_PACKET_PROTOCOL:
        *value = packet->protocol;
        return true;
    case SMINI_PACKET_SAME_ADDRESS:
        *value = memcmp(facts->client_address, facts->server_address, packet->ip_version == 4 ? 4 : 16) == 0;
        return true;
    case SMINI_PACKET_TCP_FLAGS:
    case SMINI_PACKET_TCP_SEQUENCE:
    case SMINI_PACKET_TCP_ACKNOWLEDGEMENT:
    case SMINI_PACKET_TCP_WINDOW:
    case SMINI_PACKET_TCP_SEGMENT_SIZE:
        return tcp_number(packet, number, value);
    case SMINI_PACKET_ICMP_TYPE:
    case SMINI_PACKET_ICMP_CODE:
    case SMINI_PACKET_ICMP_ID:
    case SMINI_PACKET_ICMP_SEQUENCE:
        return icmp_number(packet, number, value);
    case SMINI_PACKET_STREAM_CLIENT:
    case SMINI_PACKET_STREAM_SERVER:
    case SMINI_PACKET_STREAM_EITHER: /* the caller asks for both */
        *value = packet->stream_size[number == SMINI_PACKET_STREAM_SERVER ? 1 : 0];
        return (packet->has & SMINI_PACKET_HAS_STREAM) != 0;
    }
    return false;
}
