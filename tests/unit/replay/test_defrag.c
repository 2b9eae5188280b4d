/* SPDX-License-Identifier: BSD-2-Clause */
/* Fragments in every order, twice, overlapping. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/replay/defrag_build.h"

Test(defrag, every_order_of_fragments_gives_the_datagram)
{
    enum { PIECES = 5 };
    for (int version = 4; version <= 6; version += 2) {
        defrag_begin(NULL);
        defrag_make_datagram(version, 8 * 4 * PIECES + 3);
        uint32_t orders = 0;
        for (uint32_t code = 0; code < 5 * 4 * 3 * 2; code++) {
            uint32_t left[PIECES] = {0, 1, 2, 3, 4}, rest = code;
            for (uint32_t i = 0; i < PIECES; i++) {
                uint32_t pick = rest % (PIECES - i), chosen = left[pick];
                rest /= PIECES - i;
                memmove(left + pick, left + pick + 1, (PIECES - i - 1 - pick) * sizeof(left[0]));
                bool last = chosen == PIECES - 1;
                int32_t status = defrag_push(version, 1000 + code, chosen * 32, !last, whole.bytes + chosen * 32,
                                      last ? (uint32_t)whole.length - chosen * 32 : 32);
                cr_assert(status == (i == PIECES - 1 ? SMIN_OK : SMIN_MORE), "order %u piece %u: %d", code, i, status);
            }
            cr_assert(result.last == NULL);
            defrag_is_whole(result.first, version);
            orders++;
        }
        cr_assert(smini_defrag_count(defrag)->datagrams == orders && seen.problem_count == 0);
        defrag_finish();
        cr_assert(seen.problem_count == 0);
    }
}

Test(defrag, the_largest_datagram_and_the_smallest_fragments_are_put_together, .timeout = 300)
{
    defrag_begin(NULL);
    defrag_make_datagram(4, 65515);
    for (uint32_t at = 0; at < 65515; at += 8) {
        bool last = at + 8 >= 65515;
        int32_t status = defrag_push(4, 7, at, !last, whole.bytes + at, last ? 65515 - at : 8);
        cr_assert(status == (last ? SMIN_OK : SMIN_MORE), "%u: %d", at, status);
    }
    cr_assert(result.length == 65535);
    defrag_is_whole(result.first, 4);
    defrag_finish();
    cr_assert(seen_find(&seen, "fragment_tiny") == NULL && seen.problem_count == 0);
}

Test(defrag, copies_that_disagree_give_both_readings)
{
    for (int order = 0; order < 2; order++) {
        static uint8_t other[64];
        defrag_begin(NULL);
        defrag_make_datagram(4, 64);
        memcpy(other, whole.bytes, 64);
        memcpy(other + 16, "EVILBYTE", 8);
        /* Twice the middle: once as it is, once changed; the last fragment comes behind. */
        cr_assert(defrag_push(4, 9, 0, true, whole.bytes, 16) == SMIN_MORE);
        cr_assert(defrag_push(4, 9, 16, true, order == 0 ? whole.bytes + 16 : other + 16, 32) == SMIN_MORE);
        cr_assert(defrag_push(4, 9, 8, true, order == 0 ? other + 8 : whole.bytes + 8, 24) == SMIN_MORE);
        cr_assert(defrag_push(4, 9, 48, false, whole.bytes + 48, 16) == SMIN_OK);
        cr_assert(result.last != NULL);
        const uint8_t *right = order == 0 ? result.first : result.last;
        const uint8_t *wrong = order == 0 ? result.last : result.first;
        defrag_is_whole(right, 4);
        cr_assert(memcmp(wrong + 20, other, 64) == 0 && memcmp(wrong, right, 20) == 0);
        cr_assert(seen.problem_count == 1 && strcmp(seen.problems[0].event, "fragment_overlap_differs") == 0);
        cr_assert(strcmp(seen.problems[0].layer, "ip") == 0 && smini_defrag_count(defrag)->overlaps_differing == 1);
        defrag_finish();
    }
}

/* A copy that changes a byte back is a third reading; first and last are still the first and the last. */
Test(defrag, the_last_reading_has_the_last_copy_of_every_byte)
{
    defrag_begin(NULL);
    defrag_make_datagram(6, 48);
    cr_assert(defrag_push(6, 9, 8, true, (const uint8_t *)"11111111", 8) == SMIN_MORE);
    cr_assert(defrag_push(6, 9, 8, true, (const uint8_t *)"22222222", 8) == SMIN_MORE);
    cr_assert(defrag_push(6, 9, 8, true, (const uint8_t *)"11111111", 8) == SMIN_MORE);
    cr_assert(defrag_push(6, 9, 16, false, whole.bytes + 16, 32) == SMIN_MORE);
    cr_assert(defrag_push(6, 9, 0, true, whole.bytes, 16) == SMIN_OK);
    cr_assert(result.last && memcmp(result.first + result.length - 40, "11111111", 8) == 0);
    defrag_is_whole(result.last, 6);
    cr_assert(seen.problem_count == 1);
    defrag_finish();
}

Test(defrag, copies_that_agree_are_counted_and_change_nothing)
{
    defrag_begin(NULL);
    defrag_make_datagram(4, 64);
    cr_assert(defrag_push(4, 9, 0, true, whole.bytes, 32) == SMIN_MORE);
    cr_assert(defrag_push(4, 9, 0, true, whole.bytes, 32) == SMIN_MORE);
    cr_assert(defrag_push(4, 9, 16, true, whole.bytes + 16, 24) == SMIN_MORE);
    cr_assert(defrag_push(4, 9, 40, false, whole.bytes + 40, 24) == SMIN_OK);
    cr_assert(result.last == NULL);
    defrag_is_whole(result.first, 4);
    cr_assert(defrag_push(4, 9, 40, false, whole.bytes + 40, 24) == SMIN_MORE); /* late copies begin nothing */
    cr_assert(defrag_push(4, 9, 0, true, whole.bytes, 32) == SMIN_MORE);
    const struct smini_defrag_counters *counters = smini_defrag_count(defrag);
    cr_assert(counters->duplicates == 3 && counters->overlaps_same == 1 && counters->overlaps_differing == 0);
    defrag_finish();
    cr_assert(seen.problem_count == 1 && seen_find(&seen, "fragment_overlap"));
}

Test(defrag, the_same_identification_later_is_another_datagram)
{
    defrag_begin(NULL);
    defrag_make_datagram(4, 64);
    for (int round = 0; round < 3; round++, now += UINT64_C(2000000000)) {
        cr_assert(defrag_push(4, 0, 0, true, whole.bytes, 32) == SMIN_MORE);
        cr_assert(defrag_push(4, 0, 32, false, whole.bytes + 32, 32) == SMIN_OK);
        defrag_is_whole(result.first, 4);
    }
    defrag_finish();
    cr_assert(seen.problem_count == 0);
}

Test(defrag, datagrams_of_other_networks_do_not_mix)
{
    static struct smini_dissected fragment;
    defrag_begin(NULL);
    defrag_make_datagram(4, 64);
    defrag_make_piece(4, 9, 0, true, whole.bytes, 32);
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
    cr_assert(defrag_push(4, 10, 32, false, whole.bytes + 32, 32) == SMIN_MORE);
    cr_assert(defrag_push(4, 9, 32, false, whole.bytes + 32, 32) == SMIN_MORE); /* none of them is its other half */
    defrag_finish();
    cr_assert(seen_find(&seen, "fragments_incomplete") && seen.problem_count == 1);
}
