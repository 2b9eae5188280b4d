/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/foreign.h"

#include <criterion/criterion.h>

struct address_case {
    const char *text;
    bool valid;
    uint8_t bytes[16];
};

static const struct address_case ipv6_cases[] = {
    {"::", true, {0}},
    {"::1", true, {[15] = 1}},
    {"1::", true, {[1] = 1}},
    {"2001:db8::7", true, {0x20, 0x01, 0x0d, 0xb8, [15] = 7}},
    {"2001:DB8:0:0:0:0:0:7", true, {0x20, 0x01, 0x0d, 0xb8, [15] = 7}},
    {"::ffff:192.0.2.1", true, {[10] = 0xff, 0xff, 192, 0, 2, 1}},
    {"1:2:3:4:5:6:192.0.2.1", true, {0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 192, 0, 2, 1}},
    {"1:2:3:4:5:6:7:8", true, {0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8}},
    {"", false, {0}},
    {":", false, {0}},
    {":1", false, {0}},
    {"1:", false, {0}},
    {"1:::2", false, {0}},
    {"1::2::3", false, {0}},
    {"1:2:3:4:5:6:7", false, {0}},
    {"1:2:3:4:5:6:7:8:9", false, {0}},
    {"1:2:3:4::5:6:7:8", false, {0}},
    {"12345::", false, {0}},
    {"g::", false, {0}},
    {"::1%eth0", false, {0}},
    {"1:2:3:4:5:6:7:192.0.2.1", false, {0}},
};

Test(foreign, ipv6_texts_are_read_exactly_or_refused)
{
    for (size_t i = 0; i < sizeof(ipv6_cases) / sizeof(ipv6_cases[0]); i++) {
        uint8_t address[16];
        bool valid = smini_foreign_ipv6(smini_span_text(ipv6_cases[i].text), address);
        cr_expect_eq(valid, ipv6_cases[i].valid, "%s", ipv6_cases[i].text);
        if (valid && ipv6_cases[i].valid)
            cr_expect_arr_eq(address, ipv6_cases[i].bytes, 16, "%s", ipv6_cases[i].text);
    }
}

Test(foreign, ipv4_texts_are_read_exactly_or_refused)
{
    static const char *const bad[] = {"", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1..2.3", "1.2.3.4 ", "01234.1.1.1", "a.b.c.d"};
    uint8_t address[4];
    cr_assert(smini_foreign_ipv4(smini_span_text("192.0.2.255"), address));
    static const uint8_t want[4] = {192, 0, 2, 255};
    cr_assert_arr_eq(address, want, 4);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        cr_expect_not(smini_foreign_ipv4(smini_span_text(bad[i]), address), "%s", bad[i]);
}

static bool foreign_to_v4(const char *url)
{
    static const uint8_t peer[4] = {198, 51, 100, 7};
    return smini_foreign_url(smini_span_text(url), 4, peer);
}

Test(foreign, only_an_address_other_than_the_peers_is_foreign)
{
    cr_expect_not(foreign_to_v4("tftp://198.51.100.7/x"));
    cr_expect_not(foreign_to_v4("ftp://user:secret@198.51.100.7:2121/x"));
    cr_expect_not(foreign_to_v4("tftp://files.example/x"));
    cr_expect_not(foreign_to_v4("flash:/config.text"));
    cr_expect_not(foreign_to_v4("tftp://"));
    cr_expect(foreign_to_v4("tftp://198.51.100.8/x"));
    cr_expect(foreign_to_v4("http://user@203.0.113.9:8080/x"));
    cr_expect(foreign_to_v4("tftp://[2001:db8::7]/x"));
    cr_expect_not(foreign_to_v4("tftp://[2001:db8::7/x"), "an unfinished literal proves nothing");
}

Test(foreign, ipv6_peers_are_compared_as_numbers)
{
    static const uint8_t peer[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 7};
    cr_expect_not(smini_foreign_url(smini_span_text("http://[2001:DB8:0::7]:80/x"), 6, peer));
    cr_expect(smini_foreign_url(smini_span_text("http://[2001:db8::8]/x"), 6, peer));
    cr_expect(smini_foreign_url(smini_span_text("tftp://198.51.100.7/x"), 6, peer));
}
