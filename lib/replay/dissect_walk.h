/* SPDX-License-Identifier: BSD-2-Clause */
/* What the layers of the dissector hand to each other. Private to dissect, link, ip, tunnel. */
#ifndef SMINI_DISSECT_WALK_H
#define SMINI_DISSECT_WALK_H

#include "base/cursor.h"
#include "replay/dissect.h"

/*
 * Headers of one packet, all layers together. Four tunnels, each with link,
 * VLAN, IP and extension headers, stay below it; more is made to cost time.
 */
enum { SMINI_LAYERS_MAX = 40 };
/* Labels of one MPLS stack; real ones have two to four. */
enum { SMINI_MPLS_LABELS_MAX = 16 };
/* IPv6 extension headers of one packet (AH of IPv4 counts too); hosts accept about as many. */
enum { SMINI_IP_EXTENSIONS_MAX = 8 };

/* What stands at the walk's position. */
enum smini_step {
    SMINI_STEP_END,
    SMINI_STEP_ETHERNET,
    SMINI_STEP_ETHER_TYPE, /* `type` is an EtherType */
    SMINI_STEP_LLC,
    SMINI_STEP_PPP,
    SMINI_STEP_MPLS,
    SMINI_STEP_IP, /* version by the first nibble */
    SMINI_STEP_IP4,
    SMINI_STEP_IP6,
    SMINI_STEP_PROTOCOL /* `type` is an IP protocol number */
};

struct smini_walk {
    struct smini_cursor bytes; /* captured, up to the end of what encloses them */
    uint32_t wire;             /* the same on the wire: never less than what is captured */
    uint32_t layers;
    uint32_t extensions; /* of the current IP packet */
    enum smini_step step;
    uint16_t type;
    bool recognised; /* nothing for us, but of a kind we know by name (ARP) */
    struct smini_dissected *out;
};

/* The next `length` bytes, NULL when fewer were captured. */
static inline const uint8_t *smini_walk_take(struct smini_walk *walk, uint32_t length)
{
    const uint8_t *bytes = smini_cursor_take(&walk->bytes, length);
    if (bytes)
        walk->wire -= length;
    return bytes;
}

static inline uint32_t smini_walk_left(const struct smini_walk *walk)
{
    return (uint32_t)smini_cursor_left(&walk->bytes);
}

/* What follows ends after `length` bytes: the rest is padding or a trailer. */
static inline void smini_walk_narrow(struct smini_walk *walk, uint32_t length)
{
    if (length < smini_walk_left(walk))
        walk->bytes.end = walk->bytes.at + length;
    walk->wire = length;
}

static inline void smini_walk_bad(struct smini_walk *walk, const char *layer, const char *event)
{
    walk->out->kind = SMINI_DISSECT_BAD;
    walk->out->bad_layer = layer;
    walk->out->bad_event = event;
    walk->step = SMINI_STEP_END;
}

static inline void smini_walk_other(struct smini_walk *walk)
{
    walk->out->kind = SMINI_DISSECT_OTHER;
    walk->step = SMINI_STEP_END;
}

static inline void smini_walk_go(struct smini_walk *walk, enum smini_step step, uint16_t type)
{
    walk->step = step;
    walk->type = type;
}

/* True for ports below which a tunnel may be; the fast path leaves those alone. */
static inline bool smini_tunnel_port(uint16_t port)
{
    return port == 4789 || port == 6081 || port == 2152;
}

/* smini_dissect without its shortcut for ordinary packets; tests compare the two. */
void smini_dissect_general(const struct smini_packet *packet, struct smini_dissected *out);

/* Takes steps until nothing is left to read. */
void smini_walk_run(struct smini_walk *walk);

/* link.c: sets the first step by the link type; then one function per step. */
void smini_link_begin(struct smini_walk *walk, uint32_t link_type);
void smini_link_ethernet(struct smini_walk *walk);
void smini_link_ether_type(struct smini_walk *walk);
void smini_link_llc(struct smini_walk *walk);
void smini_link_ppp(struct smini_walk *walk);
void smini_link_mpls(struct smini_walk *walk);

/* ip.c */
void smini_ip_any(struct smini_walk *walk);
void smini_ip_four(struct smini_walk *walk);
void smini_ip_six(struct smini_walk *walk);
void smini_ip_protocol(struct smini_walk *walk);

/* dissect_transport.c: TCP and UDP headers, to the end of the walk (or into a UDP tunnel). */
void smini_transport_tcp(struct smini_walk *walk);
void smini_transport_udp(struct smini_walk *walk);
void smini_transport_tcp_options(const uint8_t *options, uint32_t length, struct smini_dissected *out);

/* tunnel.c */
void smini_tunnel_gre(struct smini_walk *walk);
void smini_tunnel_ip(struct smini_walk *walk, enum smini_step inner);
/* True when the datagram's payload is a tunnelled packet; then the walk is over and `out` holds the inner one. */
bool smini_tunnel_udp(struct smini_walk *walk);

#endif
