/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the stream is cut, with a frame of the test's own: 'M', a length byte, and as many bytes. */
#include <criterion/criterion.h>

#include "snort3/cut.h"

static int32_t need(const uint8_t *bytes, size_t length, uint64_t *total)
{
    if (length < 2)
        return SMIN_MORE;
    if (bytes[0] != 'M')
        return SMIN_E_MALFORMED;
    *total = bytes[1] == 255 ? UINT64_C(0x100000000) : 2 + (uint64_t)bytes[1];
    return SMIN_OK;
}

static const struct smin_ext_frame frame = {.struct_size = sizeof(frame), .header_bytes = 2, .need = need};

static bool scan(struct smini_cut *cut, const char *bytes, size_t length, uint32_t *at)
{
    *at = 0;
    return smini_cut_scan(cut, (const uint8_t *)bytes, (uint32_t)length, at);
}

static struct smini_cut fresh(void)
{
    struct smini_cut cut;
    smini_cut_start(&cut, &frame);
    return cut;
}

Test(cut, a_message_ends_where_its_frame_says)
{
    struct smini_cut cut = fresh();
    uint32_t at;
    cr_assert(scan(&cut, "M\003abcM\001x", 8, &at));
    cr_assert_eq(at, 5);
    cr_assert(scan(&cut, "M\001x", 3, &at));
    cr_assert_eq(at, 3);
}

Test(cut, a_message_is_waited_for_across_segments)
{
    struct smini_cut cut = fresh();
    uint32_t at;
    cr_assert_not(scan(&cut, "M", 1, &at));
    cr_assert_not(scan(&cut, "\003a", 2, &at));
    cr_assert(scan(&cut, "bcM", 3, &at));
    cr_assert_eq(at, 2);
}

Test(cut, a_message_without_a_body_is_a_piece)
{
    struct smini_cut cut = fresh();
    uint32_t at;
    cr_assert(scan(&cut, "M\000M", 3, &at));
    cr_assert_eq(at, 2);
}

Test(cut, what_begins_with_no_message_goes_before_it)
{
    struct smini_cut cut = fresh();
    uint32_t at;
    cr_assert(scan(&cut, "xyzM\001a", 6, &at));
    cr_assert_eq(at, 3);
    cr_assert(scan(&cut, "M\001a", 3, &at));
    cr_assert_eq(at, 3);
}

Test(cut, the_last_bytes_of_what_is_no_message_are_looked_at_again)
{
    struct smini_cut cut = fresh();
    uint32_t at;
    cr_assert(scan(&cut, "xyzM", 4, &at));
    cr_assert_eq(at, 3, "the M may begin a header");
    cr_assert_not(scan(&cut, "M", 1, &at));
    cr_assert(scan(&cut, "\001a", 2, &at));
    cr_assert_eq(at, 2);
}

Test(cut, a_message_beyond_what_is_waited_for_is_handed_on_as_it_comes)
{
    struct smini_cut cut = fresh();
    uint32_t at;
    cr_assert(scan(&cut, "M\377abcd", 6, &at));
    cr_assert_eq(at, 6);
    cr_assert(scan(&cut, "M\001a", 3, &at), "inside it nothing is looked for");
    cr_assert_eq(at, 3);
    cr_assert_eq(cut.left, UINT64_C(0x100000000) - 2 - 4 - 3);
}

Test(cut, the_place_is_never_nothing_and_never_beyond_what_is_there)
{
    uint32_t state = 7;
    for (unsigned round = 0; round < 2000; round++) {
        struct smini_cut cut = fresh();
        for (unsigned i = 0; i < 20; i++) {
            char bytes[16];
            state = state * 1664525 + 1013904223;
            size_t length = 1 + (state >> 28) % 15;
            for (size_t k = 0; k < length; k++) {
                state = state * 1664525 + 1013904223;
                bytes[k] = (state >> 30) ? (char)(state >> 24) : 'M';
            }
            uint32_t at;
            if (scan(&cut, bytes, length, &at))
                cr_assert(at >= 1 && at <= length);
            cr_assert(cut.window_length <= frame.header_bytes);
        }
    }
}

Test(cut, without_a_frame_everything_is_handed_on)
{
    struct smini_cut cut;
    struct smin_ext_frame wide = frame;
    uint32_t at;
    smini_cut_start(&cut, NULL);
    cr_assert(scan(&cut, "abc", 3, &at));
    cr_assert_eq(at, 3);
    wide.header_bytes = SMINI_CUT_HEADER_MAX + 1;
    smini_cut_start(&cut, &wide);
    cr_assert(scan(&cut, "abc", 3, &at), "a header wider than the window is not looked for");
    cr_assert_not(scan(&cut, "", 0, &at));
}
