/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench/output.h"

#include <stdlib.h>
#include <string.h>

enum {
    ETHERNET_HEADER = 14,
    VLAN_TAG = 4,
    IPV4_HEADER = 20,
    IPV6_HEADER = 40,
    TCP_HEADER = 20,
    UDP_HEADER = 8,
    TCP_OPTIONS_MAX = 20,
    SMALLEST_FRAME = 60, /* what a receiver captures: the sender's card pads */
    LARGEST_FRAME = ETHERNET_HEADER + VLAN_TAG + IPV6_HEADER + TCP_HEADER + TCP_OPTIONS_MAX + BENCH_MSS
};

/* 2026-01-05T00:00:00Z */
static const uint64_t first_second = 1767571200;

static uint8_t *put16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
    return at + 2;
}

static uint8_t *put32(uint8_t *at, uint32_t value)
{
    return put16(put16(at, value >> 16), value & 0xffff);
}

static uint8_t *put32_little(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (8 * i));
    return at + 4;
}

static uint8_t *put_bytes(uint8_t *at, const uint8_t *bytes, size_t length)
{
    if (length > 0)
        memcpy(at, bytes, length);
    return at + length;
}

static uint64_t sum_words(const uint8_t *bytes, size_t length, uint64_t sum)
{
    for (; length >= 2; bytes += 2, length -= 2)
        sum += (uint32_t)(bytes[0] << 8 | bytes[1]);
    return length ? sum + (uint32_t)(bytes[0] << 8) : sum;
}

static uint16_t fold_checksum(uint64_t sum)
{
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

int bench_output_open(struct bench_output *output, const char *path, uint64_t seed, uint32_t mean_gap_us)
{
    memset(output, 0, sizeof *output);
    output->file = fopen(path, "wb");
    if (!output->file)
        return -1;
    setvbuf(output->file, NULL, _IOFBF, 1 << 20);
    bench_random_seed(&output->clock, seed ^ 0x636c6f636bU);
    output->mean_gap_us = mean_gap_us;
    output->now_us = first_second * 1000000;
    uint8_t header[24] = {0};
    uint8_t *at = put32_little(header, 0xa1b2c3d4);
    at = put32_little(at, 2 | 4 << 16);
    at = put32_little(at + 8, 262144);
    put32_little(at, 1);
    output->failed = fwrite(header, sizeof header, 1, output->file) != 1;
    output->bytes = sizeof header;
    return 0;
}

static void write_frame(struct bench_output *output, uint8_t *frame, size_t length)
{
    uint8_t header[16];
    if (length < SMALLEST_FRAME) {
        memset(frame + length, 0, SMALLEST_FRAME - length);
        length = SMALLEST_FRAME;
    }
    output->now_us += bench_random_range(&output->clock, 0, 2 * output->mean_gap_us);
    uint8_t *at = put32_little(header, (uint32_t)(output->now_us / 1000000));
    at = put32_little(at, (uint32_t)(output->now_us % 1000000));
    at = put32_little(at, (uint32_t)length);
    put32_little(at, (uint32_t)length);
    if (fwrite(header, sizeof header, 1, output->file) != 1 || fwrite(frame, length, 1, output->file) != 1)
        output->failed = 1;
    output->packets++;
    output->bytes += sizeof header + length;
}

static uint8_t *put_link(uint8_t *at, const struct bench_packet *packet)
{
    static const uint8_t cards[2][6] = {{0x02, 0, 0, 0, 0, 1}, {0x02, 0, 0, 0, 0, 2}};
    const struct bench_ends *ends = packet->ends;
    at = put_bytes(at, cards[!packet->from_server], 6);
    at = put_bytes(at, cards[packet->from_server], 6);
    if (ends->vlan)
        at = put16(put16(at, 0x8100), ends->vlan);
    return put16(at, ends->is_ipv6 ? 0x86dd : 0x0800);
}

static uint8_t *put_ipv4(uint8_t *at, const struct bench_packet *packet, size_t length, uint16_t id, uint32_t fragment)
{
    const struct bench_ends *ends = packet->ends;
    uint8_t *start = at;
    at = put16(at, 0x4500);
    at = put16(at, (uint32_t)(IPV4_HEADER + length));
    at = put16(at, id);
    at = put16(at, fragment);
    at = put16(at, (uint32_t)(packet->from_server ? 59 : 63) << 8 | ends->protocol);
    at = put16(at, 0);
    at = put_bytes(at, ends->address[packet->from_server], 4);
    at = put_bytes(at, ends->address[!packet->from_server], 4);
    put16(start + 10, fold_checksum(sum_words(start, IPV4_HEADER, 0)));
    return at;
}

static uint8_t *put_ipv6(uint8_t *at, const struct bench_packet *packet, size_t length)
{
    const struct bench_ends *ends = packet->ends;
    at = put32(at, 0x60000000);
    at = put16(at, (uint32_t)length);
    at = put16(at, (uint32_t)ends->protocol << 8 | 61);
    at = put_bytes(at, ends->address[packet->from_server], 16);
    return put_bytes(at, ends->address[!packet->from_server], 16);
}

static uint8_t *put_tcp_options(uint8_t *at, const struct bench_packet *packet)
{
    if (packet->flags & BENCH_SYN) {
        at = put32(at, 0x02040000 | BENCH_MSS);
        at = put32(at, 0x01030307);
        at = put32(at, 0x01010402);
    }
    if (packet->timestamp) {
        at = put32(at, 0x0101080a);
        at = put32(at, packet->timestamp);
        at = put32(at, packet->flags & BENCH_ACK ? packet->timestamp - 1 : 0);
    }
    return at;
}

/* Transport header and payload, checksum included. Returns the length. */
static size_t put_transport(uint8_t *start, const struct bench_packet *packet)
{
    const struct bench_ends *ends = packet->ends;
    uint8_t *at = put16(start, ends->port[packet->from_server]);
    at = put16(at, ends->port[!packet->from_server]);
    uint8_t *checksum;
    if (ends->protocol == BENCH_TCP) {
        at = put32(at, packet->sequence);
        at = put32(at, packet->acknowledge);
        at = put16(at, packet->flags);
        at = put16(at, 64240);
        checksum = at;
        at = put_tcp_options(put32(at, 0), packet);
        start[12] = (uint8_t)((at - start) / 4 << 4);
    } else {
        at = put16(at, UDP_HEADER + packet->length);
        checksum = at;
        at = put16(at, 0);
    }
    at = put_bytes(at, packet->payload, packet->length);
    size_t length = (size_t)(at - start);
    size_t address_bytes = ends->is_ipv6 ? 16 : 4;
    uint64_t sum = length + ends->protocol;
    sum = sum_words(ends->address[0], address_bytes, sum);
    sum = sum_words(ends->address[1], address_bytes, sum);
    uint16_t folded = fold_checksum(sum_words(start, length, sum));
    put16(checksum, folded == 0 && ends->protocol == BENCH_UDP ? 0xffff : folded);
    return length;
}

void bench_output_packet(struct bench_output *output, const struct bench_packet *packet)
{
    uint8_t frame[LARGEST_FRAME];
    uint8_t *network = put_link(frame, packet);
    uint8_t *transport = network + (packet->ends->is_ipv6 ? IPV6_HEADER : IPV4_HEADER);
    size_t length = put_transport(transport, packet);
    if (packet->ends->is_ipv6)
        put_ipv6(network, packet, length);
    else
        put_ipv4(network, packet, length, output->next_id++, 0x4000);
    write_frame(output, frame, (size_t)(transport - frame) + length);
}

void bench_output_fragments(struct bench_output *output, const struct bench_packet *packet, struct bench_random *random,
                            int shuffle)
{
    uint8_t whole[TCP_HEADER + TCP_OPTIONS_MAX + BENCH_MSS];
    uint8_t frame[LARGEST_FRAME];
    size_t length = put_transport(whole, packet);
    uint32_t order[4];
    uint32_t count = bench_random_range(random, 2, 4);
    size_t piece = ((length + count - 1) / count + 7) & ~(size_t)7;
    count = (uint32_t)((length + piece - 1) / piece);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    if (shuffle)
        bench_random_permute(random, order, count);
    uint16_t id = output->next_id++;
    for (uint32_t i = 0; i < count; i++) {
        size_t from = order[i] * piece;
        size_t take = length - from < piece ? length - from : piece;
        uint32_t more = from + take < length ? 0x2000 : 0;
        uint8_t *at = put_ipv4(put_link(frame, packet), packet, take, id, (uint32_t)(from / 8) | more);
        at = put_bytes(at, whole + from, take);
        write_frame(output, frame, (size_t)(at - frame));
    }
}

int bench_output_close(struct bench_output *output)
{
    int closed = fclose(output->file);
    return output->failed || closed != 0 ? -1 : 0;
}
