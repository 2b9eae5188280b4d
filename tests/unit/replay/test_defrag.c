/* SPDX-License-Identifier: BSD-2-Clause */
/* Fragments in every order, twice, overlapping, too many, too long, and never all. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "replay/checksum.h"
#include "replay/defrag.h"
#include "smin/status.h"
#include "tests/support/failing_alloc.h"
#include "tests/unit/replay/input_build.h"

enum { PIECE_ROOM = 66000 };

/* One fragment as it is captured (raw IP). */
struct piece {
    uint32_t length;
    uint8_t bytes[PIECE_ROOM];
};

static struct build whole;
static struct seen seen;
static struct failing_alloc failing;
static struct smini_problem_sink sink = {seen_problem, &seen};
static struct smini_defrag *defrag;
static struct smini_defrag_result result;
static struct piece piece;
static uint64_t now, number;

static void begin(const struct smini_defrag_limits *limits)
{
    memset(&seen, 0, sizeof(seen));
    failing_alloc_open(&failing);
    now = UINT64_C(1700000000) * 1000000000;
    number = 0;
    cr_assert(smini_defrag_new(&defrag, &failing.alloc, limits, &sink) == SMIN_OK);
}

static void finish(void)
{
    smini_defrag_end(defrag);
    smini_defrag_free(&defrag);
    cr_assert(failing_alloc_clean(&failing));
}

/* `length` bytes at `offset` of a UDP datagram's content as a fragment. */
static void make_piece(int version, uint32_t id, uint32_t offset, bool more, const uint8_t *bytes, uint32_t length)
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

static int32_t push_bytes(const uint8_t *bytes, uint32_t length)
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

static int32_t push(int version, uint32_t id, uint32_t offset, bool more, const uint8_t *bytes, uint32_t length)
{
    make_piece(version, id, offset, more, bytes, length);
    return push_bytes(piece.bytes, piece.length);
}

/* A UDP datagram of `length` bytes, header and right checksum included. */
static void make_datagram(int version, uint32_t length)
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
static void is_whole(const uint8_t *bytes, int version)
{
    static struct smini_dissected out, outer;
    memset(&outer, 0, sizeof(outer));
    smini_dissect_ip(bytes, result.length, &outer, &out);
    cr_assert(out.kind == SMINI_DISSECT_UDP && out.ip_version == version && out.ip_total == result.length);
    cr_assert(out.transport_bytes == whole.length && memcmp(out.transport, whole.bytes, whole.length) == 0);
    cr_assert(smini_dissect_checksum(&out) && out.facts == 0);
}

Test(defrag, every_order_of_fragments_gives_the_datagram)
{
    enum { PIECES = 5 };
    for (int version = 4; version <= 6; version += 2) {
        begin(NULL);
        make_datagram(version, 8 * 4 * PIECES + 3);
        uint32_t orders = 0;
        for (uint32_t code = 0; code < 5 * 4 * 3 * 2; code++) {
            uint32_t left[PIECES] = {0, 1, 2, 3, 4}, rest = code;
            for (uint32_t i = 0; i < PIECES; i++) {
                uint32_t pick = rest % (PIECES - i), chosen = left[pick];
                rest /= PIECES - i;
                memmove(left + pick, left + pick + 1, (PIECES - i - 1 - pick) * sizeof(left[0]));
                bool last = chosen == PIECES - 1;
                int32_t status = push(version, 1000 + code, chosen * 32, !last, whole.bytes + chosen * 32,
                                      last ? (uint32_t)whole.length - chosen * 32 : 32);
                cr_assert(status == (i == PIECES - 1 ? SMIN_OK : SMIN_MORE), "order %u piece %u: %d", code, i, status);
            }
            cr_assert(result.last == NULL);
            is_whole(result.first, version);
            orders++;
        }
        cr_assert(smini_defrag_count(defrag)->datagrams == orders && seen.problem_count == 0);
        finish();
        cr_assert(seen.problem_count == 0);
    }
}

Test(defrag, the_largest_datagram_and_the_smallest_fragments_are_put_together, .timeout = 60)
{
    begin(NULL);
    make_datagram(4, 65515);
    for (uint32_t at = 0; at < 65515; at += 8) {
        bool last = at + 8 >= 65515;
        int32_t status = push(4, 7, at, !last, whole.bytes + at, last ? 65515 - at : 8);
        cr_assert(status == (last ? SMIN_OK : SMIN_MORE), "%u: %d", at, status);
    }
    cr_assert(result.length == 65535);
    is_whole(result.first, 4);
    finish();
    cr_assert(seen_find(&seen, "fragment_tiny") == NULL && seen.problem_count == 0);
}

Test(defrag, copies_that_disagree_give_both_readings)
{
    for (int order = 0; order < 2; order++) {
        static uint8_t other[64];
        begin(NULL);
        make_datagram(4, 64);
        memcpy(other, whole.bytes, 64);
        memcpy(other + 16, "EVILBYTE", 8);
        /* Twice the middle: once as it is, once changed; the last fragment comes behind. */
        cr_assert(push(4, 9, 0, true, whole.bytes, 16) == SMIN_MORE);
        cr_assert(push(4, 9, 16, true, order == 0 ? whole.bytes + 16 : other + 16, 32) == SMIN_MORE);
        cr_assert(push(4, 9, 8, true, order == 0 ? other + 8 : whole.bytes + 8, 24) == SMIN_MORE);
        cr_assert(push(4, 9, 48, false, whole.bytes + 48, 16) == SMIN_OK);
        cr_assert(result.last != NULL);
        const uint8_t *right = order == 0 ? result.first : result.last;
        const uint8_t *wrong = order == 0 ? result.last : result.first;
        is_whole(right, 4);
        cr_assert(memcmp(wrong + 20, other, 64) == 0 && memcmp(wrong, right, 20) == 0);
        cr_assert(seen.problem_count == 1 && strcmp(seen.problems[0].event, "fragment_overlap_differs") == 0);
        cr_assert(strcmp(seen.problems[0].layer, "ip") == 0 && smini_defrag_count(defrag)->overlaps_differing == 1);
        finish();
    }
}

/* A copy that changes a byte back is a third reading; first and last are still the first and the last. */
Test(defrag, the_last_reading_has_the_last_copy_of_every_byte)
{
    begin(NULL);
    make_datagram(6, 48);
    cr_assert(push(6, 9, 8, true, (const uint8_t *)"11111111", 8) == SMIN_MORE);
    cr_assert(push(6, 9, 8, true, (const uint8_t *)"22222222", 8) == SMIN_MORE);
    cr_assert(push(6, 9, 8, true, (const uint8_t *)"11111111", 8) == SMIN_MORE);
    cr_assert(push(6, 9, 16, false, whole.bytes + 16, 32) == SMIN_MORE);
    cr_assert(push(6, 9, 0, true, whole.bytes, 16) == SMIN_OK);
    cr_assert(result.last && memcmp(result.first + result.length - 40, "11111111", 8) == 0);
    is_whole(result.last, 6);
    cr_assert(seen.problem_count == 1);
    finish();
}

Test(defrag, copies_that_agree_are_counted_and_change_nothing)
{
    begin(NULL);
    make_datagram(4, 64);
    cr_assert(push(4, 9, 0, true, whole.bytes, 32) == SMIN_MORE);
    cr_assert(push(4, 9, 0, true, whole.bytes, 32) == SMIN_MORE);
    cr_assert(push(4, 9, 16, true, whole.bytes + 16, 24) == SMIN_MORE);
    cr_assert(push(4, 9, 40, false, whole.bytes + 40, 24) == SMIN_OK);
    cr_assert(result.last == NULL);
    is_whole(result.first, 4);
    cr_assert(push(4, 9, 40, false, whole.bytes + 40, 24) == SMIN_MORE); /* late copies begin nothing */
    cr_assert(push(4, 9, 0, true, whole.bytes, 32) == SMIN_MORE);
    const struct smini_defrag_counters *counters = smini_defrag_count(defrag);
    cr_assert(counters->duplicates == 3 && counters->overlaps_same == 1 && counters->overlaps_differing == 0);
    finish();
    cr_assert(seen.problem_count == 1 && seen_find(&seen, "fragment_overlap"));
}

Test(defrag, the_same_identification_later_is_another_datagram)
{
    begin(NULL);
    make_datagram(4, 64);
    for (int round = 0; round < 3; round++, now += UINT64_C(2000000000)) {
        cr_assert(push(4, 0, 0, true, whole.bytes, 32) == SMIN_MORE);
        cr_assert(push(4, 0, 32, false, whole.bytes + 32, 32) == SMIN_OK);
        is_whole(result.first, 4);
    }
    finish();
    cr_assert(seen.problem_count == 0);
}

Test(defrag, datagrams_of_other_networks_do_not_mix)
{
    static struct smini_dissected fragment;
    begin(NULL);
    make_datagram(4, 64);
    make_piece(4, 9, 0, true, whole.bytes, 32);
    struct smini_packet packet = {.bytes = piece.bytes, .captured = piece.length, .wire_length = piece.length,
                                  .link_type = 101, .time_ns = now};
    smini_dissect(&packet, &fragment);
    fragment.vlan_count = 1;
    fragment.vlan[0] = 5;
    cr_assert(smini_defrag_push(defrag, &packet, &fragment, &result) == SMIN_MORE);
    fragment.vlan_count = 0;
    fragment.vlan[0] = 0;
    memset(fragment.tunnels, 0, sizeof(fragment.tunnels));
    fragment.tunnel_count = 1;
    cr_assert(smini_defrag_push(defrag, &packet, &fragment, &result) == SMIN_MORE);
    cr_assert(push(4, 10, 32, false, whole.bytes + 32, 32) == SMIN_MORE);
    cr_assert(push(4, 9, 32, false, whole.bytes + 32, 32) == SMIN_MORE); /* none of them is its other half */
    finish();
    cr_assert(seen_find(&seen, "fragments_incomplete") && seen.problem_count == 1);
}

Test(defrag, impossible_fragments_are_dropped_and_told)
{
    begin(NULL);
    make_datagram(4, 64);
    cr_assert(push(4, 1, 65528, false, whole.bytes, 64) == SMIN_E_MALFORMED);
    cr_assert(push(4, 1, 65504, true, whole.bytes, 16) == SMIN_E_MALFORMED);
    cr_assert(seen_find(&seen, "fragment_oversize"));
    cr_assert(push(4, 2, 8, true, whole.bytes, 0) == SMIN_E_MALFORMED && seen_find(&seen, "fragment_empty"));
    cr_assert(push(4, 3, 0, true, whole.bytes, 19) == SMIN_MORE && seen_find(&seen, "fragment_length_odd"));
    cr_assert(push(4, 3, 16, false, whole.bytes + 16, 48) == SMIN_OK); /* the odd bytes did not count */
    is_whole(result.first, 4);
    cr_assert(push(4, 4, 32, false, whole.bytes + 32, 32) == SMIN_MORE);
    cr_assert(push(4, 4, 64, true, whole.bytes, 32) == SMIN_E_MALFORMED && seen_find(&seen, "fragment_ends_disagree"));
    cr_assert(push(4, 4, 32, false, whole.bytes + 32, 24) == SMIN_E_MALFORMED);
    cr_assert(push(4, 4, 0, true, whole.bytes, 32) == SMIN_OK);
    is_whole(result.first, 4);
    cr_assert(smini_defrag_count(defrag)->dropped == 5);
    finish();
}

Test(defrag, a_fragment_cut_by_the_capture_is_not_taken_for_whole)
{
    static struct smini_dissected fragment;
    begin(NULL);
    make_datagram(4, 64);
    make_piece(4, 9, 0, true, whole.bytes, 32);
    struct smini_packet packet = {.bytes = piece.bytes, .captured = 40, .wire_length = piece.length, .link_type = 101};
    smini_dissect(&packet, &fragment);
    cr_assert(smini_defrag_push(defrag, &packet, &fragment, &result) == SMIN_E_TRUNCATED);
    cr_assert(seen_find(&seen, "fragment_cut")->lost);
    finish();
}

Test(defrag, time_passes_only_with_packets_and_ends_waiting)
{
    struct smini_defrag_limits limits;
    smini_defrag_limits_default(&limits);
    begin(&limits);
    make_datagram(4, 64);
    cr_assert(push(4, 1, 0, true, whole.bytes, 32) == SMIN_MORE);
    now += limits.timeout_ns;
    cr_assert(push(4, 2, 0, true, whole.bytes, 32) == SMIN_MORE && seen.problem_count == 0);
    now -= 5000; /* captures go back in time now and then */
    cr_assert(push(4, 3, 0, true, whole.bytes, 32) == SMIN_MORE && seen.problem_count == 0);
    now += 5001;
    cr_assert(push(4, 1, 32, false, whole.bytes + 32, 32) == SMIN_MORE && seen_find(&seen, "fragment_timeout"));
    cr_assert(push(4, 2, 32, false, whole.bytes + 32, 32) == SMIN_OK);
    cr_assert(smini_defrag_count(defrag)->timed_out == 1);
    finish();
}

Test(defrag, floods_are_bounded_and_the_oldest_gives_way, .timeout = 60)
{
    struct smini_defrag_limits limits;
    smini_defrag_limits_default(&limits);
    limits.sets_max = 100;
    limits.bytes_max = 200000;
    begin(&limits);
    make_datagram(4, 64);
    for (uint32_t id = 0; id < 5000; id++)
        cr_assert(push(4, id, 0, true, whole.bytes, 32) == SMIN_MORE);
    cr_assert(failing.alloc.used < 400000, "%zu", failing.alloc.used);
    cr_assert(push(4, 4999, 32, false, whole.bytes + 32, 32) == SMIN_OK); /* the newest is still there */
    cr_assert(push(4, 0, 32, false, whole.bytes + 32, 32) == SMIN_MORE);  /* the oldest is not */
    cr_assert(smini_defrag_count(defrag)->evicted > 4800);
    cr_assert(seen_find(&seen, "fragment_bytes_limit") || seen_find(&seen, "fragment_sets_limit"));
    uint64_t requests = failing.requests;
    for (uint32_t id = 5000; id < 6000; id++)
        (void)push(4, id, 0, true, whole.bytes, 32);
    cr_assert(failing.requests == requests); /* nothing is allocated once memory is full */
    finish();

    limits.sets_max = 8;
    limits.bytes_max = 16 * 1024 * 1024;
    limits.fragments_max = 4;
    begin(&limits);
    for (uint32_t id = 0; id < 20; id++)
        (void)push(4, id, 0, true, whole.bytes, 32);
    cr_assert(seen_find(&seen, "fragment_sets_limit")->status == SMIN_E_LIMIT);
    cr_assert(smini_defrag_count(defrag)->evicted == 12);
    for (uint32_t at = 32; at < 32 + 3 * 8; at += 8)
        cr_assert(push(4, 19, at, true, whole.bytes, 8) == SMIN_MORE);
    cr_assert(push(4, 19, 56, false, whole.bytes + 56, 8) == SMIN_E_LIMIT);
    cr_assert(seen_find(&seen, "fragment_count_limit")->lost);
    finish();
}

Test(defrag, a_header_longer_than_its_room_is_a_limit)
{
    static struct build fragment, ip;
    begin(NULL);
    fragment.length = ip.length = 0;
    build_hex(&fragment, "2c1f");
    build_fill(&fragment, 0, 31 * 8 + 6);
    build_hex(&fragment, "1100 0001 00000001 0102030405060708");
    build_ip6(&ip, 60, &fragment);
    cr_assert(push_bytes(ip.bytes, (uint32_t)ip.length) == SMIN_E_LIMIT);
    cr_assert(seen_find(&seen, "fragment_header_limit")->lost);
    finish();
}

/* The inner packet is in pieces, and each piece again: the second call's bytes lie in the first one's result. */
Test(defrag, fragments_inside_a_result_are_taken_from_it)
{
    begin(NULL);
    make_datagram(4, 64);
    for (uint32_t half = 0; half < 2; half++) {
        static struct piece outer_content;
        make_piece(4, 77, half * 32, half == 0, whole.bytes + half * 32, 32);
        memcpy(&outer_content, &piece, sizeof(piece));
        uint32_t split = 24;
        cr_assert(push(4, 200 + half, 0, true, outer_content.bytes, split) == SMIN_MORE);
        cr_assert(push(4, 200 + half, split, false, outer_content.bytes + split, outer_content.length - split) ==
                  SMIN_OK);
        static struct smini_dissected fragment, outer;
        memset(&outer, 0, sizeof(outer));
        smini_dissect_ip(result.first + 20, result.length - 20, &outer, &fragment);
        cr_assert(fragment.kind == SMINI_DISSECT_FRAGMENT);
        struct smini_packet packet = {.time_ns = now};
        cr_assert(smini_defrag_push(defrag, &packet, &fragment, &result) == (half == 0 ? SMIN_MORE : SMIN_OK));
    }
    is_whole(result.first, 4);
    finish();
}

Test(defrag, every_failing_allocation_is_survived)
{
    make_datagram(4, 9000);
    for (uint64_t n = 1;; n++) {
        memset(&seen, 0, sizeof(seen));
        failing_alloc_open(&failing);
        failing_alloc_fail_nth(&failing, n);
        int32_t status = smini_defrag_new(&defrag, &failing.alloc, NULL, &sink);
        if (status != SMIN_OK) {
            cr_assert(status == SMIN_E_NOMEM && !defrag && failing_alloc_clean(&failing));
            continue;
        }
        uint32_t done = 0;
        for (uint32_t id = 0; id < 70; id++) { /* more sets than the first table holds, each growing twice */
            (void)push(4, id, 0, true, whole.bytes, 3000);
            (void)push(4, id, 2992, true, (const uint8_t *)"differs!", 8);
            (void)push(4, id, 3000, true, whole.bytes + 3000, 3000);
        }
        for (uint32_t id = 0; id < 70; id++)
            done += push(4, id, 6000, false, whole.bytes + 6000, 3000) == SMIN_OK;
        bool failed = failing.refused > 0;
        cr_assert(failed ? done >= 68 && seen_find(&seen, "out_of_memory")->lost : done == 70);
        finish();
        if (!failed)
            break;
    }
}
