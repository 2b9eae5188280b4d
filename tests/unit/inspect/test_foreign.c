/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/foreign.h"

#include <criterion/criterion.h>

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
