/* SPDX-License-Identifier: BSD-2-Clause */
#include "transfer_packet.h"

#include <stdio.h>
#include <string.h>

enum {
    ETHERNET = 14,
    IP = 20,
    UDP = 8,
    TCP = 20,
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17,
    FIN = 1,
    SYN = 2,
    PUSH = 8,
    ACK = 16,
    PACKET_MOST = 2048
};

const uint8_t transfer_device[4] = {192, 0, 2, 10}, transfer_server[4] = {198, 51, 100, 7};

static uint64_t packets;

void transfer_put16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
    transfer_put16(at, value >> 16);
    transfer_put16(at + 2, value & 0xffff);
}

static void write32(uint32_t value)
{
    fwrite(&value, sizeof(value), 1, stdout); /* in this machine's order, as the magic number says */
}

void transfer_begin(void)
{
    write32(0xa1b2c3d4);
    write32(2 | 4 << 16);
    write32(0);
    write32(0);
    write32(65535);
    write32(1);
}

/* Sum of 16-bit words, not folded yet. */
static uint32_t sum(const uint8_t *bytes, size_t length)
{
    uint32_t total = 0;
    for (size_t i = 0; i + 1 < length; i += 2)
        total += (uint32_t)bytes[i] << 8 | bytes[i + 1];
    return length % 2 ? total + ((uint32_t)bytes[length - 1] << 8) : total;
}

static unsigned folded(uint32_t total)
{
    while (total >> 16)
        total = (total & 0xffff) + (total >> 16);
    return ~total & 0xffff;
}

/* `packet` has everything behind the IP header. A microsecond between packets. */
static void write_packet(uint8_t *packet, const struct transfer_end *from, const struct transfer_end *to,
                         unsigned protocol, size_t length)
{
    uint8_t *ip = packet + ETHERNET;
    memset(packet, 0, ETHERNET + IP);
    packet[12] = 8;
    ip[0] = 0x45;
    ip[8] = 64;
    ip[9] = (uint8_t)protocol;
    transfer_put16(ip + 2, (unsigned)(IP + length));
    memcpy(ip + 12, from->address, 4);
    memcpy(ip + 16, to->address, 4);
    transfer_put16(ip + 10, folded(sum(ip, IP)));
    write32(1767225600u + (uint32_t)(packets / 1000000));
    write32((uint32_t)(packets++ % 1000000));
    write32((uint32_t)(ETHERNET + IP + length));
    write32((uint32_t)(ETHERNET + IP + length));
    fwrite(packet, ETHERNET + IP + length, 1, stdout);
}

/* Without a checksum: RFC 768 allows that. */
void transfer_udp(const struct transfer_end *from, const struct transfer_end *to, const uint8_t *payload, size_t length)
{
    uint8_t packet[PACKET_MOST] = {0}, *udp = packet + ETHERNET + IP;
    transfer_put16(udp, from->port);
    transfer_put16(udp + 2, to->port);
    transfer_put16(udp + 4, (unsigned)(UDP + length));
    memcpy(udp + UDP, payload, length);
    write_packet(packet, from, to, PROTOCOL_UDP, UDP + length);
}

static void segment(struct transfer_connection *connection, unsigned sender, unsigned flags, const void *payload,
                    size_t length)
{
    const struct transfer_end *from = &connection->end[sender], *to = &connection->end[!sender];
    uint8_t packet[PACKET_MOST] = {0}, *tcp = packet + ETHERNET + IP;
    transfer_put16(tcp, from->port);
    transfer_put16(tcp + 2, to->port);
    put32(tcp + 4, connection->next[sender]);
    put32(tcp + 8, flags & ACK ? connection->next[!sender] : 0);
    tcp[12] = TCP / 4 << 4;
    tcp[13] = (uint8_t)flags;
    transfer_put16(tcp + 14, 65535);
    if (length > 0)
        memcpy(tcp + TCP, payload, length);
    transfer_put16(tcp + 16, folded(sum(tcp, TCP + length) + sum(from->address, 4) + sum(to->address, 4) +
                                    PROTOCOL_TCP + (uint32_t)(TCP + length)));
    connection->next[sender] += (uint32_t)length + (flags & (SYN | FIN) ? 1 : 0);
    write_packet(packet, from, to, PROTOCOL_TCP, TCP + length);
}

void transfer_tcp_open(struct transfer_connection *connection)
{
    connection->next[TRANSFER_CLIENT] = connection->end[TRANSFER_CLIENT].port * 65536;
    connection->next[TRANSFER_SERVER] = connection->end[TRANSFER_SERVER].port * 65537;
    segment(connection, TRANSFER_CLIENT, SYN, NULL, 0);
    segment(connection, TRANSFER_SERVER, SYN | ACK, NULL, 0);
    segment(connection, TRANSFER_CLIENT, ACK, NULL, 0);
}

void transfer_tcp_send(struct transfer_connection *connection, unsigned sender, const void *payload, size_t length)
{
    segment(connection, sender, PUSH | ACK, payload, length);
    segment(connection, !sender, ACK, NULL, 0);
}

void transfer_tcp_close(struct transfer_connection *connection, unsigned first)
{
    segment(connection, first, FIN | ACK, NULL, 0);
    segment(connection, !first, FIN | ACK, NULL, 0);
    segment(connection, first, ACK, NULL, 0);
}
