/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/replay/input_build.h"

#include <stdlib.h>
#include <string.h>

#include "replay/checksum.h"

void build_raw(struct build *build, const void *bytes, size_t length)
{
    if (length > BUILD_ROOM - build->length)
        abort();
    if (length > 0)
        memcpy(build->bytes + build->length, bytes, length);
    build->length += length;
}

void build_fill(struct build *build, uint8_t byte, size_t count)
{
    while (count-- > 0)
        build_raw(build, &byte, 1);
}

static unsigned digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

void build_hex(struct build *build, const char *hex)
{
    for (; *hex; hex++) {
        if (*hex == ' ')
            continue;
        build_u8(build, digit(hex[0]) << 4 | digit(hex[1]));
        hex++;
    }
}

void build_u8(struct build *build, unsigned value)
{
    uint8_t byte = (uint8_t)value;
    build_raw(build, &byte, 1);
}

static void build_number(struct build *build, uint64_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        build_u8(build, (unsigned)(value >> 8 * (build->little ? i : size - 1 - i)) & 0xff);
}

void build_u16(struct build *build, unsigned value)
{
    build_number(build, value, 2);
}

void build_u32(struct build *build, uint32_t value)
{
    build_number(build, value, 4);
}

void build_u64(struct build *build, uint64_t value)
{
    build_number(build, value, 8);
}

void build_pcap(struct build *build, uint32_t magic, uint32_t snaplen, uint32_t link_type)
{
    build_u32(build, magic);
    build_u16(build, 2);
    build_u16(build, 4);
    build_u64(build, 0);
    build_u32(build, snaplen);
    build_u32(build, link_type);
}

void build_record(struct build *build, uint32_t seconds, uint32_t subsecond, const void *bytes, uint32_t length,
                  uint32_t wire)
{
    build_u32(build, seconds);
    build_u32(build, subsecond);
    build_u32(build, length);
    build_u32(build, wire);
    build_raw(build, bytes, length);
}

void build_block(struct build *build, uint32_t type, const void *body, uint32_t length)
{
    uint32_t padding = (4 - length % 4) % 4;
    build_u32(build, type);
    build_u32(build, length + padding + 12);
    build_raw(build, body, length);
    build_fill(build, 0, padding);
    build_u32(build, length + padding + 12);
}

void build_section(struct build *build)
{
    static struct build body;
    body.length = 0;
    body.little = build->little;
    build_u32(&body, 0x1a2b3c4d);
    build_u16(&body, 1);
    build_u16(&body, 0);
    build_u64(&body, UINT64_MAX);
    build_block(build, 0x0a0d0d0a, body.bytes, (uint32_t)body.length);
}

void build_interface(struct build *build, unsigned link_type, uint32_t snaplen, unsigned resolution, int64_t offset)
{
    static struct build body;
    body.length = 0;
    body.little = build->little;
    build_u16(&body, link_type);
    build_u16(&body, 0);
    build_u32(&body, snaplen);
    build_u16(&body, 2); /* if_name, which is passed over */
    build_u16(&body, 3);
    build_raw(&body, "eth\0", 4);
    if (resolution != 0xff) {
        build_u16(&body, 9);
        build_u16(&body, 1);
        build_u8(&body, resolution);
        build_fill(&body, 0, 3);
    }
    if (offset != 0) {
        build_u16(&body, 14);
        build_u16(&body, 8);
        build_u64(&body, (uint64_t)offset);
    }
    build_u32(&body, 0);
    build_block(build, 1, body.bytes, (uint32_t)body.length);
}

void build_enhanced(struct build *build, uint32_t interface, uint64_t time, const void *bytes, uint32_t length,
                    uint32_t wire)
{
    static struct build body;
    body.length = 0;
    body.little = build->little;
    build_u32(&body, interface);
    build_u32(&body, (uint32_t)(time >> 32));
    build_u32(&body, (uint32_t)time);
    build_u32(&body, length);
    build_u32(&body, wire);
    build_raw(&body, bytes, length);
    build_block(build, 6, body.bytes, (uint32_t)body.length);
}

void build_ethernet(struct build *build, unsigned type, const struct build *inner)
{
    build_hex(build, "020000000001 020000000002");
    build_u16(build, type);
    build_raw(build, inner->bytes, inner->length);
}

void build_ip4(struct build *build, unsigned protocol, const struct build *inner)
{
    size_t at = build->length;
    build_u16(build, 0x4500);
    build_u16(build, (unsigned)inner->length + 20);
    build_hex(build, "1234 0000 40");
    build_u8(build, protocol);
    build_hex(build, "0000 c0000201 c0000202");
    smini_checksum_store(smini_checksum_add(0, build->bytes + at, 20), build->bytes + at + 10);
    build_raw(build, inner->bytes, inner->length);
}

void build_ip6(struct build *build, unsigned protocol, const struct build *inner)
{
    build_u32(build, 0x60000000);
    build_u16(build, (unsigned)inner->length);
    build_u8(build, protocol);
    build_u8(build, 64);
    build_hex(build, "20010db8000000000000000000000001 20010db8000000000000000000000002");
    build_raw(build, inner->bytes, inner->length);
}

void build_udp(struct build *build, unsigned source, unsigned destination, const struct build *inner)
{
    build_u16(build, source);
    build_u16(build, destination);
    build_u16(build, (unsigned)inner->length + 8);
    build_u16(build, 0);
    build_raw(build, inner->bytes, inner->length);
}

void build_tcp(struct build *build, const char *payload)
{
    build_u16(build, 40000);
    build_u16(build, 4786);
    build_u32(build, 0x01020304);
    build_u32(build, 0x05060708);
    build_hex(build, "8018 01f4 0000 0000 0101080a 000000aa 000000bb");
    build_raw(build, payload, strlen(payload));
}

void build_sum(struct build *ip)
{
    bool four = ip->bytes[0] >> 4 == 4;
    size_t header = four ? 20 : 40;
    uint8_t protocol = ip->bytes[four ? 9 : 6];
    uint8_t *field = ip->bytes + header + (protocol == 6 ? 16 : 6);
    memset(field, 0, 2);
    uint32_t sum = smini_checksum_add(0, ip->bytes + (four ? 12 : 8), four ? 8 : 32);
    sum += smini_checksum_u16(protocol);
    sum += smini_checksum_u16((uint16_t)(ip->length - header));
    smini_checksum_store(smini_checksum_add(sum, ip->bytes + header, ip->length - header), field);
}

void build_ip_tcp(struct build *build, int version, const char *payload)
{
    static struct build tcp, ip;
    tcp.length = ip.length = 0;
    build_tcp(&tcp, payload);
    if (version == 4)
        build_ip4(&ip, 6, &tcp);
    else
        build_ip6(&ip, 6, &tcp);
    build_sum(&ip);
    build_raw(build, ip.bytes, ip.length);
}
