/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets inside packets: GRE, ERSPAN, IP in IP, and below UDP: VXLAN, GENEVE, GTP-U. */
#include <string.h>

#include "replay/dissect_walk.h"

enum { GRE_CHECKSUM = 0x8000, GRE_ROUTING = 0x4000, GRE_KEY = 0x2000, GRE_SEQUENCE = 0x1000, GRE_ACK = 0x0080 };
enum { GRE_TYPE_ERSPAN = 0x88be, GRE_TYPE_ERSPAN3 = 0x22eb };

/* The outer IP packet becomes a tunnel; what follows is inside it. */
static bool tunnel_enter(struct smini_walk *walk, enum smini_tunnel_kind kind, uint32_t id)
{
    struct smini_dissected *out = walk->out;
    if (out->tunnel_count == SMINI_TUNNEL_MAX) {
        smini_walk_bad(walk, "ip", "nesting_limit");
        return false;
    }
    struct smini_tunnel *tunnel = &out->tunnels[out->tunnel_count++];
    uint32_t length = out->ip_version == 4 ? 4 : 16;
    memset(tunnel, 0, sizeof(*tunnel));
    tunnel->kind = (uint8_t)kind;
    tunnel->ip_version = out->ip_version;
    tunnel->id = id;
    memcpy(tunnel->source, out->source, length);
    memcpy(tunnel->destination, out->destination, length);
    out->transport = NULL; /* of the outer packet, where that was UDP */
    out->transport_bytes = 0;
    out->source_port = out->destination_port = 0;
    return true;
}

void smini_tunnel_ip(struct smini_walk *walk, enum smini_step inner)
{
    if (tunnel_enter(walk, SMINI_TUNNEL_IPIP, 0))
        smini_walk_go(walk, inner, 0);
}

/* Type I has no header of its own, II has eight bytes, III twelve and perhaps eight more. */
static void erspan(struct smini_walk *walk, enum smini_tunnel_kind kind)
{
    uint32_t session = 0;
    enum smini_step inner = SMINI_STEP_ETHERNET;
    if (kind != SMINI_TUNNEL_ERSPAN1) {
        uint32_t length = kind == SMINI_TUNNEL_ERSPAN2 ? 8 : 12;
        const uint8_t *header = smini_walk_take(walk, length);
        bool more = header && kind == SMINI_TUNNEL_ERSPAN3 && (header[11] & 1) != 0;
        if (!header || (more && !smini_walk_take(walk, 8))) {
            smini_walk_bad(walk, "ip", "erspan_header_cut");
            return;
        }
        session = smini_bytes_u16(header + 2) & 0x3ff;
        if (kind == SMINI_TUNNEL_ERSPAN3 && ((header[10] >> 2) & 31) == 2)
            inner = SMINI_STEP_IP;
    }
    if (tunnel_enter(walk, kind, session))
        smini_walk_go(walk, inner, 0);
}

/* RFC 1701 source routes: entries until one of no address family and no length. */
static bool gre_skip_routes(struct smini_walk *walk)
{
    for (;;) {
        const uint8_t *entry = smini_walk_take(walk, 4);
        if (!entry)
            return false;
        if (smini_bytes_u16(entry) == 0 && entry[3] == 0)
            return true;
        if (!smini_walk_take(walk, entry[3]))
            return false;
    }
}

void smini_tunnel_gre(struct smini_walk *walk)
{
    const uint8_t *header = smini_walk_take(walk, 4);
    uint32_t flags = header ? smini_bytes_u16(header) : 0;
    uint16_t type = header ? smini_bytes_u16(header + 2) : 0;
    if (header && (flags & 7) > 1) {
        smini_walk_bad(walk, "ip", "gre_version_unknown");
        return;
    }
    bool cut = !header || ((flags & (GRE_CHECKSUM | GRE_ROUTING)) != 0 && !smini_walk_take(walk, 4));
    const uint8_t *key = !cut && (flags & GRE_KEY) ? smini_walk_take(walk, 4) : NULL;
    cut = cut || ((flags & GRE_KEY) && !key) || ((flags & GRE_SEQUENCE) && !smini_walk_take(walk, 4)) ||
          ((flags & 7) == 1 && (flags & GRE_ACK) && !smini_walk_take(walk, 4)) ||
          ((flags & GRE_ROUTING) && !gre_skip_routes(walk));
    if (cut)
        smini_walk_bad(walk, "ip", "gre_header_cut");
    else if (type == GRE_TYPE_ERSPAN)
        erspan(walk, flags & GRE_SEQUENCE ? SMINI_TUNNEL_ERSPAN2 : SMINI_TUNNEL_ERSPAN1);
    else if (type == GRE_TYPE_ERSPAN3)
        erspan(walk, SMINI_TUNNEL_ERSPAN3);
    else if (tunnel_enter(walk, SMINI_TUNNEL_GRE, key ? smini_bytes_u32(key) : 0))
        smini_walk_go(walk, type <= 1500 ? SMINI_STEP_END : SMINI_STEP_ETHER_TYPE, type);
    if (walk->out->kind == 0 && walk->step == SMINI_STEP_END) /* keep-alives: type 0, nothing inside */
        smini_walk_other(walk);
}

static bool vxlan(struct smini_walk *walk)
{
    const uint8_t *header = smini_walk_take(walk, 8);
    if (!header || (header[0] & 0x08) == 0)
        return false;
    if (tunnel_enter(walk, SMINI_TUNNEL_VXLAN, smini_bytes_u32(header + 4) >> 8))
        smini_walk_go(walk, SMINI_STEP_ETHERNET, 0);
    return true;
}

static bool geneve(struct smini_walk *walk)
{
    const uint8_t *header = smini_walk_take(walk, 8);
    if (!header || header[0] >> 6 != 0 || smini_bytes_u16(header + 2) <= 1500 ||
        !smini_walk_take(walk, (uint32_t)(header[0] & 0x3f) * 4))
        return false;
    if (tunnel_enter(walk, SMINI_TUNNEL_GENEVE, smini_bytes_u32(header + 4) >> 8))
        smini_walk_go(walk, SMINI_STEP_ETHER_TYPE, smini_bytes_u16(header + 2));
    return true;
}

/* Extension headers: each says its length in words and ends with the type of the next. */
static bool gtp_skip_extensions(struct smini_walk *walk, uint8_t type)
{
    while (type != 0) {
        uint32_t length = smini_walk_left(walk) > 0 ? (uint32_t)walk->bytes.at[0] * 4 : 0;
        const uint8_t *extension = length > 0 ? smini_walk_take(walk, length) : NULL;
        if (!extension)
            return false;
        type = extension[length - 1];
    }
    return true;
}

static bool gtp_user(struct smini_walk *walk)
{
    enum { G_PDU = 255 };
    const uint8_t *header = smini_walk_take(walk, 8);
    if (!header || (header[0] & 0xf0) != 0x30 || header[1] != G_PDU)
        return false;
    uint32_t length = smini_bytes_u16(header + 2);
    if (length > walk->wire)
        return false;
    smini_walk_narrow(walk, length);
    if ((header[0] & 0x07) != 0) {
        const uint8_t *more = smini_walk_take(walk, 4);
        if (!more || ((header[0] & 0x04) != 0 && !gtp_skip_extensions(walk, more[3])))
            return false;
    }
    if (tunnel_enter(walk, SMINI_TUNNEL_GTPU, smini_bytes_u32(header + 4)))
        smini_walk_go(walk, SMINI_STEP_IP, 0);
    return true;
}

static bool is_limit(const struct smini_dissected *out)
{
    const char *event = out->bad_event;
    size_t length = event ? strlen(event) : 0;
    return length > 6 && strcmp(event + length - 6, "_limit") == 0;
}

/*
 * Only a port number says "tunnel", so what is inside has to look like a
 * packet. If it does not, the datagram is what it is without the tunnel.
 * A limit that was reached inside is told: it must not hide what is deeper.
 */
bool smini_tunnel_udp(struct smini_walk *walk)
{
    struct smini_dissected *out = walk->out;
    struct smini_walk before = *walk;
    struct smini_dissected plain;
    memcpy(&plain, out, sizeof(plain));
    const uint8_t *outer_ip = out->ip;
    out->kind = (enum smini_dissect_kind)0;
    uint16_t port = out->destination_port;
    bool header = port == 4789 ? vxlan(walk) : port == 6081 ? geneve(walk) : gtp_user(walk);
    if (header) {
        smini_walk_run(walk);
        if (out->kind == SMINI_DISSECT_BAD ? is_limit(out) : out->ip != outer_ip || walk->recognised)
            return true;
    }
    memcpy(out, &plain, sizeof(plain));
    /* The layers already walked stay counted: nested guesses must not multiply. */
    uint32_t layers = walk->layers;
    *walk = before;
    walk->layers = layers;
    return false;
}
