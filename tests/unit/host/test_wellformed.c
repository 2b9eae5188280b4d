/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <string.h>

#include "host/limits.h"
#include "host/wellformed.h"

static void expect_all(bool (*judge)(const char *), bool expected, const char *const *texts)
{
    for (; *texts; texts++)
        cr_expect_eq(judge(*texts), expected, "\"%s\"", *texts);
}

Test(wellformed, ids_are_reverse_domain_names)
{
    expect_all(smini_wellformed_id, true, (const char *const[]){"org.smin.smartinstall", "a.b", "org.x-1_2.y", NULL});
    expect_all(smini_wellformed_id, false,
               (const char *const[]){"", "smin", ".a.b", "a..b", "a.b.", "Org.smin", "a.b c", "a.b/c", "a.\xc3\xa4", NULL});
    cr_expect_not(smini_wellformed_id(NULL));
}

Test(wellformed, names_are_keys_and_filters)
{
    expect_all(smini_wellformed_name, true, (const char *const[]){"smin", "a", "length_2", NULL});
    expect_all(smini_wellformed_name, false, (const char *const[]){"", "2a", "_a", "a.b", "A", "a-b", NULL});
    expect_all(smini_wellformed_dotted, true, (const char *const[]){"smin.url", "a", "a.b.c", NULL});
    expect_all(smini_wellformed_dotted, false, (const char *const[]){"", "a.", ".a", "a..b", "a[]", "a.2", NULL});
}

Test(wellformed, record_keys_nest_and_repeat)
{
    expect_all(smini_wellformed_key, true, (const char *const[]){"urls[]", "reload.now", "tlvs[].type", "a", NULL});
    expect_all(smini_wellformed_key, false, (const char *const[]){"", "[]", "a[", "a[]b", "a[].", "a[][]", NULL});
}

Test(wellformed, lines_hold_no_control_characters)
{
    expect_all(smini_wellformed_line, true, (const char *const[]){"a line", "\xc3\xa4", NULL});
    expect_all(smini_wellformed_line, false, (const char *const[]){"", "a\nb", "\033[31m", "a\x7f", NULL});
}

Test(wellformed, the_longest_text_is_taken_and_one_more_is_not)
{
    char text[SMINI_HOST_TEXT_CHARS + 2];
    memset(text, 'a', sizeof(text));
    text[SMINI_HOST_TEXT_CHARS] = '\0';
    cr_expect(smini_wellformed_line(text));
    text[SMINI_HOST_TEXT_CHARS] = 'a';
    text[SMINI_HOST_TEXT_CHARS + 1] = '\0';
    cr_expect_not(smini_wellformed_line(text));
    text[SMINI_HOST_NAME_CHARS] = '\0';
    cr_expect(smini_wellformed_name(text));
    text[SMINI_HOST_NAME_CHARS] = 'a';
    text[SMINI_HOST_NAME_CHARS + 1] = '\0';
    cr_expect_not(smini_wellformed_name(text));
}
