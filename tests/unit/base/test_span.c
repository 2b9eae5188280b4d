/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/span.h"
#include "base/trace.h"
#include "smin/status.h"

#include <criterion/criterion.h>

Test(span, a_part_never_leaves_the_whole)
{
    struct smini_span whole = smini_span_text("abcdef");
    cr_expect(smini_span_equal(smini_span_part(whole, 2, 2), smini_span_text("cd")));
    cr_expect(smini_span_equal(smini_span_part(whole, 4, SIZE_MAX), smini_span_text("ef")));
    cr_expect_eq(smini_span_part(whole, 6, 1).length, 0);
    cr_expect_eq(smini_span_part(whole, SIZE_MAX, SIZE_MAX).length, 0);
}

Test(span, comparison_without_case_is_ascii_only)
{
    cr_expect(smini_span_equal_nocase(smini_span_text("TFTP-x1"), smini_span_text("tftp-X1")));
    cr_expect(!smini_span_equal_nocase(smini_span_text("\xc4"), smini_span_text("\xe4")));
    cr_expect(!smini_span_equal_nocase(smini_span_text("@"), smini_span_text("`")));
    cr_expect(smini_span_starts_nocase(smini_span_text("Copy x"), "copy"));
    cr_expect(!smini_span_starts_nocase(smini_span_text("Cop"), "copy"));
}

Test(span, find_gives_the_length_when_there_is_none)
{
    cr_expect_eq(smini_span_find(smini_span_text("abc"), 'c'), 2);
    cr_expect_eq(smini_span_find(smini_span_text("abc"), 'x'), 3);
    cr_expect_eq(smini_span_find(smini_span_make(NULL, 0), 'x'), 0);
    cr_expect(smini_span_equal(smini_span_make(NULL, 0), smini_span_text("")));
}

Test(status, every_code_has_a_name_and_the_right_class)
{
    static const struct {
        int32_t status;
        int32_t class;
    } codes[] = {
        {SMIN_OK, SMIN_CLASS_OK},           {SMIN_MORE, SMIN_CLASS_OK},
        {SMIN_DONE, SMIN_CLASS_OK},         {SMIN_E_MALFORMED, SMIN_CLASS_INPUT},
        {SMIN_E_TRUNCATED, SMIN_CLASS_INPUT}, {SMIN_E_UNSUPPORTED, SMIN_CLASS_UNSUPPORTED},
        {SMIN_E_LIMIT, SMIN_CLASS_LIMIT},   {SMIN_E_MISUSE, SMIN_CLASS_MISUSE},
        {SMIN_E_NOT_FOUND, SMIN_CLASS_MISUSE}, {SMIN_E_REFUSED, SMIN_CLASS_REFUSED},
        {SMIN_E_VERSION, SMIN_CLASS_REFUSED}, {SMIN_E_NOMEM, SMIN_CLASS_SYSTEM},
        {SMIN_E_IO, SMIN_CLASS_SYSTEM},     {SMIN_E_INTERNAL, SMIN_CLASS_SYSTEM},
    };
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        cr_expect_eq(smin_status_class(codes[i].status), codes[i].class, "%d", (int)codes[i].status);
        cr_expect_str_neq(smin_status_text(codes[i].status), "unknown status");
        for (size_t k = 0; k < i; k++)
            cr_expect_str_neq(smin_status_text(codes[i].status), smin_status_text(codes[k].status));
    }
    cr_expect_str_eq(smin_status_text(-12345), "unknown status");
    cr_expect_eq(smin_status_class(INT32_MIN), SMIN_CLASS_SYSTEM);
}

struct heard {
    int32_t level;
    char text[600];
    unsigned lines;
};

static void hear(void *user, int32_t level, const char *text)
{
    struct heard *heard = user;
    heard->level = level;
    heard->lines++;
    (void)strncpy(heard->text, text, sizeof(heard->text) - 1);
}

Test(trace, only_wanted_levels_are_heard)
{
    struct heard heard = {0};
    struct smini_trace trace = {.write = hear, .user = &heard, .level = SMINI_TRACE_WARNING};
    smini_trace_say(&trace, SMINI_TRACE_DEBUG, "no");
    cr_expect_eq(heard.lines, 0);
    smini_trace_say(&trace, SMINI_TRACE_ERROR, "%d of %s", 3, "four");
    cr_expect_str_eq(heard.text, "3 of four");
    cr_expect_eq(heard.level, SMINI_TRACE_ERROR);
    trace.write = NULL;
    smini_trace_say(&trace, SMINI_TRACE_ERROR, "nobody listens");
    smini_trace_say(NULL, SMINI_TRACE_ERROR, "nobody at all");
    cr_expect_eq(heard.lines, 1);
}

Test(trace, a_long_line_is_cut)
{
    struct heard heard = {0};
    struct smini_trace trace = {.write = hear, .user = &heard, .level = SMINI_TRACE_DEBUG};
    char text[2000];
    memset(text, 'x', sizeof(text));
    text[sizeof(text) - 1] = 0;
    smini_trace_say(&trace, SMINI_TRACE_INFO, "%s", text);
    cr_expect_eq(strlen(heard.text), 511);
}
