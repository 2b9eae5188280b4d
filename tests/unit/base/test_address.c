/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/address.h"

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

Test(address, ipv6_texts_are_read_exactly_or_refused)
{
    for (size_t i = 0; i < sizeof(ipv6_cases) / sizeof(ipv6_cases[0]); i++) {
        uint8_t address[16];
        bool valid = smini_address_read(smini_span_text(ipv6_cases[i].text), address) == 6;
        cr_expect_eq(valid, ipv6_cases[i].valid, "%s", ipv6_cases[i].text);
        if (valid && ipv6_cases[i].valid)
            cr_expect_arr_eq(address, ipv6_cases[i].bytes, 16, "%s", ipv6_cases[i].text);
    }
}

Test(address, ipv4_texts_are_read_exactly_or_refused)
{
    static const char *const bad[] = {"", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1..2.3", "1.2.3.4 ", "01234.1.1.1", "a.b.c.d"};
    uint8_t address[16];
    cr_assert(smini_address_read(smini_span_text("192.0.2.255"), address) == 4);
    static const uint8_t want[4] = {192, 0, 2, 255};
    cr_assert_arr_eq(address, want, 4);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        cr_expect_eq(smini_address_read(smini_span_text(bad[i]), address), 0, "%s", bad[i]);
}

struct host_case {
    const char *url, *host;
};

static const struct host_case host_cases[] = {
    {"tftp://198.51.100.7/x", "198.51.100.7"},
    {"ftp://user:p@ss@198.51.100.7:2121/x", "198.51.100.7"},
    {"http://[2001:db8::7]:80/x", "2001:db8::7"},
    {"http://[2001:db8::7/x", "[2001:db8::7"},
    {"tftp://files.example", "files.example"},
    {"tftp:///x", ""},
    {"tftp://", ""},
    {"flash:/config.text", ""},
    {"no url", ""},
    {"", ""},
};

Test(address, the_host_of_a_url_is_found_or_empty)
{
    for (size_t i = 0; i < sizeof(host_cases) / sizeof(host_cases[0]); i++) {
        struct smini_span host = smini_url_host(smini_span_text(host_cases[i].url));
        cr_expect(smini_span_equal(host, smini_span_text(host_cases[i].host)), "%s", host_cases[i].url);
    }
}
