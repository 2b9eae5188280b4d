/* SPDX-License-Identifier: BSD-2-Clause */
#include "wrap.h"

enum { MAC_BYTES = 6, HEADER_MAX = 128, PROTOCOL_IPIP = 4, PROTOCOL_IPV6 = 41, PROTOCOL_GRE = 47, PROTOCOL_UDP = 17 };

/* Bytes gathered before what they stand in front of. */
struct head {
    uint8_t bytes[HEADER_MAX];
    size_t length;
};

static void head_put(struct head *head, const void *bytes, size_t length)
{
    if (length > sizeof(head->bytes) - head->length)
        smini_store_stop(SMINI_EXIT_USAGE, "too many tags on one packet");
    memcpy(head->bytes + head->length, bytes, length);
    head->length += length;
}

static void head_u16(struct head *head, uint32_t value)
{
    const uint8_t bytes[2] = {(uint8_t)(value >> 8), (uint8_t)value};
    head_put(head, bytes, sizeof(bytes));
}

static void head_u32(struct head *head, uint32_t value)
{
    head_u16(head, value >> 16);
    head_u16(head, value & 0xffff);
}

static void join(struct smini_store *store, const struct head *head, struct smini_frame *frame)
{
    uint8_t *bytes = smini_store_get(store, head->length + frame->length);
    memcpy(bytes, head->bytes, head->length);
    memcpy(bytes + head->length, frame->bytes, frame->length);
    frame->bytes = bytes;
    frame->length += head->length;
}

static void push_shim(struct smini_frame *frame, const struct head *head, size_t drop)
{
    if (head->length + frame->shim_length - drop > SMINI_SHIM_MAX)
        smini_store_stop(SMINI_EXIT_USAGE, "too many tags on one packet");
    memmove(frame->shim + head->length, frame->shim + drop, frame->shim_length - drop);
    memcpy(frame->shim, head->bytes, head->length);
    frame->shim_length += head->length - drop;
}

static bool is_plain(const struct smini_frame *frame)
{
    return frame->shim_length == 2;
}

static void need_plain(const struct smini_frame *frame, const char *name)
{
    if (!is_plain(frame))
        smini_store_stop(SMINI_EXIT_USAGE, "%s carries IP only: put tags around it, not into it", name);
}

static void tag_vlan(struct smini_frame *frame, uint32_t ethertype, uint32_t id)
{
    struct head head = {0};
    head_u16(&head, ethertype);
    head_u16(&head, id);
    push_shim(frame, &head, 0);
}

static void tag_mpls(struct smini_frame *frame)
{
    struct head head = {0};
    need_plain(frame, "mpls");
    head_u16(&head, 0x8847);
    head_u32(&head, (1000u << 12) | 0x100 | 64); /* label 1000, bottom of the stack, 64 hops */
    push_shim(frame, &head, 2);
}

static void tag_pppoe(struct smini_frame *frame)
{
    struct head head = {0};
    need_plain(frame, "pppoe");
    head_u16(&head, 0x8864);
    head_u16(&head, 0x1100);
    head_u16(&head, 0x0042);
    head_u16(&head, (uint32_t)frame->length + 2);
    head_u16(&head, frame->source.ip_version == 6 ? 0x0057 : 0x0021);
    push_shim(frame, &head, 2);
}

/* The whole Ethernet frame becomes the payload. */
static void take_ethernet(struct smini_store *store, struct smini_frame *frame)
{
    struct head head = {0};
    head_put(&head, frame->destination.mac, MAC_BYTES);
    head_put(&head, frame->source.mac, MAC_BYTES);
    head_put(&head, frame->shim, frame->shim_length);
    join(store, &head, frame);
}

/* Two tunnel ends of their own, whatever is inside. */
static void outer_ip(struct smini_packets *packets, struct smini_frame *frame, uint8_t protocol, uint16_t port)
{
    static const uint8_t ends[2][4] = {{203, 0, 113, 1}, {203, 0, 113, 2}};
    int forward = frame->direction == SMINI_TO_SERVER ? 0 : 1;
    struct smini_endpoint *sides[2] = {&frame->source, &frame->destination};
    for (int i = 0; i < 2; i++) {
        struct smini_endpoint *side = sides[i];
        const uint8_t mac[MAC_BYTES] = {2, 0, 0, 0, 1, (uint8_t)(1 + (i ^ forward))};
        memcpy(side->mac, mac, sizeof(mac));
        memset(side->ip, 0, sizeof(side->ip));
        memcpy(side->ip, ends[i ^ forward], 4);
        side->ip_version = 4;
        side->port = port;
    }
    frame->kind = protocol == PROTOCOL_UDP ? SMINI_FRAME_UDP : SMINI_FRAME_OTHER;
    frame->protocol = protocol;
    frame->ttl = 62;
    frame->ip_fragment = 0;
    frame->bad_l4_checksum = frame->bad_ip_checksum = false;
    smini_packets_render(packets, frame);
}

static void tunnel_gre(struct smini_packets *packets, struct smini_store *store, struct smini_frame *frame)
{
    struct head head = {0};
    need_plain(frame, "gre");
    head_u16(&head, 0);
    head_put(&head, frame->shim, 2);
    join(store, &head, frame);
    outer_ip(packets, frame, PROTOCOL_GRE, 0);
}

static void tunnel_erspan2(struct smini_packets *packets, struct smini_store *store, struct smini_frame *frame,
                           uint32_t sequence)
{
    struct head head = {0};
    take_ethernet(store, frame);
    head_u16(&head, 0x1000); /* GRE with a sequence number */
    head_u16(&head, 0x88be);
    head_u32(&head, sequence);
    head_u32(&head, 0x10000000u | 7); /* ERSPAN version 1 is what Cisco calls type II; session 7 */
    head_u32(&head, 0);
    join(store, &head, frame);
    outer_ip(packets, frame, PROTOCOL_GRE, 0);
}

static void tunnel_vxlan(struct smini_packets *packets, struct smini_store *store, struct smini_frame *frame)
{
    struct head head = {0};
    take_ethernet(store, frame);
    head_u32(&head, 0x08000000u);
    head_u32(&head, 42u << 8);
    join(store, &head, frame);
    outer_ip(packets, frame, PROTOCOL_UDP, 4789);
}

static void tunnel_geneve(struct smini_packets *packets, struct smini_store *store, struct smini_frame *frame)
{
    struct head head = {0};
    take_ethernet(store, frame);
    head_u32(&head, 0x00006558u); /* no options, Ethernet inside */
    head_u32(&head, 43u << 8);
    join(store, &head, frame);
    outer_ip(packets, frame, PROTOCOL_UDP, 6081);
}

static void tunnel_gtpu(struct smini_packets *packets, struct smini_store *store, struct smini_frame *frame)
{
    struct head head = {0};
    need_plain(frame, "gtpu");
    head_u16(&head, 0x30ff); /* version 1, a user packet */
    head_u16(&head, (uint32_t)frame->length);
    head_u32(&head, 44);
    join(store, &head, frame);
    outer_ip(packets, frame, PROTOCOL_UDP, 2152);
}

static void tunnel_ipip(struct smini_packets *packets, struct smini_frame *frame)
{
    need_plain(frame, "ipip");
    outer_ip(packets, frame, frame->source.ip_version == 6 ? PROTOCOL_IPV6 : PROTOCOL_IPIP, 0);
}

static const char *const names[] = {"vlan",    "qinq",  "mpls",   "pppoe", "gre",
                                    "erspan2", "vxlan", "geneve", "gtpu",  "ipip"};

static size_t index_of(const char *name)
{
    size_t index = 0;
    while (index < sizeof(names) / sizeof(names[0]) && strcmp(names[index], name) != 0)
        index++;
    return index;
}

bool smini_wrap_known(const char *name)
{
    return index_of(name) < sizeof(names) / sizeof(names[0]);
}

void smini_wrap_frame(struct smini_packets *packets, struct smini_store *store, const char *name,
                      struct smini_frame *frame, uint32_t sequence)
{
    if (frame->kind == SMINI_FRAME_LINK)
        return;
    /* Fragments share the identification of their packet; what carries them must not. */
    frame->ip_id = (uint16_t)sequence;
    switch (index_of(name)) {
    case 0:
        tag_vlan(frame, 0x8100, 100);
        break;
    case 1:
        tag_vlan(frame, 0x8100, 100);
        tag_vlan(frame, 0x88a8, 200);
        break;
    case 2:
        tag_mpls(frame);
        break;
    case 3:
        tag_pppoe(frame);
        break;
    case 4:
        tunnel_gre(packets, store, frame);
        break;
    case 5:
        tunnel_erspan2(packets, store, frame, sequence);
        break;
    case 6:
        tunnel_vxlan(packets, store, frame);
        break;
    case 7:
        tunnel_geneve(packets, store, frame);
        break;
    case 8:
        tunnel_gtpu(packets, store, frame);
        break;
    case 9:
        tunnel_ipip(packets, frame);
        break;
    }
}

static void link_null(const struct smini_capture_format *format, const struct smini_frame *frame, struct head *head)
{
    uint8_t family = frame->source.ip_version == 6 ? 30 : 2;
    const uint8_t little[4] = {family, 0, 0, 0}, big[4] = {0, 0, 0, family};
    need_plain(frame, "null");
    head_put(head, format->big_endian ? big : little, 4);
}

static void link_sll(const struct smini_frame *frame, struct head *head, bool second)
{
    if (second) {
        head_put(head, frame->shim, 2);
        head_u16(head, 0);
        head_u32(head, 3); /* interface number */
        head_u16(head, 1); /* Ethernet */
        head_u16(head, 0x0006);
    } else {
        head_u16(head, 0);
        head_u16(head, 1);
        head_u16(head, MAC_BYTES);
    }
    head_put(head, frame->source.mac, MAC_BYTES);
    head_u16(head, 0);
    if (second)
        head_put(head, frame->shim + 2, frame->shim_length - 2);
    else
        head_put(head, frame->shim, frame->shim_length);
}

void smini_wrap_link(struct smini_store *store, const struct smini_capture_format *format, struct smini_frame *frame)
{
    struct head head = {0};
    if (frame->kind == SMINI_FRAME_LINK)
        return;
    switch (format->link) {
    case 0:
        link_null(format, frame, &head);
        break;
    case 9:
        need_plain(frame, "ppp");
        head_u16(&head, 0xff03);
        head_u16(&head, frame->source.ip_version == 6 ? 0x0057 : 0x0021);
        break;
    case 101:
        need_plain(frame, "raw");
        break;
    case 113:
    case 276:
        link_sll(frame, &head, format->link == 276);
        break;
    default:
        head_put(&head, frame->destination.mac, MAC_BYTES);
        head_put(&head, frame->source.mac, MAC_BYTES);
        head_put(&head, frame->shim, frame->shim_length);
    }
    join(store, &head, frame);
    frame->kind = SMINI_FRAME_LINK;
}
