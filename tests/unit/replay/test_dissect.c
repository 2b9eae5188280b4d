/* SPDX-License-Identifier: BSD-2-Clause */
/* Link types, IP, TCP and UDP; the fast path against the general one; inputs that end anywhere. */
#include <criterion/criterion.h>
#include <string.h>

#include "replay/dissect_walk.h"
#include "replay/link.h"
#include "tests/support/guard_page.h"
#include "tests/unit/replay/input_build.h"

static struct build frame, ip;
static struct smini_dissected out;

static void dissect_link(uint32_t link_type)
{
    struct smini_packet packet = {
        .bytes = frame.bytes,
        .captured = (uint32_t)frame.length,
        .wire_length = (uint32_t)frame.length,
        .link_type = link_type,
    };
    memset(&out, 0xee, sizeof(out));
    smini_dissect(&packet, &out);
}

/* `hex`, then an IP packet with "payload" in TCP. */
static void dissect_hex(uint32_t link_type, const char *hex, int version)
{
    memset(&frame, 0, sizeof(frame));
    build_hex(&frame, hex);
    build_ip_tcp(&frame, version, "payload");
    dissect_link(link_type);
}

static void is_payload(const char *what)
{
    cr_assert(out.kind == SMINI_DISSECT_TCP, "%s: kind %d %s", what, (int)out.kind,
              out.kind == SMINI_DISSECT_BAD ? out.bad_event : "");
    cr_assert(out.payload_bytes == 7 && out.payload_wire == 7 && memcmp(out.payload, "payload", 7) == 0, "%s", what);
    cr_assert(out.source_port == 40000 && out.destination_port == 4786 && out.sequence == 0x01020304);
    cr_assert(out.acknowledgement == 0x05060708 && out.window == 500 && out.tcp_flags == 0x18);
    cr_assert(out.has_timestamp && out.timestamp_value == 0xaa && out.timestamp_echo == 0xbb && out.facts == 0);
    cr_assert(smini_dissect_checksum(&out) && out.facts == 0, "%s: checksum", what);
    frame.bytes[out.payload - frame.bytes] ^= 1;
    cr_assert(!smini_dissect_checksum(&out) && out.facts == SMINI_FACT_BAD_L4_CHECKSUM, "%s: checksum", what);
}

static void is_bad(const char *layer, const char *event)
{
    cr_assert(out.kind == SMINI_DISSECT_BAD, "%s: %d", event, (int)out.kind);
    cr_assert(strcmp(out.bad_event, event) == 0 && strcmp(out.bad_layer, layer) == 0, "%s", out.bad_event);
}

#define MACS "020000000001020000000002"

static const struct {
    uint32_t link_type;
    int version;
    uint8_t vlans;
    const char *hex;
} links[] = {
    {1, 4, 0, MACS "0800"},
    {1, 6, 0, MACS "86dd"},
    {1, 4, 1, MACS "81006005 0800"},
    {1, 6, 2, MACS "88a80006 81000005 86dd"},
    {1, 4, 4, MACS "91000001 92000002 93000003 81000005 0800"},
    {1, 4, 0, MACS "0047 aaaa03 000000 0800"},
    {1, 4, 0, MACS "0047 060603"},
    {1, 6, 1, MACS "81000005 005b aaaa03 0000f8 86dd"},
    {1, 4, 0, MACS "8847 00010140"},
    {1, 6, 0, MACS "8848 00010040 00020040 00030140"},
    {1, 4, 0, MACS "8864 1100 0001 0041 0021"},
    {1, 6, 0, MACS "8864 1100 0001 0055 57"},
    {0, 4, 0, "02000000"},
    {0, 4, 0, "00000002"},
    {0, 6, 0, "1e000000"},
    {0, 6, 0, "0000001c"},
    {108, 4, 0, "00000002"},
    {108, 6, 0, "00000018"},
    {9, 4, 0, "ff03 0021"},
    {9, 6, 0, "0057"},
    {9, 4, 0, "21"},
    {9, 4, 0, "0281 00010140"},
    {50, 4, 0, "ff03 0021"},
    {50, 4, 0, "0f00 0800"},
    {50, 6, 0, "8f00 86dd"},
    {51, 4, 0, "1100 0001 0041 0021"},
    {104, 4, 0, "0f00 0800"},
    {113, 4, 0, "0000 0001 0006 0200000000010000 0800"},
    {113, 6, 1, "0004 0001 0006 0200000000010000 8100 0005 86dd"},
    {113, 4, 0, "0000 0001 0006 0200000000010000 0004 aaaa03000000 0800"},
    {276, 4, 0, "0800 0000 00000001 0001 00 06 0200000000010000"},
    {276, 6, 0, "86dd 0000 00000001 0001 00 06 0200000000010000"},
    {12, 4, 0, ""},
    {14, 6, 0, ""},
    {101, 4, 0, ""},
    {101, 6, 0, ""},
    {228, 4, 0, ""},
    {229, 6, 0, ""},
    {219, 4, 0, "00010140"},
};

enum { LINKS = sizeof(links) / sizeof(links[0]) };

Test(dissect, every_link_type_leads_to_the_payload)
{
    for (size_t i = 0; i < LINKS; i++) {
        dissect_hex(links[i].link_type, links[i].hex, links[i].version);
        is_payload(links[i].hex);
        cr_assert(smini_link_known(links[i].link_type));
        cr_assert(out.ip_version == links[i].version && out.vlan_count == links[i].vlans && out.tunnel_count == 0);
        cr_assert(out.vlan_count == 0 || out.vlan[out.vlan_count - 1] == 5, "%s", links[i].hex);
        cr_assert(out.protocol == 6 && out.ttl == 64);
    }
}

Test(dissect, padding_behind_the_ip_packet_is_no_payload)
{
    for (size_t i = 0; i < LINKS; i++) {
        memset(&frame, 0, sizeof(frame));
        build_hex(&frame, links[i].hex);
        build_ip_tcp(&frame, links[i].version, "payload");
        build_fill(&frame, 0x55, 40);
        dissect_link(links[i].link_type);
        is_payload(links[i].hex);
    }
}

Test(dissect, other_protocols_are_other_and_not_bad)
{
    static const struct {
        uint32_t link_type;
        const char *hex;
    } others[] = {
        {1, MACS "0806 0001080006040001"}, {1, MACS "88cc 0207"},        {1, MACS "0026 424203 0000"},
        {1, MACS "0030 aaaa03 00000c 2000"}, {0, "00000007"},            {9, "ff03c021 0101"},
        {1, MACS "8864 11a7 0000 0000"},   {113, "0000 0001 0006 0200000000010000 0001"},
        {1, MACS "0800 45000014 0000 0000 4001 0000 0a000001 0a000002"}, {147, "00"}, {1, MACS "8847 00010140 00"},
        {1, MACS "86dd 60000000 0000 3b40 00000000000000000000000000000001 00000000000000000000000000000002"},
    };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        memset(&frame, 0, sizeof(frame));
        build_hex(&frame, others[i].hex);
        dissect_link(others[i].link_type);
        cr_assert(out.kind == SMINI_DISSECT_OTHER, "%s: %d %s", others[i].hex, (int)out.kind, out.bad_event);
    }
}

/* Builds Ethernet and IP around `hex` as the IP payload. */
static void dissect_ip_payload(int version, unsigned protocol, const char *hex)
{
    static struct build inner;
    memset(&frame, 0, sizeof(frame));
    inner.length = ip.length = 0;
    build_hex(&inner, hex);
    if (version == 4)
        build_ip4(&ip, protocol, &inner);
    else
        build_ip6(&ip, protocol, &inner);
    build_ethernet(&frame, version == 4 ? 0x0800 : 0x86dd, &ip);
    dissect_link(1);
}

#define PORTS "9c40 12b2"
#define TCP_HEX PORTS "00000001 00000002 5010 ffff 0000 0000"

Test(dissect, extension_headers_are_passed_and_bounded)
{
    dissect_ip_payload(6, 0, "2b00010400000000 3c00000000000000 0600010400000000" TCP_HEX "61");
    cr_assert(out.kind == SMINI_DISSECT_TCP && out.payload_bytes == 1 && out.protocol == 6);
    dissect_ip_payload(6, 51, "0604000000000000 0000000100000000 0000000000000000" TCP_HEX);
    cr_assert(out.kind == SMINI_DISSECT_TCP && out.payload_bytes == 0);
    dissect_ip_payload(6, 135, "0600000000000000" TCP_HEX);
    cr_assert(out.kind == SMINI_DISSECT_TCP);
    dissect_ip_payload(4, 51, "0604000000000000 0000000100000000 0000000000000000" TCP_HEX);
    cr_assert(out.kind == SMINI_DISSECT_TCP && out.protocol == 6);
    dissect_ip_payload(6, 44, "0600000000001234" TCP_HEX "6162"); /* whole, though it names a fragment */
    cr_assert(out.kind == SMINI_DISSECT_TCP && out.payload_bytes == 2);
    dissect_ip_payload(6, 60, "3c00000000000000 3c00000000000000 3c00000000000000 3c00000000000000"
                              "3c00000000000000 3c00000000000000 3c00000000000000 3c00000000000000 0600000000000000");
    is_bad("ip", "ip_extensions_limit");
    dissect_ip_payload(6, 60, "06ff000000000000");
    is_bad("ip", "ip_extension_cut");
}

Test(dissect, fragments_are_described_for_defrag)
{
    dissect_ip_payload(4, 17, "0102030405060708");
    frame.bytes[14 + 6] = 0x20;
    frame.bytes[14 + 7] = 0x03;
    dissect_link(1);
    cr_assert(out.kind == SMINI_DISSECT_FRAGMENT && out.more_fragments && out.fragment_offset == 24);
    cr_assert(out.fragment_id == 0x1234 && out.transport_bytes == 8 && out.transport[0] == 1 && out.protocol == 17);
    dissect_ip_payload(6, 0, "2c00010400000000 11000008 000000ff a1a2a3");
    cr_assert(out.kind == SMINI_DISSECT_FRAGMENT && !out.more_fragments && out.fragment_offset == 8);
    cr_assert(out.fragment_id == 0xff && out.transport_bytes == 3 && out.protocol == 17);
}

Test(dissect, headers_that_lie_are_bad_in_their_layer)
{
    dissect_ip_payload(4, 6, "9c40 12b2 00000001 00000002 4010 ffff 0000 0000");
    is_bad("tcp", "tcp_header_length_short");
    dissect_ip_payload(4, 6, "9c40 12b2 00000001 00000002 6010 ffff 0000 0000");
    is_bad("tcp", "tcp_header_length_long");
    dissect_ip_payload(4, 6, "9c40 12b2");
    is_bad("tcp", "tcp_header_short");
    dissect_ip_payload(4, 17, "0045 0045 0007 0000");
    is_bad("udp", "udp_length_short");
    dissect_ip_payload(6, 17, "0045 0045 0009 0000");
    is_bad("udp", "udp_length_long");
    dissect_ip_payload(4, 17, "0045 00");
    is_bad("udp", "udp_header_short");
    dissect_hex(1, MACS "0800", 6);
    is_bad("ip", "ip_version_wrong");
    dissect_hex(1, MACS "8100000181000001810000018100000181000001 0800", 4);
    is_bad("link", "vlan_limit");
    dissect_hex(1, MACS "8864 2100 0001 0041 0021", 4);
    is_bad("link", "pppoe_version_wrong");
    memset(&frame, 0, sizeof(frame));
    build_hex(&frame, MACS "8847");
    build_fill(&frame, 0, 4 * 20);
    dissect_link(1);
    is_bad("link", "mpls_limit");
    dissect_hex(1, MACS "0800", 4);
    frame.bytes[14] = 0x44;
    dissect_link(1);
    is_bad("ip", "ip_header_length_short");
    dissect_hex(1, MACS "0800", 4);
    frame.bytes[14 + 3] = 19;
    dissect_link(1);
    is_bad("ip", "ip_total_short");
}

Test(dissect, a_packet_cut_by_the_capture_says_so_and_keeps_what_is_there)
{
    for (int version = 4; version <= 6; version += 2) {
        dissect_hex(1, version == 4 ? MACS "0800" : MACS "86dd", version);
        uint32_t length = (uint32_t)frame.length;
        for (uint32_t cut = 0; cut <= length; cut++) {
            struct smini_packet packet = {
                .bytes = frame.bytes, .captured = cut, .wire_length = length, .link_type = 1};
            smini_dissect(&packet, &out);
            if (cut < length - 7 - 12) {
                cr_assert(out.kind == SMINI_DISSECT_BAD, "%u", cut);
                continue;
            }
            uint32_t have = cut < length - 7 ? 0 : cut - (length - 7);
            cr_assert(out.kind == SMINI_DISSECT_TCP && out.payload_bytes == have && out.payload_wire == 7);
            cr_assert(((out.facts & SMINI_FACT_CUT) != 0) == (cut < length));
            cr_assert(smini_dissect_checksum(&out)); /* not judged, or right */
        }
    }
}

Test(dissect, lengths_left_to_the_network_card_end_with_the_frame)
{
    dissect_hex(1, MACS "0800", 4);
    memset(frame.bytes + 14 + 2, 0, 2);
    dissect_link(1);
    cr_assert(out.kind == SMINI_DISSECT_TCP && out.payload_bytes == 7 && out.ip_total == 20 + 32 + 7);
    cr_assert(smini_dissect_checksum(&out));
    dissect_hex(1, MACS "86dd", 6);
    memset(frame.bytes + 14 + 4, 0, 2);
    dissect_link(1);
    cr_assert(out.kind == SMINI_DISSECT_TCP && out.payload_bytes == 7 && smini_dissect_checksum(&out));
}

Test(dissect, checksums_are_judged_where_they_can_be)
{
    dissect_hex(1, MACS "0800", 4);
    frame.bytes[14 + 8]--; /* time to live */
    dissect_link(1);
    cr_assert(!smini_dissect_checksum(&out) && out.facts == SMINI_FACT_BAD_IP_CHECKSUM);
    dissect_ip_payload(4, 17, "0045 0045 0009 0000 61");
    cr_assert(out.kind == SMINI_DISSECT_UDP && smini_dissect_checksum(&out)); /* the sender made none */
    dissect_ip_payload(6, 17, "0045 0045 0009 0000 61");
    cr_assert(!smini_dissect_checksum(&out) && out.facts == SMINI_FACT_BAD_L4_CHECKSUM); /* IPv6 demands one */
    dissect_ip_payload(6, 43, "0602000100000000 20010db8000000000000000000000003" TCP_HEX);
    cr_assert(out.kind == SMINI_DISSECT_TCP && smini_dissect_checksum(&out)); /* made for another destination */
    dissect_ip_payload(6, 43, "0602000000000000 20010db8000000000000000000000003" TCP_HEX);
    cr_assert(!smini_dissect_checksum(&out));
}

Test(dissect, tcp_options_that_lie_end_the_list)
{
    static const struct {
        const char *options;
        bool timestamp;
    } cases[] = {
        {"080a 00000001 00000002 0000", true},   {"01 080a 00000001 00000002 00", true},
        {"020405b4 080a000000010000", false},    {"00 080a 00000001 00000002 00", false},
        {"0800 080a 00000001 00000002", false},  {"05ff 080a 00000001 00000002", false},
        {"0809 00000001 000000 010101", false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        memset(&out, 0, sizeof(out));
        memset(&frame, 0, sizeof(frame));
        build_hex(&frame, cases[i].options);
        smini_transport_tcp_options(frame.bytes, 12, &out);
        cr_assert(out.has_timestamp == cases[i].timestamp, "%s", cases[i].options);
        cr_assert(!out.has_timestamp || (out.timestamp_value == 1 && out.timestamp_echo == 2));
    }
}

static uint64_t random_state = 1;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((random_state >> 33) % limit);
}

static void same(const struct smini_dissected *a, const struct smini_dissected *b)
{
    cr_assert(memcmp(a, b, offsetof(struct smini_dissected, tunnels)) == 0);
    cr_assert(memcmp(a->tunnels, b->tunnels, a->tunnel_count * sizeof(a->tunnels[0])) == 0);
}

/* Bytes compare equal only when padding does: both begin as zeros. */
static void both_paths(const uint8_t *bytes, uint32_t captured, uint32_t wire, uint32_t link_type)
{
    static struct smini_dissected general;
    struct smini_packet packet = {.bytes = bytes, .captured = captured, .wire_length = wire, .link_type = link_type};
    memset(&out, 0, sizeof(out));
    memset(&general, 0, sizeof(general));
    smini_dissect(&packet, &out);
    smini_dissect_general(&packet, &general);
    same(&out, &general);
}

Test(dissect, the_fast_path_says_what_the_general_path_says, .timeout = 300)
{
    for (uint32_t round = 0; round < 400000; round++) {
        if (round % 64 == 0) {
            static const char *const heads[] = {MACS "0800", MACS "86dd", MACS "81000fff 0800", MACS "81000005 86dd"};
            uint32_t head = random_below(4);
            memset(&frame, 0, sizeof(frame));
            build_hex(&frame, heads[head]);
            build_ip_tcp(&frame, head % 2 ? 6 : 4, "some payload");
            if (random_below(3) == 0)
                frame.bytes[frame.length - 12 - 32 - (head % 2 ? 34 : 11)] = 17; /* UDP, of a wrong length */
            build_fill(&frame, 0, random_below(8));
        }
        static struct build changed;
        memcpy(&changed, &frame, offsetof(struct build, bytes) + frame.length);
        for (uint32_t changes = random_below(4); changes > 0; changes--)
            changed.bytes[random_below((uint32_t)frame.length)] = (uint8_t)random_below(256);
        if (random_below(4) == 0) { /* a length that fits by chance */
            uint32_t at = 14 + random_below(50);
            changed.bytes[at] = 0;
            changed.bytes[at + 1] = (uint8_t)random_below(80);
        }
        uint32_t captured = random_below(4) == 0 ? random_below((uint32_t)frame.length + 1) : (uint32_t)frame.length;
        both_paths(changed.bytes, captured, captured + random_below(2) * random_below(40), 1);
    }
}

Test(dissect, no_length_is_read_beyond_its_end, .timeout = 300)
{
    struct guard_page page;
    guard_page_open(&page, 4096);
    for (size_t i = 0; i < LINKS; i++) {
        memset(&frame, 0, sizeof(frame));
        build_hex(&frame, links[i].hex);
        build_ip_tcp(&frame, links[i].version, "payload");
        for (uint32_t length = 0; length <= frame.length; length++) {
            struct smini_packet packet = {
                .bytes = guard_page_put(&page, frame.bytes, length),
                .captured = length,
                .wire_length = (uint32_t)frame.length,
                .link_type = links[i].link_type,
            };
            smini_dissect(&packet, &out);
            (void)smini_dissect_checksum(&out);
            packet.wire_length = length; /* nothing says that it was cut */
            smini_dissect(&packet, &out);
            (void)smini_dissect_checksum(&out);
        }
    }
    guard_page_close(&page);
}
