/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Makes a capture of TFTP transfers that one device's command ordered, all at
 * the same time: usage: transfer TRANSFERS BLOCKS BLOCK-BYTES. Written to
 * standard output; the contents of every file are the same.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PACKET_MOST = 2048, HEADERS = 14 + 20 + 8, FIRST_PORT = 2000, TRANSFERS_MOST = 60000, BLOCK_MOST = 1428 };

static const uint8_t device[4] = {192, 0, 2, 10}, server[4] = {198, 51, 100, 7};
static uint64_t packets;

static void put16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void write32(uint32_t value)
{
    fwrite(&value, sizeof(value), 1, stdout); /* in this machine's order, as the magic number says */
}

static unsigned checksum(const uint8_t *bytes, size_t length)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < length; i += 2)
        sum += (uint32_t)bytes[i] << 8 | bytes[i + 1];
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return ~sum & 0xffff;
}

/* No UDP checksum: RFC 768 allows none. A microsecond between packets. */
static void send_packet(const uint8_t *from, unsigned from_port, const uint8_t *to, unsigned to_port,
                        const uint8_t *payload, size_t length)
{
    uint8_t packet[PACKET_MOST] = {[12] = 8, [14] = 0x45, [22] = 64, [23] = 17};
    uint8_t *ip = packet + 14, *udp = ip + 20;
    put16(ip + 2, (unsigned)(28 + length));
    memcpy(ip + 12, from, 4);
    memcpy(ip + 16, to, 4);
    put16(ip + 10, checksum(ip, 20));
    put16(udp, from_port);
    put16(udp + 2, to_port);
    put16(udp + 4, (unsigned)(8 + length));
    memcpy(udp + 8, payload, length);
    write32(1767225600u + (uint32_t)(packets / 1000000));
    write32((uint32_t)(packets++ % 1000000));
    write32((uint32_t)(HEADERS + length));
    write32((uint32_t)(HEADERS + length));
    fwrite(packet, HEADERS + length, 1, stdout);
}

static void request(unsigned transfer, unsigned block_bytes)
{
    uint8_t datagram[128];
    char text[96];
    /* NUL stands between the words of a request. */
    int length = snprintf(text, sizeof(text), "image.tar|octet|blksize|%u|", block_bytes);
    for (int i = 0; i < length; i++)
        if (text[i] == '|')
            text[i] = '\0';
    put16(datagram, 1);
    memcpy(datagram + 2, text, (size_t)length);
    send_packet(device, FIRST_PORT + transfer, server, 69, datagram, 2 + (size_t)length);
    length = snprintf(text, sizeof(text), "blksize|%u|", block_bytes);
    for (int i = 0; i < length; i++)
        if (text[i] == '|')
            text[i] = '\0';
    put16(datagram, 6);
    memcpy(datagram + 2, text, (size_t)length);
    send_packet(server, 1025 + transfer, device, FIRST_PORT + transfer, datagram, 2 + (size_t)length);
}

static void block(unsigned transfer, uint64_t number, size_t length)
{
    uint8_t datagram[4 + BLOCK_MOST];
    put16(datagram, 3);
    put16(datagram + 2, (unsigned)(number & 0xffff));
    memset(datagram + 4, (int)(number % 251), length);
    send_packet(server, 1025 + transfer, device, FIRST_PORT + transfer, datagram, 4 + length);
    put16(datagram, 4);
    send_packet(device, FIRST_PORT + transfer, server, 1025 + transfer, datagram, 4);
}

int main(int argc, char **argv)
{
    unsigned transfers = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
    uint64_t blocks = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    unsigned block_bytes = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 0;
    if (transfers == 0 || transfers > TRANSFERS_MOST || block_bytes < 8 || block_bytes > BLOCK_MOST) {
        fputs("usage: transfer TRANSFERS BLOCKS BLOCK-BYTES\n", stderr);
        return 2;
    }
    write32(0xa1b2c3d4);
    write32(2 | 4 << 16);
    write32(0);
    write32(0);
    write32(65535);
    write32(1);
    for (unsigned t = 0; t < transfers; t++)
        request(t, block_bytes);
    for (uint64_t n = 1; n <= blocks; n++)
        for (unsigned t = 0; t < transfers; t++)
            block(t, n, block_bytes);
    for (unsigned t = 0; t < transfers; t++)
        block(t, blocks + 1, 3);
    return fflush(stdout) == 0 ? 0 : 1;
}
