/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/bytebuf.h"
#include "smin/status.h"
#include "tests/support/failing_alloc.h"

#include <criterion/criterion.h>

Test(alloc, counts_what_is_in_use_and_the_peak)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    void *a = smini_alloc_get(&alloc, 100);
    void *b = smini_alloc_get(&alloc, 50);
    cr_assert(a && b);
    cr_expect_eq(alloc.used, 150);
    smini_alloc_free(&alloc, a, 100);
    cr_expect_eq(alloc.used, 50);
    cr_expect_eq(alloc.peak, 150);
    cr_expect_eq(alloc.calls, 2);
    smini_alloc_free(&alloc, b, 50);
    smini_alloc_free(&alloc, NULL, 7);
    cr_expect_eq(alloc.used, 0);
}

Test(alloc, the_limit_refuses_and_counts)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 100);
    void *a = smini_alloc_get(&alloc, 60);
    cr_expect_null(smini_alloc_get(&alloc, 41));
    cr_expect_null(smini_alloc_get(&alloc, SIZE_MAX));
    void *b = smini_alloc_get(&alloc, 40);
    cr_expect(a && b);
    cr_expect_eq(alloc.limit_hits, 2);
    cr_expect_eq(alloc.refused, 2);
    smini_alloc_free(&alloc, a, 60);
    smini_alloc_free(&alloc, b, 40);
}

Test(alloc, memory_is_zero_and_size_zero_is_refused)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    uint8_t *a = smini_alloc_get(&alloc, 333);
    for (size_t i = 0; i < 333; i++)
        cr_assert_eq(a[i], 0);
    cr_expect_null(smini_alloc_get(&alloc, 0));
    smini_alloc_free(&alloc, a, 333);
}

Test(alloc, a_product_that_overflows_is_refused)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    cr_expect_null(smini_alloc_array(&alloc, SIZE_MAX / 2, 3));
    cr_expect_eq(alloc.refused, 1);
    void *a = smini_alloc_array(&alloc, 10, 3);
    cr_expect_eq(alloc.used, 30);
    smini_alloc_free(&alloc, a, 30);
}

Test(alloc, growing_keeps_the_old_bytes_and_failing_leaves_them)
{
    struct failing_alloc failing;
    failing_alloc_open(&failing);
    uint8_t *a = smini_alloc_get(&failing.alloc, 4);
    memcpy(a, "abcd", 4);
    a = smini_alloc_grow(&failing.alloc, a, 4, 8);
    cr_expect_arr_eq(a, "abcd\0\0\0\0", 8);
    failing_alloc_fail_nth(&failing, 1);
    cr_expect_null(smini_alloc_grow(&failing.alloc, a, 8, 16));
    cr_expect_arr_eq(a, "abcd\0\0\0\0", 8);
    cr_expect_eq(failing.alloc.used, 8);
    smini_alloc_free(&failing.alloc, a, 8);
    cr_expect(failing_alloc_clean(&failing));
}

Test(bytebuf, holds_no_more_than_its_cap_and_says_so)
{
    struct failing_alloc failing;
    struct smini_bytebuf buf;
    failing_alloc_open(&failing);
    smini_bytebuf_init(&buf, &failing.alloc, 100);
    for (int i = 0; i < 12; i++)
        cr_expect_eq(smini_bytebuf_add(&buf, smini_span_text("12345678")), SMIN_OK);
    cr_expect_eq(smini_bytebuf_add(&buf, smini_span_text("abcdefgh")), SMIN_E_LIMIT);
    cr_expect_eq(buf.length, 100);
    cr_expect(memcmp(buf.bytes + 96, "abcd", 4) == 0);
    cr_expect_eq(smini_bytebuf_reserve(&buf, 1), SMIN_E_LIMIT);
    cr_expect_eq(smini_bytebuf_reserve(&buf, SIZE_MAX), SMIN_E_LIMIT);
    smini_bytebuf_free(&buf);
    cr_expect(failing_alloc_clean(&failing));
}

Test(bytebuf, running_out_of_memory_changes_nothing)
{
    struct failing_alloc failing;
    struct smini_bytebuf buf;
    failing_alloc_open(&failing);
    smini_bytebuf_init(&buf, &failing.alloc, 1000);
    cr_expect_eq(smini_bytebuf_add(&buf, smini_span_text("begin")), SMIN_OK);
    uint8_t many[200] = {0};
    failing_alloc_fail_nth(&failing, 1);
    cr_expect_eq(smini_bytebuf_add(&buf, smini_span_make(many, sizeof(many))), SMIN_E_NOMEM);
    cr_expect_eq(buf.length, 5);
    cr_expect(smini_span_equal(smini_bytebuf_span(&buf), smini_span_text("begin")));
    cr_expect_eq(smini_bytebuf_add(&buf, smini_span_make(many, sizeof(many))), SMIN_OK);
    smini_bytebuf_clear(&buf);
    cr_expect_eq(buf.length, 0);
    smini_bytebuf_free(&buf);
    cr_expect_eq(smini_bytebuf_add(&buf, smini_span_text("again")), SMIN_OK);
    smini_bytebuf_free(&buf);
    cr_expect(failing_alloc_clean(&failing));
}
