/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/written.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/address.h"

Test(written, numbers_are_what_printf_makes_of_them)
{
    static const uint64_t values[] = {0, 9, 10, 255, 4294967296U, UINT64_MAX - 1, UINT64_MAX};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        char expected[32], text[SMINI_DECIMAL_TEXT];
        size_t length = smini_decimal(values[i], text);
        cr_assert_eq(length, (size_t)snprintf(expected, sizeof(expected), "%llu", (unsigned long long)values[i]));
        cr_expect_eq(memcmp(text, expected, length), 0, "%s", expected);
    }
}

Test(written, times_are_those_of_the_system_calendar)
{
    for (uint64_t second = 0; second < 8000000000U; second += 7777777) {
        time_t then = (time_t)second;
        char expected[32], text[SMINI_SECOND_TEXT];
        struct tm parts;
        strftime(expected, sizeof(expected), "%Y-%m-%dT%H:%M:%S", gmtime_r(&then, &parts));
        smini_second_text(second, text);
        cr_assert_str_eq(text, expected);
    }
}

Test(written, addresses_are_read_as_they_are_written)
{
    static const char *const texts[] = {"0.0.0.0", "192.0.2.10", "255.255.255.255", "::", "2001:db8::7", "1:2:3:4:5:6:7:8"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        uint8_t bytes[16];
        char text[SMINI_ADDRESS_TEXT];
        uint8_t version = smini_address_read(smini_span_text(texts[i]), bytes);
        cr_expect_eq(smini_address_text(version, bytes, text), strlen(texts[i]));
        cr_expect_str_eq(text, texts[i]);
    }
}
