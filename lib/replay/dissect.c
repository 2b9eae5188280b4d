/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/dissect.h"

#include <string.h>

#include "replay/dissect_walk.h"
#include "replay/link.h"

/* Everything but the tunnels, of which only those counted are ever looked at. */
static inline void clear(struct smini_dissected *out)
{
    memset(out, 0, offsetof(struct smini_dissected, tunnels));
}

void smini_walk_run(struct smini_walk *walk)
{
    while (walk->step != SMINI_STEP_END) {
        if (++walk->layers > SMINI_LAYERS_MAX) {
            smini_walk_bad(walk, "link", "layers_limit");
            return;
        }
        switch (walk->step) {
        case SMINI_STEP_ETHERNET: smini_link_ethernet(walk); break;
        case SMINI_STEP_ETHER_TYPE: smini_link_ether_type(walk); break;
        case SMINI_STEP_LLC: smini_link_llc(walk); break;
        case SMINI_STEP_PPP: smini_link_ppp(walk); break;
        case SMINI_STEP_MPLS: smini_link_mpls(walk); break;
        case SMINI_STEP_IP: smini_ip_any(walk); break;
        case SMINI_STEP_IP4: smini_ip_four(walk); break;
        case SMINI_STEP_IP6: smini_ip_six(walk); break;
        case SMINI_STEP_PROTOCOL: smini_ip_protocol(walk); break;
        case SMINI_STEP_END: break;
        }
    }
}

void smini_dissect_general(const struct smini_packet *packet, struct smini_dissected *out)
{
    struct smini_walk walk = {
        .bytes = smini_cursor_make(smini_span_make(packet->bytes, packet->captured), 0),
        .wire = packet->wire_length > packet->captured ? packet->wire_length : packet->captured,
        .out = out,
    };
    clear(out);
    smini_link_begin(&walk, packet->link_type);
    smini_walk_run(&walk);
}

void smini_dissect_ip(const uint8_t *bytes, uint32_t length, const struct smini_dissected *outer,
                      struct smini_dissected *out)
{
    uint8_t vlan_count = outer->vlan_count;
    uint8_t tunnel_count = outer->tunnel_count;
    uint16_t vlan[SMINI_VLAN_MAX];
    memcpy(vlan, outer->vlan, sizeof(vlan));
    if (outer != out)
        memcpy(out->tunnels, outer->tunnels, tunnel_count * sizeof(out->tunnels[0]));
    clear(out);
    out->vlan_count = vlan_count;
    out->tunnel_count = tunnel_count;
    memcpy(out->vlan, vlan, sizeof(vlan));
    struct smini_walk walk = {
        .bytes = smini_cursor_make(smini_span_make(bytes, length), 0),
        .wire = length,
        .step = SMINI_STEP_IP,
        .out = out,
    };
    smini_walk_run(&walk);
}

/* --- the fast path: Ethernet, at most one VLAN tag, IP without options, TCP or UDP, nothing cut ------------- */

/*
 * Reads without the cursor: each access is below a length that was compared
 * with what was captured just before. Anything unusual is left to the general
 * path, which gives the same answer for every packet taken here; a test holds
 * the two together.
 */
static inline bool fast_tcp(const uint8_t *tcp, uint32_t length, struct smini_dissected *out)
{
    if (length < 20)
        return false;
    uint32_t header = (uint32_t)(tcp[12] >> 4) * 4;
    if (header < 20 || header > length)
        return false;
    out->kind = SMINI_DISSECT_TCP;
    out->sequence = smini_bytes_u32(tcp + 4);
    out->acknowledgement = smini_bytes_u32(tcp + 8);
    out->tcp_flags = tcp[13];
    out->window = smini_bytes_u16(tcp + 14);
    out->urgent = smini_bytes_u16(tcp + 18);
    /* NOP NOP TIMESTAMP is what nearly every segment with options has. */
    if (header == 32 && smini_bytes_u32(tcp + 20) == 0x0101080a) {
        out->has_timestamp = true;
        out->timestamp_value = smini_bytes_u32(tcp + 24);
        out->timestamp_echo = smini_bytes_u32(tcp + 28);
    } else if (header > 20) {
        smini_transport_tcp_options(tcp + 20, header - 20, out);
    }
    out->payload = tcp + header;
    out->payload_bytes = out->payload_wire = length - header;
    return true;
}

static inline bool fast_udp(const uint8_t *udp, uint32_t length, struct smini_dissected *out)
{
    if (length < 8 || smini_bytes_u16(udp + 4) != length || smini_tunnel_port(smini_bytes_u16(udp + 2)))
        return false;
    out->kind = SMINI_DISSECT_UDP;
    out->payload = udp + 8;
    out->payload_bytes = out->payload_wire = length - 8;
    return true;
}

static inline bool fast_transport(const uint8_t *transport, uint32_t length, struct smini_dissected *out)
{
    if (out->protocol == 6 ? !fast_tcp(transport, length, out)
                           : out->protocol != 17 || !fast_udp(transport, length, out))
        return false;
    out->transport = transport;
    out->transport_bytes = length;
    out->source_port = smini_bytes_u16(transport);
    out->destination_port = smini_bytes_u16(transport + 2);
    return true;
}

static inline bool fast_ip(const uint8_t *ip, uint32_t left, uint32_t type, struct smini_dissected *out)
{
    uint32_t header, total;
    if (type == 0x0800) {
        if (left < 20 || ip[0] != 0x45 || (smini_bytes_u16(ip + 6) & 0x3fff) != 0)
            return false;
        header = 20;
        total = smini_bytes_u16(ip + 2);
        out->protocol = ip[9];
        out->ttl = ip[8];
        out->source = ip + 12;
        out->destination = ip + 16;
        out->fragment_id = smini_bytes_u16(ip + 4);
    } else {
        if (left < 40 || ip[0] >> 4 != 6 || smini_bytes_u16(ip + 4) == 0)
            return false;
        header = 40;
        total = 40 + (uint32_t)smini_bytes_u16(ip + 4);
        out->protocol = ip[6];
        out->ttl = ip[7];
        out->source = ip + 8;
        out->destination = ip + 24;
    }
    if (total < header || total > left)
        return false;
    out->ip_version = ip[0] >> 4;
    out->ip = ip;
    out->ip_bytes = out->ip_total = total;
    return fast_transport(ip + header, total - header, out);
}

static bool dissect_fast(const struct smini_packet *packet, struct smini_dissected *out)
{
    const uint8_t *bytes = packet->bytes;
    if (packet->link_type != SMINI_LINK_ETHERNET || packet->captured < 18)
        return false;
    uint32_t type = smini_bytes_u16(bytes + 12);
    uint32_t at = 14;
    clear(out);
    if (type == 0x8100) {
        out->vlan[0] = smini_bytes_u16(bytes + 14) & 0xfff;
        out->vlan_count = 1;
        type = smini_bytes_u16(bytes + 16);
        at = 18;
    }
    if (type != 0x0800 && type != 0x86dd)
        return false;
    return fast_ip(bytes + at, packet->captured - at, type, out);
}

void smini_dissect(const struct smini_packet *packet, struct smini_dissected *out)
{
    if (!dissect_fast(packet, out))
        smini_dissect_general(packet, out);
}
