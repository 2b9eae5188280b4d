/* SPDX-License-Identifier: BSD-2-Clause */
/* From a packet's link layer down to TCP or UDP: no copy, no allocation, bounded nesting. */
#ifndef SMINI_DISSECT_H
#define SMINI_DISSECT_H

#include <stdbool.h>

#include "replay/packet.h"
#include "replay/problem.h"

enum { SMINI_VLAN_MAX = 4, SMINI_TUNNEL_MAX = 4 };

enum smini_tunnel_kind {
    SMINI_TUNNEL_GRE = 1,
    SMINI_TUNNEL_ERSPAN1,
    SMINI_TUNNEL_ERSPAN2,
    SMINI_TUNNEL_ERSPAN3,
    SMINI_TUNNEL_VXLAN,
    SMINI_TUNNEL_GENEVE,
    SMINI_TUNNEL_IPIP,
    SMINI_TUNNEL_GTPU
};

struct smini_tunnel {
    uint8_t kind;       /* SMINI_TUNNEL_* */
    uint8_t ip_version; /* of the outer packet */
    uint16_t reserved;
    uint32_t id;        /* VNI, TEID, GRE key, ERSPAN session; 0 when it has none */
    uint8_t source[16];
    uint8_t destination[16];
};

enum smini_dissect_kind {
    SMINI_DISSECT_TCP = 1,
    SMINI_DISSECT_UDP,
    SMINI_DISSECT_FRAGMENT, /* hand it to defrag, then dissect what comes back with smini_dissect_ip */
    SMINI_DISSECT_OTHER,    /* well-formed, nothing for us (ARP, ICMP, an unknown transport) */
    SMINI_DISSECT_BAD       /* damaged or cut; `bad_event` says how */
};

/* Facts about a packet that never hide the reading without them. */
enum {
    SMINI_FACT_BAD_IP_CHECKSUM = 1,
    SMINI_FACT_BAD_L4_CHECKSUM = 2,
    SMINI_FACT_CUT = 4 /* the capture holds fewer bytes of the payload than the wire did */
};

/* What a packet is. Pointers go into the packet's bytes. */
struct smini_dissected {
    enum smini_dissect_kind kind;
    uint32_t facts; /* SMINI_FACT_*; checksums only after smini_dissect_checksum */
    uint8_t ip_version;
    uint8_t protocol;
    uint8_t ttl;
    uint8_t vlan_count;
    uint8_t tunnel_count;
    uint8_t tcp_flags;
    uint16_t vlan[SMINI_VLAN_MAX]; /* 12-bit ids, outermost first */
    uint16_t source_port;
    uint16_t destination_port;
    const uint8_t *source; /* 4 or 16 bytes inside the packet */
    const uint8_t *destination;
    const uint8_t *ip;         /* first byte of the innermost IP header */
    uint32_t ip_bytes;         /* captured bytes from there to the end of the IP packet */
    uint32_t ip_total;         /* bytes the IP packet claims to have */
    const uint8_t *transport;  /* TCP or UDP header, or the fragment's payload */
    uint32_t transport_bytes;  /* captured */
    const uint8_t *payload;
    uint32_t payload_bytes;    /* captured */
    uint32_t payload_wire;     /* as the IP length says */
    uint32_t sequence;         /* TCP */
    uint32_t acknowledgement;
    uint32_t window;           /* as in the header, unscaled */
    uint32_t timestamp_value;  /* TCP option 8, when has_timestamp */
    uint32_t timestamp_echo;
    bool has_timestamp;
    bool more_fragments;
    uint16_t urgent;
    uint32_t fragment_id;
    uint32_t fragment_offset; /* bytes */
    const char *bad_event;    /* SMINI_DISSECT_BAD: "ip_header_cut", ... */
    const char *bad_layer;    /* "link", "ip", "tcp", "udp" */
    struct smini_tunnel tunnels[SMINI_TUNNEL_MAX]; /* outermost first; only tunnel_count of them are set */
};

/* Reads a packet. Never fails; see `kind`. Does not touch the payload's bytes. */
void smini_dissect(const struct smini_packet *packet, struct smini_dissected *out);

/*
 * Reads an IP packet that was put together from fragments. `outer` gives what
 * stood before it (VLANs, tunnels); may be `out` itself.
 */
void smini_dissect_ip(const uint8_t *bytes, uint32_t length, const struct smini_dissected *outer,
                      struct smini_dissected *out);

/* Verifies IP and transport checksums, sets the facts. True when none is wrong or they cannot be judged (cut). */
bool smini_dissect_checksum(struct smini_dissected *dissected);

#endif
