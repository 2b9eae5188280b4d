/* SPDX-License-Identifier: BSD-2-Clause */
/* Everything below IP: link headers of capture files, Ethernet, VLAN tags, LLC, PPP, PPPoE, MPLS. */
#include "replay/link.h"

#include "replay/dissect_walk.h"

enum {
    TYPE_IP4 = 0x0800,
    TYPE_ARP = 0x0806,
    TYPE_BRIDGED = 0x6558, /* an Ethernet frame, in GRE and GENEVE */
    TYPE_VLAN = 0x8100,
    TYPE_IP6 = 0x86dd,
    TYPE_PPP = 0x880b,
    TYPE_MPLS = 0x8847,
    TYPE_MPLS_UPSTREAM = 0x8848,
    TYPE_PPPOE_SESSION = 0x8864,
    TYPE_JUMBO_LLC = 0x8870,
    TYPE_VLAN_SERVICE = 0x88a8,
    TYPE_VLAN_9100 = 0x9100, /* outer tags of switches older than 802.1ad */
    TYPE_VLAN_9200 = 0x9200,
    TYPE_VLAN_9300 = 0x9300,
    TYPE_LENGTH_MAX = 1500 /* at most this: an 802.3 length, not a type */
};

enum { PPP_IP4 = 0x0021, PPP_IP6 = 0x0057, PPP_MPLS = 0x0281 };

/* "Cooked" protocol numbers that are no EtherType. */
enum { COOKED_LLC = 4 };

bool smini_link_known(uint32_t link_type)
{
    switch (link_type) {
    case SMINI_LINK_NULL:
    case SMINI_LINK_ETHERNET:
    case SMINI_LINK_PPP:
    case SMINI_LINK_RAW_BSD:
    case SMINI_LINK_RAW_OPENBSD:
    case SMINI_LINK_PPP_SERIAL:
    case SMINI_LINK_PPP_ETHER:
    case SMINI_LINK_RAW:
    case SMINI_LINK_CISCO_HDLC:
    case SMINI_LINK_LOOP:
    case SMINI_LINK_SLL:
    case SMINI_LINK_MPLS:
    case SMINI_LINK_IPV4:
    case SMINI_LINK_IPV6:
    case SMINI_LINK_SLL2:
        return true;
    default:
        return false;
    }
}

/* The address family in the byte order of whoever captured; numbers of IPv6 differ by system. */
uint8_t smini_link_family(const uint8_t header[4])
{
    uint32_t family = smini_bytes_u32(header);
    if (family > 0xffff)
        family = __builtin_bswap32(family);
    switch (family) {
    case 2: return 4;
    case 10: /* Linux */
    case 23: /* Windows */
    case 24: /* NetBSD, OpenBSD */
    case 28: /* FreeBSD */
    case 30: /* macOS */
        return 6;
    default: return 0;
    }
}

static void begin_family(struct smini_walk *walk)
{
    const uint8_t *header = smini_walk_take(walk, 4);
    uint8_t version = header ? smini_link_family(header) : 0;
    if (!header)
        smini_walk_bad(walk, "link", "loopback_header_cut");
    else if (version == 0)
        smini_walk_other(walk);
    else
        smini_walk_go(walk, version == 4 ? SMINI_STEP_IP4 : SMINI_STEP_IP6, 0);
}

static void begin_cooked(struct smini_walk *walk, uint32_t length, uint32_t protocol_at)
{
    const uint8_t *header = smini_walk_take(walk, length);
    if (!header) {
        smini_walk_bad(walk, "link", "cooked_header_cut");
        return;
    }
    uint16_t protocol = smini_bytes_u16(header + protocol_at);
    if (protocol == COOKED_LLC)
        smini_walk_go(walk, SMINI_STEP_LLC, 0);
    else if (protocol <= TYPE_LENGTH_MAX)
        smini_walk_other(walk);
    else
        smini_walk_go(walk, SMINI_STEP_ETHER_TYPE, protocol);
}

static void begin_cisco_hdlc(struct smini_walk *walk)
{
    const uint8_t *header = smini_walk_take(walk, 4);
    if (!header)
        smini_walk_bad(walk, "link", "hdlc_header_cut");
    else
        smini_walk_go(walk, SMINI_STEP_ETHER_TYPE, smini_bytes_u16(header + 2));
}

/* Serial lines carry PPP behind ff 03, or Cisco's HDLC behind 0f 00 or 8f 00. */
static void begin_serial(struct smini_walk *walk)
{
    const uint8_t *at = walk->bytes.at;
    if (smini_walk_left(walk) >= 4 && (at[0] == 0x0f || at[0] == 0x8f) && at[1] == 0)
        begin_cisco_hdlc(walk);
    else
        smini_walk_go(walk, SMINI_STEP_PPP, 0);
}

void smini_link_begin(struct smini_walk *walk, uint32_t link_type)
{
    switch (link_type) {
    case SMINI_LINK_ETHERNET: smini_walk_go(walk, SMINI_STEP_ETHERNET, 0); break;
    case SMINI_LINK_NULL:
    case SMINI_LINK_LOOP: begin_family(walk); break;
    case SMINI_LINK_PPP: smini_walk_go(walk, SMINI_STEP_PPP, 0); break;
    case SMINI_LINK_PPP_SERIAL: begin_serial(walk); break;
    case SMINI_LINK_PPP_ETHER: smini_walk_go(walk, SMINI_STEP_ETHER_TYPE, TYPE_PPPOE_SESSION); break;
    case SMINI_LINK_CISCO_HDLC: begin_cisco_hdlc(walk); break;
    case SMINI_LINK_RAW:
    case SMINI_LINK_RAW_BSD:
    case SMINI_LINK_RAW_OPENBSD: smini_walk_go(walk, SMINI_STEP_IP, 0); break;
    case SMINI_LINK_IPV4: smini_walk_go(walk, SMINI_STEP_IP4, 0); break;
    case SMINI_LINK_IPV6: smini_walk_go(walk, SMINI_STEP_IP6, 0); break;
    case SMINI_LINK_MPLS: smini_walk_go(walk, SMINI_STEP_MPLS, 0); break;
    case SMINI_LINK_SLL: begin_cooked(walk, 16, 14); break;
    case SMINI_LINK_SLL2: begin_cooked(walk, 20, 0); break;
    default: smini_walk_other(walk);
    }
}

void smini_link_ethernet(struct smini_walk *walk)
{
    const uint8_t *header = smini_walk_take(walk, 14);
    if (!header)
        smini_walk_bad(walk, "link", "ethernet_header_cut");
    else
        smini_walk_go(walk, SMINI_STEP_ETHER_TYPE, smini_bytes_u16(header + 12));
}

static void vlan_tag(struct smini_walk *walk)
{
    struct smini_dissected *out = walk->out;
    const uint8_t *tag = smini_walk_take(walk, 4);
    if (!tag) {
        smini_walk_bad(walk, "link", "vlan_tag_cut");
    } else if (out->vlan_count == SMINI_VLAN_MAX) {
        smini_walk_bad(walk, "link", "vlan_limit");
    } else {
        out->vlan[out->vlan_count++] = smini_bytes_u16(tag) & 0xfff;
        smini_walk_go(walk, SMINI_STEP_ETHER_TYPE, smini_bytes_u16(tag + 2));
    }
}

static void pppoe(struct smini_walk *walk)
{
    const uint8_t *header = smini_walk_take(walk, 6);
    if (!header) {
        smini_walk_bad(walk, "link", "pppoe_header_cut");
    } else if (header[0] != 0x11) {
        smini_walk_bad(walk, "link", "pppoe_version_wrong");
    } else if (header[1] != 0) { /* discovery, not a session */
        smini_walk_other(walk);
    } else {
        uint32_t length = smini_bytes_u16(header + 4);
        if (length < walk->wire)
            smini_walk_narrow(walk, length);
        smini_walk_go(walk, SMINI_STEP_PPP, 0);
    }
}

/* 802.3: the field is a length, an LLC header follows. */
static void llc_frame(struct smini_walk *walk)
{
    if (walk->type != 0 && walk->type < walk->wire)
        smini_walk_narrow(walk, walk->type);
    smini_walk_go(walk, SMINI_STEP_LLC, 0);
}

void smini_link_ether_type(struct smini_walk *walk)
{
    if (walk->type <= TYPE_LENGTH_MAX) {
        llc_frame(walk);
        return;
    }
    switch (walk->type) {
    case TYPE_IP4: smini_walk_go(walk, SMINI_STEP_IP4, 0); break;
    case TYPE_IP6: smini_walk_go(walk, SMINI_STEP_IP6, 0); break;
    case TYPE_VLAN:
    case TYPE_VLAN_SERVICE:
    case TYPE_VLAN_9100:
    case TYPE_VLAN_9200:
    case TYPE_VLAN_9300: vlan_tag(walk); break;
    case TYPE_MPLS:
    case TYPE_MPLS_UPSTREAM: smini_walk_go(walk, SMINI_STEP_MPLS, 0); break;
    case TYPE_PPPOE_SESSION: pppoe(walk); break;
    case TYPE_PPP: smini_walk_go(walk, SMINI_STEP_PPP, 0); break;
    case TYPE_BRIDGED: smini_walk_go(walk, SMINI_STEP_ETHERNET, 0); break;
    case TYPE_JUMBO_LLC: smini_walk_go(walk, SMINI_STEP_LLC, 0); break;
    default:
        walk->recognised = walk->type == TYPE_ARP;
        smini_walk_other(walk);
    }
}

void smini_link_llc(struct smini_walk *walk)
{
    const uint8_t *llc = smini_walk_take(walk, 3);
    if (!llc) {
        smini_walk_bad(walk, "link", "llc_header_cut");
    } else if (llc[0] == 0x06 && llc[1] == 0x06 && llc[2] == 0x03) {
        smini_walk_go(walk, SMINI_STEP_IP4, 0);
    } else if (llc[0] != 0xaa || llc[1] != 0xaa || llc[2] != 0x03) {
        smini_walk_other(walk);
    } else {
        const uint8_t *snap = smini_walk_take(walk, 5);
        if (!snap)
            smini_walk_bad(walk, "link", "snap_header_cut");
        else if (snap[0] != 0 || snap[1] != 0 || (snap[2] != 0 && snap[2] != 0xf8) ||
                 smini_bytes_u16(snap + 3) <= TYPE_LENGTH_MAX)
            smini_walk_other(walk); /* a vendor's own protocols, such as CDP */
        else
            smini_walk_go(walk, SMINI_STEP_ETHER_TYPE, smini_bytes_u16(snap + 3));
    }
}

/* Address and control bytes may be there or not; the protocol has one byte when that one is odd. */
void smini_link_ppp(struct smini_walk *walk)
{
    if (smini_walk_left(walk) >= 2 && smini_bytes_u16(walk->bytes.at) == 0xff03)
        (void)smini_walk_take(walk, 2);
    const uint8_t *byte = smini_walk_take(walk, 1);
    uint32_t protocol = byte ? *byte : 0;
    if (byte && (protocol & 1) == 0) {
        byte = smini_walk_take(walk, 1);
        protocol = byte ? (protocol << 8) | *byte : 0;
    }
    if (!byte) {
        smini_walk_bad(walk, "link", "ppp_header_cut");
        return;
    }
    switch (protocol) {
    case PPP_IP4: smini_walk_go(walk, SMINI_STEP_IP4, 0); break;
    case PPP_IP6: smini_walk_go(walk, SMINI_STEP_IP6, 0); break;
    case PPP_MPLS: smini_walk_go(walk, SMINI_STEP_MPLS, 0); break;
    default: smini_walk_other(walk);
    }
}

void smini_link_mpls(struct smini_walk *walk)
{
    for (uint32_t labels = 0; labels < SMINI_MPLS_LABELS_MAX; labels++) {
        const uint8_t *label = smini_walk_take(walk, 4);
        if (!label) {
            smini_walk_bad(walk, "link", "mpls_label_cut");
            return;
        }
        if ((label[2] & 1) == 0)
            continue;
        /* Nothing names what is inside; only IP can be told by its first nibble. */
        uint8_t nibble = smini_walk_left(walk) > 0 ? walk->bytes.at[0] >> 4 : 0;
        if (nibble == 4 || nibble == 6)
            smini_walk_go(walk, SMINI_STEP_IP, 0);
        else
            smini_walk_other(walk);
        return;
    }
    smini_walk_bad(walk, "link", "mpls_limit");
}
