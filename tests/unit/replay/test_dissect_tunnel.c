/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets inside packets. */
#include <criterion/criterion.h>
#include <string.h>

#include "replay/dissect.h"
#include "tests/support/guard_page.h"
#include "tests/unit/replay/input_build.h"

static struct build packet, inner, header;
static struct smini_dissected out;

static void dissect(void)
{
    struct smini_packet p = {
        .bytes = packet.bytes,
        .captured = (uint32_t)packet.length,
        .wire_length = (uint32_t)packet.length,
        .link_type = 101,
    };
    memset(&out, 0xee, sizeof(out));
    smini_dissect(&p, &out);
}

/* IP, the tunnel's own header, and what is inside: an IP packet, or a frame with one. */
struct form {
    uint8_t kind;
    uint8_t protocol; /* 17: UDP to `port` */
    uint16_t port;
    uint8_t inner_version; /* of the IP packet inside */
    bool frame;
    uint32_t id;
    const char *hex;
};

static const struct form forms[] = {
    {SMINI_TUNNEL_GRE, 47, 0, 4, false, 0, "0000 0800"},
    {SMINI_TUNNEL_GRE, 47, 0, 6, false, 77, "2000 86dd 0000004d"},
    {SMINI_TUNNEL_GRE, 47, 0, 4, false, 78, "b000 0800 00000000 0000004e 00000001"},
    {SMINI_TUNNEL_GRE, 47, 0, 4, false, 0, "4000 0800 00000000 08000004 0a000001 00000000"},
    {SMINI_TUNNEL_GRE, 47, 0, 4, true, 0, "0000 6558"},
    {SMINI_TUNNEL_GRE, 47, 0, 4, false, 0, "0000 8847 00010140"},
    {SMINI_TUNNEL_GRE, 47, 0, 4, false, 0x00100001, "3081 880b 00100001 00000001 00000001 ff030021"},
    {SMINI_TUNNEL_ERSPAN1, 47, 0, 4, true, 0, "0000 88be"},
    {SMINI_TUNNEL_ERSPAN2, 47, 0, 4, true, 0x123, "1000 88be 00000001 1001 0123 00000005"},
    {SMINI_TUNNEL_ERSPAN3, 47, 0, 6, true, 0x3ff, "1000 22eb 00000001 2001 03ff 00000001 0000 0000"},
    {SMINI_TUNNEL_ERSPAN3, 47, 0, 4, true, 1, "1000 22eb 00000001 2001 0001 00000001 0000 0001 0000000000000000"},
    {SMINI_TUNNEL_ERSPAN3, 47, 0, 4, false, 1, "1000 22eb 00000001 2001 0001 00000001 0000 0800"},
    {SMINI_TUNNEL_IPIP, 4, 0, 4, false, 0, ""},
    {SMINI_TUNNEL_IPIP, 41, 0, 6, false, 0, ""},
    {SMINI_TUNNEL_VXLAN, 17, 4789, 4, true, 0x00abcd, "08000000 00abcd00"},
    {SMINI_TUNNEL_GENEVE, 17, 6081, 6, true, 0x000007, "0000 6558 00000700"},
    {SMINI_TUNNEL_GENEVE, 17, 6081, 4, false, 0x000008, "0200 0800 00000800 0001010100000000"},
    {SMINI_TUNNEL_GTPU, 17, 2152, 4, false, 9, "30ff 0043 00000009"},
    {SMINI_TUNNEL_GTPU, 17, 2152, 4, false, 9, "34ff 0053 00000009 000000c0 01000085 02000000 00000000"},
};

enum { FORMS = sizeof(forms) / sizeof(forms[0]) };

static void wrap(const struct form *form, int version)
{
    static struct build content, udp;
    content.length = udp.length = header.length = packet.length = 0;
    build_hex(&header, form->hex);
    build_raw(&content, header.bytes, header.length);
    if (form->frame)
        build_hex(&content, form->inner_version == 4 ? "020000000003 020000000004 0800"
                                                     : "020000000003 020000000004 86dd");
    build_raw(&content, inner.bytes, inner.length);
    const struct build *payload = &content;
    if (form->protocol == 17) {
        build_udp(&udp, 50000, form->port, &content);
        payload = &udp;
    }
    if (version == 4)
        build_ip4(&packet, form->protocol, payload);
    else
        build_ip6(&packet, form->protocol, payload);
}

/* GTP-U says how long its content is. */
static void correct_gtp(const struct form *form, int version)
{
    if (form->kind != SMINI_TUNNEL_GTPU)
        return;
    uint32_t at = (version == 4 ? 20 : 40) + 8;
    uint32_t length = (uint32_t)packet.length - at - 8;
    packet.bytes[at + 2] = (uint8_t)(length >> 8);
    packet.bytes[at + 3] = (uint8_t)length;
}

Test(tunnel, every_tunnel_leads_to_the_payload_and_is_described)
{
    for (size_t i = 0; i < FORMS; i++)
        for (int version = 4; version <= 6; version += 2) {
            const struct form *form = &forms[i];
            inner.length = 0;
            build_ip_tcp(&inner, form->inner_version, "payload");
            wrap(form, version);
            correct_gtp(form, version);
            dissect();
            cr_assert(out.kind == SMINI_DISSECT_TCP, "form %zu: %d %s", i, (int)out.kind,
                      out.kind == SMINI_DISSECT_BAD ? out.bad_event : "");
            cr_assert(out.payload_bytes == 7 && memcmp(out.payload, "payload", 7) == 0 && out.tunnel_count == 1);
            cr_assert(out.destination_port == 4786 && out.ip_version == form->inner_version);
            const struct smini_tunnel *tunnel = &out.tunnels[0];
            cr_assert(tunnel->kind == form->kind && tunnel->id == form->id, "form %zu: id %u", i, tunnel->id);
            cr_assert(tunnel->ip_version == version);
            cr_assert(memcmp(tunnel->source, packet.bytes + (version == 4 ? 12 : 8), version == 4 ? 4 : 16) == 0);
            cr_assert(memcmp(tunnel->destination, packet.bytes + (version == 4 ? 16 : 24), version == 4 ? 4 : 16) == 0);
            cr_assert(smini_dissect_checksum(&out) && out.facts == 0, "form %zu", i);
        }
}

Test(tunnel, four_tunnels_are_followed_and_a_fifth_is_the_limit)
{
    static const struct form ipip = {SMINI_TUNNEL_IPIP, 4, 0, 4, false, 0, ""};
    static const struct form vxlan = {SMINI_TUNNEL_VXLAN, 17, 4789, 4, true, 1, "08000000 00000100"};
    const struct form *kinds[] = {&ipip, &vxlan};
    for (int kind = 0; kind < 2; kind++) {
        inner.length = 0;
        build_ip_tcp(&inner, 4, "payload");
        for (uint32_t depth = 1; depth <= 6; depth++) {
            wrap(kinds[kind], 4);
            memcpy(&inner, &packet, sizeof(inner));
            dissect();
            if (depth <= SMINI_TUNNEL_MAX) {
                cr_assert(out.kind == SMINI_DISSECT_TCP && out.tunnel_count == depth, "%u", depth);
            } else {
                cr_assert(out.kind == SMINI_DISSECT_BAD && strcmp(out.bad_event, "nesting_limit") == 0, "%u", depth);
                cr_assert(out.tunnel_count == SMINI_TUNNEL_MAX);
            }
        }
    }
}

Test(tunnel, a_tunnel_port_without_a_packet_inside_is_plain_udp)
{
    static const char *const contents[] = {
        "",
        "08",
        "0000000000000000",
        "0800000000000100",
        "08000000000001000200000000030200",
        "08000000 00000100 020000000003 020000000004 1234 00112233",
        "30ff 0004 00000009 12345678",
        "32ff ffff 00000001",
        "34ff 0005 00000001 00000001 00",
        "0000 6558 00000700 00",
        "ffffffffffffffffffffffffffff",
    };
    static const unsigned ports[] = {4789, 6081, 2152};
    static struct build content, udp;
    for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++)
        for (size_t p = 0; p < 3; p++) {
            content.length = udp.length = packet.length = 0;
            build_hex(&content, contents[i]);
            build_udp(&udp, 2000, ports[p], &content);
            build_ip4(&packet, 17, &udp);
            dissect();
            cr_assert(out.kind == SMINI_DISSECT_UDP && out.tunnel_count == 0, "%s", contents[i]);
            cr_assert(out.payload_bytes == content.length && out.destination_port == ports[p]);
            cr_assert(out.payload == packet.bytes + 28 && out.ip == packet.bytes && out.facts == 0);
        }
}

Test(tunnel, damage_inside_a_named_tunnel_is_bad)
{
    static const struct form gre = {SMINI_TUNNEL_GRE, 47, 0, 4, false, 0, "0000 0800"};
    static const struct form version2 = {SMINI_TUNNEL_GRE, 47, 0, 4, false, 0, "0002 0800"};
    static const struct form cut = {SMINI_TUNNEL_GRE, 47, 0, 4, false, 0, "2000 0800 0000"};
    inner.length = 0;
    build_hex(&inner, "4500");
    wrap(&gre, 4);
    dissect();
    cr_assert(out.kind == SMINI_DISSECT_BAD && strcmp(out.bad_event, "ip_header_cut") == 0);
    wrap(&version2, 4);
    dissect();
    cr_assert(out.kind == SMINI_DISSECT_BAD && strcmp(out.bad_event, "gre_version_unknown") == 0);
    inner.length = 0;
    wrap(&cut, 6);
    dissect();
    cr_assert(out.kind == SMINI_DISSECT_BAD && strcmp(out.bad_event, "gre_header_cut") == 0);
}

Test(tunnel, what_comes_back_from_defrag_keeps_what_stood_before_it)
{
    static const struct form vxlan = {SMINI_TUNNEL_VXLAN, 17, 4789, 4, true, 5, "08000000 00000500"};
    inner.length = 0;
    build_ip_tcp(&inner, 4, "payload");
    inner.bytes[6] = 0x20; /* more fragments */
    wrap(&vxlan, 6);
    dissect();
    cr_assert(out.kind == SMINI_DISSECT_FRAGMENT && out.tunnel_count == 1);
    inner.length = 0;
    build_ip_tcp(&inner, 4, "payload");
    struct smini_dissected whole;
    smini_dissect_ip(inner.bytes, (uint32_t)inner.length, &out, &whole);
    cr_assert(whole.kind == SMINI_DISSECT_TCP && whole.tunnel_count == 1 && whole.tunnels[0].id == 5);
    smini_dissect_ip(inner.bytes, (uint32_t)inner.length, &out, &out);
    cr_assert(out.kind == SMINI_DISSECT_TCP && out.tunnel_count == 1 && out.tunnels[0].kind == SMINI_TUNNEL_VXLAN);
    cr_assert(out.tunnels[0].ip_version == 6 && out.facts == 0 && !out.more_fragments);
}

Test(tunnel, no_length_is_read_beyond_its_end, .timeout = 300)
{
    struct guard_page page;
    guard_page_open(&page, 4096);
    for (size_t i = 0; i < FORMS; i++) {
        inner.length = 0;
        build_ip_tcp(&inner, forms[i].inner_version, "payload");
        wrap(&forms[i], 4);
        correct_gtp(&forms[i], 4);
        for (uint32_t length = 0; length <= packet.length; length++)
            for (uint32_t fits = 0; fits < 2; fits++) {
                if (fits == 1 && length >= 20) { /* the outer lengths agree with what is there */
                    packet.bytes[2] = (uint8_t)(length >> 8);
                    packet.bytes[3] = (uint8_t)length;
                }
                struct smini_packet p = {
                    .bytes = guard_page_put(&page, packet.bytes, length),
                    .captured = length,
                    .wire_length = (uint32_t)packet.length,
                    .link_type = 101,
                };
                smini_dissect(&p, &out);
                (void)smini_dissect_checksum(&out);
            }
    }
    guard_page_close(&page);
}
