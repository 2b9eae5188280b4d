/* SPDX-License-Identifier: BSD-2-Clause */
/* IPv4 and IPv6 headers, IPv6 extension headers, and what an IP protocol number leads to. */
#include "replay/dissect_walk.h"
#include "replay/ip.h"

void smini_ip_any(struct smini_walk *walk)
{
    if (smini_walk_left(walk) == 0)
        smini_walk_bad(walk, "ip", "ip_header_cut");
    else if (walk->bytes.at[0] >> 4 == 6)
        smini_walk_go(walk, SMINI_STEP_IP6, 0);
    else
        smini_walk_go(walk, SMINI_STEP_IP4, 0);
}

/* `ip` begins a packet that claims `total` bytes, of which `header` were taken. */
static void enter(struct smini_walk *walk, const uint8_t *ip, uint32_t header, uint32_t total)
{
    struct smini_dissected *out = walk->out;
    smini_walk_narrow(walk, total - header);
    out->ip = ip;
    out->ip_total = total;
    out->ip_bytes = (uint32_t)(walk->bytes.end - ip);
    out->ip_version = ip[0] >> 4;
    out->more_fragments = false;
    out->fragment_offset = 0;
    out->fragment_id = 0;
    walk->extensions = 0;
}

/* What stands here is a piece of a datagram, for defrag. */
static void fragment(struct smini_walk *walk)
{
    struct smini_dissected *out = walk->out;
    out->kind = SMINI_DISSECT_FRAGMENT;
    out->transport = out->payload = walk->bytes.at;
    out->transport_bytes = out->payload_bytes = smini_walk_left(walk);
    out->payload_wire = walk->wire;
    if (out->payload_bytes < out->payload_wire)
        out->facts |= SMINI_FACT_CUT;
    walk->step = SMINI_STEP_END;
}

void smini_ip_four(struct smini_walk *walk)
{
    struct smini_dissected *out = walk->out;
    uint32_t wire = walk->wire;
    const uint8_t *ip = smini_walk_take(walk, 20);
    if (!ip) {
        smini_walk_bad(walk, "ip", "ip_header_cut");
        return;
    }
    uint32_t header = (uint32_t)(ip[0] & 15) * 4;
    uint32_t total = smini_bytes_u16(ip + 2);
    if (total == 0) /* offloaded to the network card: the packet ends where the frame does */
        total = wire;
    if (ip[0] >> 4 != 4)
        smini_walk_bad(walk, "ip", "ip_version_wrong");
    else if (header < 20)
        smini_walk_bad(walk, "ip", "ip_header_length_short");
    else if (total < header)
        smini_walk_bad(walk, "ip", "ip_total_short");
    else if (!smini_walk_take(walk, header - 20))
        smini_walk_bad(walk, "ip", "ip_header_cut");
    if (out->kind == SMINI_DISSECT_BAD)
        return;
    enter(walk, ip, header, total);
    out->protocol = ip[9];
    out->ttl = ip[8];
    out->source = ip + 12;
    out->destination = ip + 16;
    out->fragment_id = smini_bytes_u16(ip + 4);
    uint32_t flags = smini_bytes_u16(ip + 6);
    out->more_fragments = (flags & 0x2000) != 0;
    out->fragment_offset = (flags & 0x1fff) * 8;
    if (out->more_fragments || out->fragment_offset != 0)
        fragment(walk);
    else
        smini_walk_go(walk, SMINI_STEP_PROTOCOL, out->protocol);
}

void smini_ip_six(struct smini_walk *walk)
{
    struct smini_dissected *out = walk->out;
    uint32_t wire = walk->wire;
    const uint8_t *ip = smini_walk_take(walk, 40);
    if (!ip) {
        smini_walk_bad(walk, "ip", "ip_header_cut");
        return;
    }
    if (ip[0] >> 4 != 6) {
        smini_walk_bad(walk, "ip", "ip_version_wrong");
        return;
    }
    uint32_t length = smini_bytes_u16(ip + 4);
    /* Zero: a jumbogram, or offloaded to the network card. */
    enter(walk, ip, 40, length == 0 ? wire : 40 + length);
    out->protocol = ip[6];
    out->ttl = ip[7];
    out->source = ip + 8;
    out->destination = ip + 24;
    smini_walk_go(walk, SMINI_STEP_PROTOCOL, out->protocol);
}

/* One extension header of `protocol`; 0 when that is none. Bytes it has, by its own length field. */
uint32_t smini_ip_extension_length(uint8_t protocol, const uint8_t *header)
{
    switch (protocol) {
    case SMINI_IP_HOP_BY_HOP:
    case SMINI_IP_ROUTING:
    case SMINI_IP_DESTINATION:
    case SMINI_IP_MOBILITY:
    case SMINI_IP_HIP:
    case SMINI_IP_SHIM6: return ((uint32_t)header[1] + 1) * 8;
    case SMINI_IP_FRAGMENT: return 8;
    case SMINI_IP_AH: return ((uint32_t)header[1] + 2) * 4;
    default: return 0;
    }
}

static void six_fragment(struct smini_walk *walk, const uint8_t *header)
{
    struct smini_dissected *out = walk->out;
    uint32_t offset = smini_bytes_u16(header + 2);
    bool more = (offset & 1) != 0;
    if (!more && (offset & 0xfff8) == 0) { /* "atomic": a whole packet that says it might have been cut */
        smini_walk_go(walk, SMINI_STEP_PROTOCOL, out->protocol);
        return;
    }
    out->fragment_id = smini_bytes_u32(header + 4);
    out->fragment_offset = offset & 0xfff8;
    out->more_fragments = more;
    fragment(walk);
}

static void extension(struct smini_walk *walk)
{
    struct smini_dissected *out = walk->out;
    if (++walk->extensions > SMINI_IP_EXTENSIONS_MAX) {
        smini_walk_bad(walk, "ip", "ip_extensions_limit");
        return;
    }
    uint8_t protocol = (uint8_t)walk->type;
    const uint8_t *header = smini_walk_take(walk, 8);
    uint32_t length = header ? smini_ip_extension_length(protocol, header) : 0;
    if (!header || !smini_walk_take(walk, length > 8 ? length - 8 : 0)) {
        smini_walk_bad(walk, "ip", "ip_extension_cut");
        return;
    }
    out->protocol = header[0];
    if (protocol == SMINI_IP_FRAGMENT)
        six_fragment(walk, header);
    else
        smini_walk_go(walk, SMINI_STEP_PROTOCOL, out->protocol);
}

/* Nothing for flows; rules on packets look at what the IP packet carries. */
static void carried(struct smini_walk *walk)
{
    struct smini_dissected *out = walk->out;
    out->transport = out->payload = walk->bytes.at;
    out->transport_bytes = out->payload_bytes = smini_walk_left(walk);
    out->payload_wire = walk->wire;
    smini_walk_other(walk);
}

void smini_ip_protocol(struct smini_walk *walk)
{
    switch (walk->type) {
    case SMINI_IP_TCP: smini_transport_tcp(walk); break;
    case SMINI_IP_UDP: smini_transport_udp(walk); break;
    case SMINI_IP_IN_IP: smini_tunnel_ip(walk, SMINI_STEP_IP4); break;
    case SMINI_IP_SIX_IN_IP: smini_tunnel_ip(walk, SMINI_STEP_IP6); break;
    case SMINI_IP_GRE: smini_tunnel_gre(walk); break;
    case SMINI_IP_AH: extension(walk); break;
    case SMINI_IP_HOP_BY_HOP:
    case SMINI_IP_ROUTING:
    case SMINI_IP_FRAGMENT:
    case SMINI_IP_DESTINATION:
    case SMINI_IP_MOBILITY:
    case SMINI_IP_HIP:
    case SMINI_IP_SHIM6:
        if (walk->out->ip_version == 6) {
            extension(walk);
            break;
        }
        smini_walk_other(walk);
        break;
    default: carried(walk);
    }
}
