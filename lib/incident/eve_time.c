/* SPDX-License-Identifier: BSD-2-Clause */
/* Times of records: no locale, no time zone but that of the record. */
#include "incident/eve.h"

static bool read_digits(struct smini_span text, size_t at, size_t count, uint64_t *number)
{
    *number = 0;
    if (text.length < at || text.length - at < count)
        return false;
    for (size_t i = at; i < at + count; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
        *number = *number * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    return true;
}

static bool stands_at(struct smini_span text, size_t at, uint8_t byte)
{
    return at < text.length && text.bytes[at] == byte;
}

static bool is_leap(uint64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 1970 to the first of January. */
static uint64_t days_before(uint64_t year)
{
    uint64_t last = year - 1;
    return (year - 1970) * 365 + (last / 4 - last / 100 + last / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400);
}

static bool read_date(struct smini_span text, uint64_t *days)
{
    static const uint8_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint64_t year, month, day;
    if (!read_digits(text, 0, 4, &year) || !read_digits(text, 5, 2, &month) || !read_digits(text, 8, 2, &day) ||
        !stands_at(text, 4, '-') || !stands_at(text, 7, '-') || year < 1970 || month < 1 || month > 12 || day < 1)
        return false;
    uint64_t most = lengths[month - 1] + (month == 2 && is_leap(year) ? 1U : 0U);
    *days = days_before(year) + day - 1;
    for (uint64_t m = 1; m < month; m++)
        *days += lengths[m - 1] + (m == 2 && is_leap(year) ? 1U : 0U);
    return day <= most;
}

/* ".678901", from one digit to nine; gives where it ends. */
static bool read_fraction(struct smini_span text, size_t *at, uint64_t *fraction_ns)
{
    uint64_t unit = 1000000000;
    size_t first = *at + 1;
    *fraction_ns = 0;
    if (!stands_at(text, *at, '.'))
        return true;
    for ((*at)++; *at < text.length && text.bytes[*at] >= '0' && text.bytes[*at] <= '9' && *at - first < 9; (*at)++) {
        unit /= 10;
        *fraction_ns += (uint64_t)(text.bytes[*at] - '0') * unit;
    }
    return *at > first;
}

/* "Z", "+0000", "+00:00": seconds east of Greenwich. */
static bool read_zone(struct smini_span text, size_t at, int64_t *east)
{
    uint64_t hours, minutes;
    *east = 0;
    if (stands_at(text, at, 'Z'))
        return text.length == at + 1;
    bool colon = stands_at(text, at + 3, ':');
    if ((!stands_at(text, at, '+') && !stands_at(text, at, '-')) || !read_digits(text, at + 1, 2, &hours) ||
        !read_digits(text, at + 3 + colon, 2, &minutes) || text.length != at + 5 + colon || hours > 14 || minutes > 59)
        return false;
    *east = (int64_t)(hours * 3600 + minutes * 60) * (text.bytes[at] == '-' ? -1 : 1);
    return true;
}

int32_t smini_eve_time(struct smini_span text, uint64_t *time_ns)
{
    uint64_t days, hour, minute, second, fraction_ns;
    int64_t east;
    size_t at = 19;
    *time_ns = 0;
    if (!read_date(text, &days) || !stands_at(text, 10, 'T') || !read_digits(text, 11, 2, &hour) ||
        !stands_at(text, 13, ':') || !read_digits(text, 14, 2, &minute) || !stands_at(text, 16, ':') ||
        !read_digits(text, 17, 2, &second) || hour > 23 || minute > 59 || second > 60)
        return SMIN_E_MALFORMED;
    if (!read_fraction(text, &at, &fraction_ns) || !read_zone(text, at, &east))
        return SMIN_E_MALFORMED;
    int64_t seconds = (int64_t)(days * 86400 + hour * 3600 + minute * 60 + second) - east;
    /* A 64-bit count of nanoseconds ends in 2554. */
    if (seconds < 0 || (uint64_t)seconds > UINT64_MAX / 1000000000 - 1)
        return SMIN_E_MALFORMED;
    *time_ns = (uint64_t)seconds * 1000000000 + fraction_ns;
    return SMIN_OK;
}
