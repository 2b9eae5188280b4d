/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The only file that includes libnet. LIBNET_NONE needs neither an interface
 * nor root; the finished packet then comes from libnet_pblock_coalesce, which
 * the header declares but calls internal.
 */
#include <stdlib.h>

#include <libnet.h>

#include "packets.h"

/* An IP packet with its headers must fit into 16 bits; no case comes near. */
enum { PAYLOAD_MAX = 65000, IPV4_HEADER = 20, TCP_HEADER = 20, UDP_HEADER = 8, IPV4_CHECKSUM = 10, IPV6_HEADER = 40 };

struct smini_packets {
    struct smini_store *store;
    libnet_t *net;
};

struct smini_packets *smini_packets_new(struct smini_store *store)
{
    char problem[LIBNET_ERRBUF_SIZE];
    struct smini_packets *packets = smini_store_get(store, sizeof(*packets));
    packets->store = store;
    packets->net = libnet_init(LIBNET_NONE, NULL, problem);
    if (!packets->net)
        smini_store_stop(SMINI_EXIT_INTERNAL, "libnet: %s", problem);
    return packets;
}

void smini_packets_free(struct smini_packets *packets)
{
    libnet_destroy(packets->net);
}

static void check(const struct smini_packets *packets, libnet_ptag_t tag)
{
    if (tag == -1)
        smini_store_stop(SMINI_EXIT_INTERNAL, "libnet: %s", libnet_geterror(packets->net));
}

/* Maximum segment size and timestamps, padded to whole words. Gives their length. */
static size_t tcp_options(const struct smini_frame *frame, uint8_t *options)
{
    size_t length = 0;
    if (frame->mss_option) {
        const uint8_t mss[4] = {2, 4, (uint8_t)(frame->mss_option >> 8), (uint8_t)frame->mss_option};
        memcpy(options, mss, sizeof(mss));
        length = sizeof(mss);
    }
    if (frame->has_timestamp) {
        uint8_t *at = options + length;
        *at++ = 1;
        *at++ = 1;
        *at++ = 8;
        *at++ = 10;
        for (int shift = 24; shift >= 0; shift -= 8)
            *at++ = (uint8_t)(frame->timestamp >> shift);
        for (int shift = 24; shift >= 0; shift -= 8)
            *at++ = (uint8_t)(frame->timestamp_echo >> shift);
        length += 12;
    }
    return length;
}

/* Gives the length of header and payload. */
static size_t build_tcp(const struct smini_packets *packets, const struct smini_frame *frame)
{
    uint8_t options[40];
    size_t option_bytes = tcp_options(frame, options);
    size_t length = TCP_HEADER + option_bytes + frame->length;
    if (option_bytes)
        check(packets, libnet_build_tcp_options(options, (uint32_t)option_bytes, packets->net, 0));
    uint32_t ack = frame->flags & SMINI_TCP_ACK ? frame->peer_isn + frame->ack : 0;
    check(packets, libnet_build_tcp(frame->source.port, frame->destination.port, frame->isn + frame->seq, ack,
                                    frame->flags, frame->window, 0, frame->urgent, (uint16_t)length,
                                    frame->length ? frame->bytes : NULL, (uint32_t)frame->length, packets->net, 0));
    return length;
}

static size_t build_udp(const struct smini_packets *packets, const struct smini_frame *frame)
{
    size_t length = UDP_HEADER + frame->length;
    check(packets, libnet_build_udp(frame->source.port, frame->destination.port, (uint16_t)length, 0,
                                    frame->length ? frame->bytes : NULL, (uint32_t)frame->length, packets->net, 0));
    return length;
}

static void build_ip(const struct smini_packets *packets, const struct smini_frame *frame, size_t length,
                     const uint8_t *payload, size_t payload_length)
{
    if (frame->source.ip_version == 4) {
        uint32_t source, destination;
        memcpy(&source, frame->source.ip, sizeof(source));
        memcpy(&destination, frame->destination.ip, sizeof(destination));
        check(packets, libnet_build_ipv4((uint16_t)(IPV4_HEADER + length), 0, frame->ip_id, frame->ip_fragment,
                                         frame->ttl, frame->protocol, 0, source, destination, payload,
                                         (uint32_t)payload_length, packets->net, 0));
        return;
    }
    struct libnet_in6_addr source, destination;
    memcpy(&source, frame->source.ip, sizeof(source));
    memcpy(&destination, frame->destination.ip, sizeof(destination));
    check(packets, libnet_build_ipv6(0, 0, (uint16_t)length, frame->protocol, frame->ttl, source, destination, payload,
                                     (uint32_t)payload_length, packets->net, 0));
}

static void spoil_checksums(const struct smini_frame *frame, uint8_t *packet)
{
    size_t header = frame->source.ip_version == 4 ? IPV4_HEADER : IPV6_HEADER;
    if (frame->bad_ip_checksum && frame->source.ip_version == 4)
        packet[IPV4_CHECKSUM] ^= 0x5a;
    if (frame->bad_l4_checksum && frame->kind == SMINI_FRAME_TCP)
        packet[header + 16] ^= 0x5a;
    if (frame->bad_l4_checksum && frame->kind == SMINI_FRAME_UDP)
        packet[header + 6] ^= 0x5a;
}

void smini_packets_render(struct smini_packets *packets, struct smini_frame *frame)
{
    static const uint8_t ethertypes[2][2] = {{0x08, 0x00}, {0x86, 0xdd}};
    uint8_t *packet = NULL;
    uint32_t size = 0;
    if (frame->kind == SMINI_FRAME_IP || frame->kind == SMINI_FRAME_LINK)
        return;
    if (frame->length > PAYLOAD_MAX)
        smini_store_stop(SMINI_EXIT_USAGE, "%zu bytes do not fit into a packet", frame->length);
    libnet_clear_packet(packets->net);
    if (frame->kind == SMINI_FRAME_TCP)
        build_ip(packets, frame, build_tcp(packets, frame), NULL, 0);
    else if (frame->kind == SMINI_FRAME_UDP)
        build_ip(packets, frame, build_udp(packets, frame), NULL, 0);
    else
        build_ip(packets, frame, frame->length, frame->length ? frame->bytes : NULL, frame->length);
    if (libnet_pblock_coalesce(packets->net, &packet, &size) == -1)
        smini_store_stop(SMINI_EXIT_INTERNAL, "libnet: %s", libnet_geterror(packets->net));
    spoil_checksums(frame, packet);
    frame->bytes = smini_store_copy(packets->store, smini_span_make(packet, size));
    frame->length = size;
    free(packet);
    frame->kind = SMINI_FRAME_IP;
    memcpy(frame->shim, ethertypes[frame->source.ip_version == 6], 2);
    frame->shim_length = 2;
}
