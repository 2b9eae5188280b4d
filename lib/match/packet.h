/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets and datagrams in, hits out: each is judged by itself, as one payload, for the rules that ask for it. */
#ifndef SMINI_MATCH_PACKET_H
#define SMINI_MATCH_PACKET_H

#include "match/matcher.h"

/* What a packet does not have: its bit is not set. */
enum {
    SMINI_PACKET_HAS_FLOW = 1, /* direction and `established` mean something */
    SMINI_PACKET_IS_FIRST = 2, /* of its direction in its flow, or without a flow */
    SMINI_PACKET_HAS_PORTS = 4,
    SMINI_PACKET_HAS_TCP = 8,
    SMINI_PACKET_HAS_ICMP = 16,
    SMINI_PACKET_HAS_ICMP_ID = 32,
    SMINI_PACKET_HAS_MSS = 64,
    SMINI_PACKET_HAS_FRAGMENT = 128, /* fragment fields: always in IPv4, with a fragment header in IPv6 */
    SMINI_PACKET_HAS_STREAM = 256,   /* stream sizes */
    SMINI_PACKET_HAS_ALL = 511
};

/* One packet. Ends, and who opened the flow, are in struct smini_flow_facts. */
struct smini_packet_facts {
    uint32_t has; /* SMINI_PACKET_HAS_*, SMINI_PACKET_IS_FIRST */
    uint32_t direction; /* without a flow SMIN_TO_SERVER: the sender is the client */
    uint8_t ip_version;
    uint8_t protocol;
    uint8_t ttl;
    uint8_t tos;
    uint8_t fragment_bits; /* SMINI_FRAGMENT_* */
    uint8_t tcp_flags;
    uint8_t icmp_type;
    uint8_t icmp_code;
    uint16_t ip_id;
    uint16_t fragment_offset; /* in units of eight bytes */
    uint16_t tcp_window;
    uint16_t tcp_segment_size;
    uint16_t icmp_id;
    uint16_t icmp_sequence;
    uint32_t ip_options; /* bits by SMINI_IP_OPTION_NAMES */
    uint32_t tcp_sequence;
    uint32_t tcp_acknowledgement;
    uint32_t stream_size[2]; /* of the client, of the server */
    uint32_t payload_wire; /* bytes of payload that the packet claims */
    struct smini_span payload; /* as far as it was captured */
};

/* SMIN_OK; SMIN_E_LIMIT, SMIN_E_NOMEM as in smini_match_message; offsets of hits count from the payload's first byte. */
int32_t smini_match_packet(struct smini_matcher *matcher, const struct smini_flow_facts *facts,
                           const struct smini_packet_facts *packet, struct smini_hits *hits);

/* One UDP datagram of a flow; offsets of hits count on from `offset`. */
int32_t smini_match_datagram(struct smini_matcher *matcher, const struct smini_flow_facts *facts, uint32_t direction,
                             uint64_t offset, struct smini_span payload, struct smini_hits *hits);

/* The number of a packet that a test asks for; false when this packet has none. */
bool smini_packet_number(const struct smini_packet_facts *packet, const struct smini_flow_facts *facts,
                         enum smini_packet_number number, uint64_t *value);

#endif
