/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/replay/defrag_build.h"

#include "replay/checksum.h"

#include <criterion/criterion.h>
#include <string.h>

struct build whole;
struct seen seen;
struct failing_alloc failing;
struct smini_problem_sink sink = {seen_problem, &seen};
struct smini_defrag *defrag;
struct smini_defrag_result result;
struct piece piece;
uint64_t now, number;

void defrag_begin(const struct smini_defrag_limits *limits)
{
    memset(&seen, 0, sizeof(seen));
    failing_alloc_open(&failing);
    now = UINT64_C(1700000000) * 1000000000;
    number = 0;
    cr_assert(smini_defrag_new(&defrag, &failing.alloc, limits, &sink) == SMIN_OK);
}

void defrag_finish(void)
{
    smini_defrag_end(defrag);
    smini_defrag_free(&defrag);
    cr_assert(failing_alloc_clean(&failing));
}

/* `length` bytes at `offset` of a UDP datagram's content as a fragment. */
void defrag_make_piece(int version, uint32_t id, uint32_t offset, bool more, const uint8_t *bytes, uint32_t length)
{
    static struct build ip, fragment;
    ip.length = fragment.length = 0;
    if (version == 4) {
        build_raw(&fragment, bytes, length);
        build_ip4(&ip, 17, &fragment);
        ip.bytes[4] = (uint8_t)(id >> 8);
        ip.bytes[5] = (uint8_t)id;
        ip.bytes[6] = (uint8_t)((more ? 0x20 : 0) | offset >> 11);
        ip.bytes[7] = (uint8_t)(offset >> 3);
        memset(ip.bytes + 10, 0, 2);
        smini_checksum_store(smini_checksum_add(0, ip.bytes, 20), ip.bytes + 10);
    } else { /* with a hop-by-hop header before and a destination header inside the fragmented part */
        build_hex(&fragment, "2c00010400000000 1100");
        build_u16(&fragment, offset | (more ? 1 : 0));
        build_u32(&fragment, id);
        build_raw(&fragment, bytes, length);
        build_ip6(&ip, 0, &fragment);
    }
    piece.length = (uint32_t)ip.length;
    memcpy(piece.bytes, ip.bytes, ip.length);
}

int32_t defrag_push_bytes(const uint8_t *bytes, uint32_t length)
{
    static struct smini_dissected fragment;
    struct smini_packet packet = {
        .bytes = bytes,
        .captured = length,
        .wire_length = length,
        .link_type = 101,
        .time_ns = now,
        .number = ++number,
    };
    smini_dissect(&packet, &fragment);
    cr_assert(fragment.kind == SMINI_DISSECT_FRAGMENT);
    return smini_defrag_push(defrag, &packet, &fragment, &result);
}

int32_t defrag_push(int version, uint32_t id, uint32_t offset, bool more, const uint8_t *bytes, uint32_t length)
{
    defrag_make_piece(version, id, offset, more, bytes, length);
    return defrag_push_bytes(piece.bytes, piece.length);
}

/* A UDP datagram of `length` bytes, header and right checksum included. */
void defrag_make_datagram(int version, uint32_t length)
{
    static struct build content, udp, ip;
    content.length = udp.length = ip.length = whole.length = 0;
    for (uint32_t i = 8; i < length; i++)
        build_u8(&content, (i * 131 + (i >> 8)) & 0xff);
    build_udp(&udp, 50000, 69, &content);
    if (version == 4)
        build_ip4(&ip, 17, &udp);
    else
        build_ip6(&ip, 17, &udp);
    build_sum(&ip);
    build_raw(&whole, ip.bytes + (version == 4 ? 20 : 40), length);
}

/* The reading is the datagram, with a header that hides that it ever was in pieces. */
void defrag_is_whole(const uint8_t *bytes, int version)
{
    static struct smini_dissected out, outer;
    memset(&outer, 0, sizeof(outer));
    smini_dissect_ip(bytes, result.length, &outer, &out);
    cr_assert(out.kind == SMINI_DISSECT_UDP && out.ip_version == version && out.ip_total == result.length);
    cr_assert(out.transport_bytes == whole.length && memcmp(out.transport, whole.bytes, whole.length) == 0);
    cr_assert(smini_dissect_checksum(&out) && out.facts == 0);
}
