/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/address.h"
#include "decode/text_field.h"

#include <criterion/criterion.h>

static bool same(struct smini_span span, const char *text)
{
    return smini_span_equal(span, smini_span_text(text));
}

Test(text_field, a_slot_ends_at_its_first_nul)
{
    cr_expect(same(smini_text_of(smini_span_make("ab\0cd", 5)), "ab"));
    cr_expect(same(smini_text_of(smini_span_make("abcd", 4)), "abcd"));
    cr_expect_eq(smini_text_of(smini_span_make("\0", 1)).length, 0);
}

Test(text_field, control_characters_are_found_at_every_place_and_nothing_else_is)
{
    uint8_t bytes[40];
    for (size_t length = 1; length <= sizeof(bytes); length++)
        for (size_t at = 0; at < length; at++)
            for (int byte = 0; byte < 256; byte++) {
                memset(bytes, 'x', sizeof(bytes));
                bytes[at] = (uint8_t)byte;
                cr_assert_eq(smini_text_has_controls(smini_span_make(bytes, length)), byte < 32 || byte > 126,
                             "byte %d at %zu of %zu", byte, at, length);
            }
}

Test(text_field, any_byte_makes_a_slot_not_empty)
{
    uint8_t bytes[40] = {0};
    for (size_t length = 0; length <= sizeof(bytes); length++) {
        cr_assert(!smini_text_not_empty(smini_span_make(bytes, length)));
        for (size_t at = 0; at < length; at++) {
            bytes[at] = 1;
            cr_assert(smini_text_not_empty(smini_span_make(bytes, length)));
            bytes[at] = 0;
        }
    }
}

static const char *const urls[][4] = {
    /* text, first URL, second, its host and file come below */
    {"tftp://198.51.100.7/a", "tftp://198.51.100.7/a", "", ""},
    {"copy run tftp://h/a ftp://i/b", "tftp://h/a", "ftp://i/b", ""},
    {"copy system:running-config http://h/x", "http://h/x", "", ""},
    {"no url: here", "", "", ""},
    {"://nothing", "", "", ""},
    {"12tftp://h/x", "tftp://h/x", "", ""},
    {"a:b:c://d", "c://d", "", ""},
    {"\"tftp://h/x\"|more", "tftp://h/x", "", ""},
    {"x:/", "", "", ""},
    {"x://", "x://", "", ""},
    {"", "", "", ""},
};

Test(text_field, urls_are_found_wherever_they_stand)
{
    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
        size_t from = 0;
        struct smini_span text = smini_span_text(urls[i][0]);
        cr_expect(same(smini_text_next_url(text, &from), urls[i][1]), "%s", urls[i][0]);
        cr_expect(same(smini_text_next_url(text, &from), urls[i][2]), "second of %s", urls[i][0]);
    }
}

static const char *const parts[][3] = {
    {"tftp://198.51.100.7/conf/a.conf", "198.51.100.7", "a.conf"},
    {"ftp://user:secret@host:21/x", "host", "x"},
    {"http://[2001:db8::1]:80/p/q?r=/s", "2001:db8::1", "q"},
    {"tftp://host", "host", ""},
    {"tftp://host/", "host", ""},
    {"flash:/config.text", "", "config.text"},
    {"flash:config.text", "", "config.text"},
    {"tftp:", "", ""},
    {"", "", ""},
    {"a@b@c", "", ""},
    {"x://@/", "", ""},
};

Test(text_field, host_and_file_of_a_url)
{
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        cr_expect(same(smini_url_host(smini_span_text(parts[i][0])), parts[i][1]), "host of %s", parts[i][0]);
        cr_expect(same(smini_url_file(smini_span_text(parts[i][0])), parts[i][2]), "file of %s", parts[i][0]);
    }
}

Test(text_field, a_scheme_makes_a_url_valid)
{
    cr_expect(smini_url_valid(smini_span_text("tftp://h/x")));
    cr_expect(smini_url_valid(smini_span_text("flash:x")));
    cr_expect(!smini_url_valid(smini_span_text("AAAA")));
    cr_expect(!smini_url_valid(smini_span_text("tftp:")));
    cr_expect(!smini_url_valid(smini_span_text("9p://x")));
    cr_expect(!smini_url_valid(smini_span_text("://x")));
}

Test(text_field, runs_of_printable_text)
{
    struct smini_span bytes = smini_span_make("\0abc\0\x80hello\xffworld!", 17);
    size_t from = 0;
    cr_expect(same(smini_text_next_run(bytes, &from, 4), "hello"));
    cr_expect(same(smini_text_next_run(bytes, &from, 4), "world"));
    cr_expect_eq(smini_text_next_run(bytes, &from, 4).length, 0);
}
