/* SPDX-License-Identifier: BSD-2-Clause */
#include "inject_frame.h"

#include <string.h>

#include "base/cursor.h"
#include "replay/link.h"

enum {
    TYPE_IP4 = 0x0800,
    TYPE_VLAN = 0x8100,
    TYPE_IP6 = 0x86dd,
    TYPE_MPLS = 0x8847,
    TYPE_PPPOE_SESSION = 0x8864,
    LENGTH_MAX = 1500,  /* up to here the field is a length, not a type */
    COOKED_LLC = 4,     /* in "cooked" captures: an LLC header follows */
    ADDRESS_BYTES = 6
};

/* Of packets whose own were not captured. Locally administered, so that no device has them. */
static const uint8_t made_up_header[SMINI_ETHERNET_HEADER] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0, 0};

/* What stands in front of the payload, and what the payload is. */
struct link_header {
    uint32_t length;
    uint32_t type; /* 0: nothing that an Ethernet carries */
    const uint8_t *sender; /* link address; NULL: not known */
};

static uint32_t type_of_version(uint8_t version)
{
    return version == 4 ? TYPE_IP4 : version == 6 ? TYPE_IP6 : 0;
}

static uint32_t type_of_ip(const struct smini_packet *packet)
{
    return packet->captured > 0 ? type_of_version(packet->bytes[0] >> 4) : 0;
}

static struct link_header read_cooked(const struct smini_packet *packet, uint32_t length, uint32_t type_at,
                                      uint32_t address_at)
{
    const uint8_t *bytes = packet->bytes;
    struct link_header header = {.length = length};
    if (packet->captured < length)
        return header;
    /* The address's length is the byte before it, or the last of the two. */
    if (bytes[address_at - 1] == ADDRESS_BYTES)
        header.sender = bytes + address_at;
    header.type = smini_bytes_u16(bytes + type_at);
    uint32_t payload = packet->captured - length;
    if (header.type == COOKED_LLC)
        header.type = payload <= LENGTH_MAX ? payload : 0; /* as 802.3 says it */
    else if (header.type <= LENGTH_MAX)
        header.type = 0;
    return header;
}

static struct link_header read_header(const struct smini_packet *packet)
{
    struct link_header header = {0};
    switch (packet->link_type) {
    case SMINI_LINK_RAW:
    case SMINI_LINK_RAW_BSD:
    case SMINI_LINK_RAW_OPENBSD:
    case SMINI_LINK_IPV4:
    case SMINI_LINK_IPV6: header.type = type_of_ip(packet); break;
    case SMINI_LINK_MPLS: header.type = TYPE_MPLS; break;
    case SMINI_LINK_PPP_ETHER: header.type = TYPE_PPPOE_SESSION; break;
    case SMINI_LINK_NULL:
    case SMINI_LINK_LOOP:
        header.length = 4;
        header.type = packet->captured < 4 ? 0 : type_of_version(smini_link_family(packet->bytes));
        break;
    case SMINI_LINK_CISCO_HDLC:
        header.length = 4;
        header.type = packet->captured < 4 ? 0 : smini_bytes_u16(packet->bytes + 2);
        header.type = header.type <= LENGTH_MAX ? 0 : header.type;
        break;
    case SMINI_LINK_SLL: return read_cooked(packet, 16, 14, 6);
    case SMINI_LINK_SLL2: return read_cooked(packet, 20, 0, 12);
    default: break;
    }
    return header;
}

/* A first tag of 802.1Q makes a frame longer without counting, as in the kernel; one of 802.1ad does not. */
static uint32_t length_allowed(uint32_t type, uint32_t mtu)
{
    return mtu + SMINI_ETHERNET_HEADER + (type == TYPE_VLAN ? (uint32_t)SMINI_ETHERNET_TAG : 0);
}

static enum smini_left_out add_header(const struct smini_packet *packet, uint32_t mtu, uint8_t *room,
                                      struct smini_inject_frame *frame)
{
    struct link_header header = read_header(packet);
    if (header.type == 0 || packet->captured < header.length)
        return SMINI_LEFT_LINK;
    uint32_t payload = packet->captured - header.length, length = SMINI_ETHERNET_HEADER + payload;
    if (length > length_allowed(header.type, mtu))
        return SMINI_LEFT_LONG;
    memcpy(room, made_up_header, sizeof(made_up_header));
    if (header.sender)
        memcpy(room + ADDRESS_BYTES, header.sender, ADDRESS_BYTES);
    room[SMINI_ETHERNET_HEADER - 2] = (uint8_t)(header.type >> 8);
    room[SMINI_ETHERNET_HEADER - 1] = (uint8_t)header.type;
    memcpy(room + SMINI_ETHERNET_HEADER, packet->bytes + header.length, payload);
    *frame = (struct smini_inject_frame){.bytes = room, .length = length, .headed = true};
    return SMINI_LEFT_NOTHING;
}

enum smini_left_out smini_inject_frame_make(const struct smini_packet *packet, uint32_t mtu, uint8_t *room,
                                            struct smini_inject_frame *frame)
{
    if (packet->captured < packet->wire_length)
        return SMINI_LEFT_CUT;
    if (packet->link_type != SMINI_LINK_ETHERNET)
        return add_header(packet, mtu, room, frame);
    if (packet->captured < SMINI_ETHERNET_HEADER)
        return SMINI_LEFT_SHORT;
    if (packet->captured > length_allowed(smini_bytes_u16(packet->bytes + SMINI_ETHERNET_HEADER - 2), mtu))
        return SMINI_LEFT_LONG;
    *frame = (struct smini_inject_frame){.bytes = packet->bytes, .length = packet->captured};
    return SMINI_LEFT_NOTHING;
}
