/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/cursor.h"
#include "tests/support/guard_page.h"

#include <criterion/criterion.h>

static struct smini_cursor cursor_on(const void *bytes, size_t length)
{
    return smini_cursor_make(smini_span_make(bytes, length), 0);
}

Test(cursor, short_read_sets_error_and_returns_zero)
{
    for (size_t length = 0; length < 8; length++) {
        struct smini_cursor cursor = cursor_on("\xff\xff\xff\xff\xff\xff\xff\xff", length);
        cr_expect_eq(smini_cursor_u64(&cursor), length < 4 ? 0 : UINT64_C(0xffffffff00000000));
        cr_expect(smini_cursor_failed(&cursor));
        cr_expect_eq(smini_cursor_left(&cursor), 0);
    }
}

Test(cursor, the_error_stays)
{
    struct smini_cursor cursor = cursor_on("\1\2\3", 3);
    cr_expect_null(smini_cursor_take(&cursor, 4));
    cr_expect_eq(smini_cursor_u8(&cursor), 0);
    cr_expect_eq(smini_cursor_span(&cursor, 1).length, 0);
    cr_expect_eq(smini_cursor_rest(&cursor).length, 0);
    cr_expect(smini_cursor_failed(&cursor));
}

Test(cursor, integers_are_big_endian)
{
    struct smini_cursor cursor = cursor_on("\1\2\3\4\5\6\7\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f", 15);
    cr_expect_eq(smini_cursor_u8(&cursor), 0x01);
    cr_expect_eq(smini_cursor_u16(&cursor), 0x0203);
    cr_expect_eq(smini_cursor_u32(&cursor), 0x04050607);
    cr_expect_eq(smini_cursor_u64(&cursor), UINT64_C(0x08090a0b0c0d0e0f));
    cr_expect_eq(smini_cursor_left(&cursor), 0);
    cr_expect(!smini_cursor_failed(&cursor));
}

Test(cursor, a_length_near_the_largest_does_not_wrap)
{
    struct smini_cursor cursor = cursor_on("\1\2\3", 3);
    cr_expect_null(smini_cursor_take(&cursor, SIZE_MAX));
    cr_expect(smini_cursor_failed(&cursor));
}

Test(cursor, narrow_hides_the_neighbour)
{
    struct smini_cursor cursor = cursor_on("abcdef", 6);
    struct smini_cursor item = smini_cursor_narrow(&cursor, 2);
    cr_expect_eq(smini_cursor_left(&item), 2);
    cr_expect_eq(smini_cursor_u32(&item), 0);
    cr_expect(smini_cursor_failed(&item));
    cr_expect(!smini_cursor_failed(&cursor), "an item's error is not the neighbour's");
    cr_expect_eq(smini_cursor_u8(&cursor), 'c');
    cr_expect_eq(cursor.offset, 3);
}

Test(cursor, narrow_past_the_end_gives_what_is_there_and_fails_outside)
{
    struct smini_cursor cursor = cursor_on("abc", 3);
    struct smini_cursor item = smini_cursor_narrow(&cursor, 9);
    cr_expect_eq(smini_cursor_left(&item), 3);
    cr_expect(!smini_cursor_failed(&item));
    cr_expect(smini_cursor_failed(&cursor));
    struct smini_cursor after = smini_cursor_narrow(&cursor, 0);
    cr_expect(smini_cursor_failed(&after), "an error is inherited");
}

Test(cursor, an_empty_span_is_an_empty_cursor)
{
    struct smini_cursor cursor = cursor_on(NULL, 0);
    cr_expect_eq(smini_cursor_left(&cursor), 0);
    cr_expect_not_null(smini_cursor_take(&cursor, 0));
    cr_expect(!smini_cursor_failed(&cursor));
}

Test(cursor, nothing_behind_the_end_is_touched)
{
    struct guard_page page;
    guard_page_open(&page, 64);
    for (size_t length = 0; length <= 32; length++) {
        struct smini_cursor cursor = cursor_on(guard_page_put(&page, "0123456789abcdef0123456789abcdef", length), length);
        size_t words = 0;
        while (!smini_cursor_failed(&cursor)) {
            (void)smini_cursor_u32(&cursor);
            words++;
        }
        cr_expect_eq(words, length / 4 + 1);
    }
    guard_page_close(&page);
}
