/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/written.h"

#include <string.h>

size_t smini_decimal(uint64_t value, char *text)
{
    char digits[SMINI_DECIMAL_TEXT];
    size_t at = sizeof(digits);
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    memcpy(text, digits + at, sizeof(digits) - at);
    return sizeof(digits) - at;
}

static void two_digits(char *text, uint64_t value)
{
    text[0] = (char)('0' + value / 10 % 10);
    text[1] = (char)('0' + value % 10);
}

/* Days since 1970 to a date of the Gregorian calendar; years begin in March, so that the leap day is the last. */
void smini_second_text(uint64_t second, char text[SMINI_SECOND_TEXT])
{
    uint64_t days = second / 86400 + 719468, of_day = second % 86400;
    uint64_t era = days / 146097, of_era = days % 146097;
    uint64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    uint64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    uint64_t march = (5 * of_year + 2) / 153;
    uint64_t day = of_year - (153 * march + 2) / 5 + 1;
    uint64_t month = march < 10 ? march + 3 : march - 9;
    uint64_t year = year_of_era + era * 400 + (month <= 2);
    memcpy(text, "0000-00-00T00:00:00", SMINI_SECOND_TEXT);
    two_digits(text, year / 100);
    two_digits(text + 2, year % 100);
    two_digits(text + 5, month);
    two_digits(text + 8, day);
    two_digits(text + 11, of_day / 3600);
    two_digits(text + 14, of_day / 60 % 60);
    two_digits(text + 17, of_day % 60);
}
