/* SPDX-License-Identifier: BSD-2-Clause */
/* Fragments that are impossible, too many, too long, and never all. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/replay/defrag_build.h"

Test(defrag, impossible_fragments_are_dropped_and_told)
{
    defrag_begin(NULL);
    defrag_make_datagram(4, 64);
    cr_assert(defrag_push(4, 1, 65528, false, whole.bytes, 64) == SMIN_E_MALFORMED);
    cr_assert(defrag_push(4, 1, 65504, true, whole.bytes, 16) == SMIN_E_MALFORMED);
    cr_assert(seen_find(&seen, "fragment_oversize"));
    cr_assert(defrag_push(4, 2, 8, true, whole.bytes, 0) == SMIN_E_MALFORMED && seen_find(&seen, "fragment_empty"));
    cr_assert(defrag_push(4, 3, 0, true, whole.bytes, 19) == SMIN_MORE && seen_find(&seen, "fragment_length_odd"));
    cr_assert(defrag_push(4, 3, 16, false, whole.bytes + 16, 48) == SMIN_OK); /* the odd bytes did not count */
    defrag_is_whole(result.first, 4);
    cr_assert(defrag_push(4, 4, 32, false, whole.bytes + 32, 32) == SMIN_MORE);
    cr_assert(defrag_push(4, 4, 64, true, whole.bytes, 32) == SMIN_E_MALFORMED && seen_find(&seen, "fragment_ends_disagree"));
    cr_assert(defrag_push(4, 4, 32, false, whole.bytes + 32, 24) == SMIN_E_MALFORMED);
    cr_assert(defrag_push(4, 4, 0, true, whole.bytes, 32) == SMIN_OK);
    defrag_is_whole(result.first, 4);
    cr_assert(smini_defrag_count(defrag)->dropped == 5);
    defrag_finish();
}

Test(defrag, a_fragment_cut_by_the_capture_is_not_taken_for_whole)
{
    static struct smini_dissected fragment;
    defrag_begin(NULL);
    defrag_make_datagram(4, 64);
    defrag_make_piece(4, 9, 0, true, whole.bytes, 32);
    struct smini_packet packet = {.bytes = piece.bytes, .captured = 40, .wire_length = piece.length, .link_type = 101};
    smini_dissect(&packet, &fragment);
    cr_assert(smini_defrag_push(defrag, &packet, &fragment, &result) == SMIN_E_TRUNCATED);
    cr_assert(seen_find(&seen, "fragment_cut")->lost);
    defrag_finish();
}

Test(defrag, time_passes_only_with_packets_and_ends_waiting)
{
    struct smini_defrag_limits limits;
    smini_defrag_limits_default(&limits);
    defrag_begin(&limits);
    defrag_make_datagram(4, 64);
    cr_assert(defrag_push(4, 1, 0, true, whole.bytes, 32) == SMIN_MORE);
    now += limits.timeout_ns;
    cr_assert(defrag_push(4, 2, 0, true, whole.bytes, 32) == SMIN_MORE && seen.problem_count == 0);
    now -= 5000; /* captures go back in time now and then */
    cr_assert(defrag_push(4, 3, 0, true, whole.bytes, 32) == SMIN_MORE && seen.problem_count == 0);
    now += 5001;
    cr_assert(defrag_push(4, 1, 32, false, whole.bytes + 32, 32) == SMIN_MORE && seen_find(&seen, "fragment_timeout"));
    cr_assert(defrag_push(4, 2, 32, false, whole.bytes + 32, 32) == SMIN_OK);
    cr_assert(smini_defrag_count(defrag)->timed_out == 1);
    defrag_finish();
}

Test(defrag, floods_are_bounded_and_the_oldest_gives_way, .timeout = 300)
{
    struct smini_defrag_limits limits;
    smini_defrag_limits_default(&limits);
    limits.sets_max = 100;
    limits.bytes_max = 200000;
    defrag_begin(&limits);
    defrag_make_datagram(4, 64);
    for (uint32_t id = 0; id < 5000; id++)
        cr_assert(defrag_push(4, id, 0, true, whole.bytes, 32) == SMIN_MORE);
    cr_assert(failing.alloc.used < 400000, "%zu", failing.alloc.used);
    cr_assert(defrag_push(4, 4999, 32, false, whole.bytes + 32, 32) == SMIN_OK); /* the newest is still there */
    cr_assert(defrag_push(4, 0, 32, false, whole.bytes + 32, 32) == SMIN_MORE);  /* the oldest is not */
    cr_assert(smini_defrag_count(defrag)->evicted > 4800);
    cr_assert(seen_find(&seen, "fragment_bytes_limit") || seen_find(&seen, "fragment_sets_limit"));
    uint64_t requests = failing.requests;
    for (uint32_t id = 5000; id < 6000; id++)
        (void)defrag_push(4, id, 0, true, whole.bytes, 32);
    cr_assert(failing.requests == requests); /* nothing is allocated once memory is full */
    defrag_finish();

    limits.sets_max = 8;
    limits.bytes_max = 16 * 1024 * 1024;
    limits.fragments_max = 4;
    defrag_begin(&limits);
    for (uint32_t id = 0; id < 20; id++)
        (void)defrag_push(4, id, 0, true, whole.bytes, 32);
    cr_assert(seen_find(&seen, "fragment_sets_limit")->status == SMIN_E_LIMIT);
    cr_assert(smini_defrag_count(defrag)->evicted == 12);
    for (uint32_t at = 32; at < 32 + 3 * 8; at += 8)
        cr_assert(defrag_push(4, 19, at, true, whole.bytes, 8) == SMIN_MORE);
    cr_assert(defrag_push(4, 19, 56, false, whole.bytes + 56, 8) == SMIN_E_LIMIT);
    cr_assert(seen_find(&seen, "fragment_count_limit")->lost);
    defrag_finish();
}

Test(defrag, a_header_longer_than_its_room_is_a_limit)
{
    static struct build fragment, ip;
    defrag_begin(NULL);
    fragment.length = ip.length = 0;
    build_hex(&fragment, "2c1f");
    build_fill(&fragment, 0, 31 * 8 + 6);
    build_hex(&fragment, "1100 0001 00000001 0102030405060708");
    build_ip6(&ip, 60, &fragment);
    cr_assert(defrag_push_bytes(ip.bytes, (uint32_t)ip.length) == SMIN_E_LIMIT);
    cr_assert(seen_find(&seen, "fragment_header_limit")->lost);
    defrag_finish();
}

/* The inner packet is in pieces, and each piece again: the second call's bytes lie in the first one's result. */
Test(defrag, fragments_inside_a_result_are_taken_from_it)
{
    defrag_begin(NULL);
    defrag_make_datagram(4, 64);
    for (uint32_t half = 0; half < 2; half++) {
        static struct piece outer_content;
        defrag_make_piece(4, 77, half * 32, half == 0, whole.bytes + half * 32, 32);
        memcpy(&outer_content, &piece, sizeof(piece));
        uint32_t split = 24;
        cr_assert(defrag_push(4, 200 + half, 0, true, outer_content.bytes, split) == SMIN_MORE);
        cr_assert(defrag_push(4, 200 + half, split, false, outer_content.bytes + split, outer_content.length - split) ==
                  SMIN_OK);
        static struct smini_dissected fragment, outer;
        memset(&outer, 0, sizeof(outer));
        smini_dissect_ip(result.first + 20, result.length - 20, &outer, &fragment);
        cr_assert(fragment.kind == SMINI_DISSECT_FRAGMENT);
        struct smini_packet packet = {.time_ns = now};
        cr_assert(smini_defrag_push(defrag, &packet, &fragment, &result) == (half == 0 ? SMIN_MORE : SMIN_OK));
    }
    defrag_is_whole(result.first, 4);
    defrag_finish();
}

Test(defrag, every_failing_allocation_is_survived)
{
    defrag_make_datagram(4, 9000);
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
            (void)defrag_push(4, id, 0, true, whole.bytes, 3000);
            (void)defrag_push(4, id, 2992, true, (const uint8_t *)"differs!", 8);
            (void)defrag_push(4, id, 3000, true, whole.bytes + 3000, 3000);
        }
        for (uint32_t id = 0; id < 70; id++)
            done += defrag_push(4, id, 6000, false, whole.bytes + 6000, 3000) == SMIN_OK;
        bool failed = failing.refused > 0;
        cr_assert(failed ? done >= 68 && seen_find(&seen, "out_of_memory")->lost : done == 70);
        defrag_finish();
        if (!failed)
            break;
    }
}
