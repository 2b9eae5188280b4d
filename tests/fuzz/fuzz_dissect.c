/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Packets of any link type, several in an input, fragments put together: what
 * is pointed at lies in the packet, and both paths say the same. The input: a
 * link type, then packets, each behind its length (16 bits) and eight bits
 * that say how much longer it was on the wire.
 */
#include <string.h>

#include "replay/defrag.h"
#include "replay/dissect_walk.h"
#include "smin/status.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/failing_alloc.h"

const char *const fuzz_seed_folder = NULL;

/* Tunnels in fragments in tunnels: as deep as a host would go. */
enum { DEPTH_MAX = 6 };

static bool inside(const uint8_t *part, uint32_t length, const uint8_t *bytes, uint32_t size)
{
    return part >= bytes && part <= bytes + size && length <= (size_t)(bytes + size - part);
}

static void check_bounds(const struct smini_dissected *d, const uint8_t *bytes, uint32_t size)
{
    FUZZ_CHECK(d->kind >= SMINI_DISSECT_TCP && d->kind <= SMINI_DISSECT_BAD);
    FUZZ_CHECK(d->vlan_count <= SMINI_VLAN_MAX && d->tunnel_count <= SMINI_TUNNEL_MAX);
    FUZZ_CHECK((d->kind == SMINI_DISSECT_BAD) == (d->bad_event != NULL && d->bad_layer != NULL));
    FUZZ_CHECK(!d->ip || inside(d->ip, d->ip_bytes, bytes, size));
    if (d->kind > SMINI_DISSECT_FRAGMENT)
        return;
    uint32_t address = d->ip_version == 4 ? 4 : 16;
    FUZZ_CHECK(inside(d->source, address, bytes, size) && inside(d->destination, address, bytes, size));
    FUZZ_CHECK(inside(d->transport, d->transport_bytes, d->ip, d->ip_bytes));
    FUZZ_CHECK(inside(d->payload, d->payload_bytes, d->transport, d->transport_bytes));
    FUZZ_CHECK(d->payload_bytes <= d->payload_wire);
}

static void follow(struct smini_defrag *defrag, const struct smini_packet *packet, const struct smini_dissected *d,
                   int depth)
{
    struct smini_dissected sums;
    memcpy(&sums, d, sizeof(sums));
    bool right = smini_dissect_checksum(&sums);
    FUZZ_CHECK(right == ((sums.facts & (SMINI_FACT_BAD_IP_CHECKSUM | SMINI_FACT_BAD_L4_CHECKSUM)) == 0));
    if (d->kind != SMINI_DISSECT_FRAGMENT || depth == DEPTH_MAX)
        return;
    struct smini_defrag_result result;
    if (smini_defrag_push(defrag, packet, d, &result) != SMIN_OK)
        return;
    struct smini_dissected whole;
    memset(&whole, 0, sizeof(whole));
    FUZZ_CHECK(result.length <= 65535 + 40);
    if (result.last) {
        smini_dissect_ip(result.last, result.length, d, &whole);
        check_bounds(&whole, result.last, result.length);
    }
    smini_dissect_ip(result.first, result.length, d, &whole);
    check_bounds(&whole, result.first, result.length);
    FUZZ_CHECK(whole.ip && whole.tunnel_count >= d->tunnel_count);
    follow(defrag, packet, &whole, depth + 1);
}

static void one_packet(struct smini_defrag *defrag, const struct smini_packet *packet)
{
    static struct smini_dissected fast, general;
    memset(&fast, 0, sizeof(fast));
    memset(&general, 0, sizeof(general));
    smini_dissect(packet, &fast);
    smini_dissect_general(packet, &general);
    check_bounds(&fast, packet->bytes, packet->captured);
    FUZZ_CHECK(memcmp(&fast, &general, offsetof(struct smini_dissected, tunnels)) == 0);
    FUZZ_CHECK(memcmp(fast.tunnels, general.tunnels, fast.tunnel_count * sizeof(fast.tunnels[0])) == 0);
    follow(defrag, packet, &fast, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const uint32_t link_types[] = {0, 1, 9, 12, 14, 50, 51, 101, 104, 108, 113, 219, 228, 229, 276, 147};
    struct smini_cursor input = smini_cursor_make(smini_span_make(bytes, length), 0);
    uint32_t link_type = link_types[smini_cursor_u8(&input) % 16];
    struct failing_alloc failing;
    struct smini_defrag *defrag = NULL;
    failing_alloc_open(&failing);
    FUZZ_CHECK(smini_defrag_new(&defrag, &failing.alloc, NULL, NULL) == SMIN_OK);
    if (length % 4 == 0)
        failing_alloc_fail_nth(&failing, 1 + length % 7);
    for (uint64_t number = 1; smini_cursor_left(&input) >= 3; number++) {
        uint32_t size = smini_cursor_u16(&input);
        uint32_t more = smini_cursor_u8(&input);
        struct smini_cursor item = smini_cursor_narrow(&input, size);
        struct smini_span span = smini_cursor_rest(&item);
        if (!span.bytes)
            continue;
        struct smini_packet packet = {
            .bytes = span.bytes,
            .captured = (uint32_t)span.length,
            .wire_length = (uint32_t)span.length + more,
            .link_type = link_type,
            .number = number,
            .time_ns = number * 1000000,
        };
        one_packet(defrag, &packet);
    }
    smini_defrag_end(defrag);
    smini_defrag_free(&defrag);
    FUZZ_CHECK(failing_alloc_clean(&failing));
    return 0;
}
