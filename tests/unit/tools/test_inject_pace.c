/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>

#include "smin/status.h"
#include "tools/replay/inject_pace.h"

static const uint64_t second = 1000000000, hour = SMINI_PACE_PAUSE_MAX, then = 5 * second;
static struct smini_pace pace;

static void begin(const char *rate)
{
    struct smini_rate parsed;
    cr_assert_eq(smini_rate_parse(rate, &parsed), SMIN_OK);
    smini_pace_start(&pace, &parsed, then);
    smini_pace_capture(&pace);
}

Test(inject_pace, a_rate_is_a_count_or_one_of_two_words)
{
    static const char *const wrong[] = {"", "0", "-1", "1.5", "10k", " 1", "Max", "originals", "15000001", "99999999999"};
    struct smini_rate rate;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        cr_expect_eq(smini_rate_parse(wrong[i], &rate), SMIN_E_MISUSE, "%s", wrong[i]);
    cr_expect_eq(smini_rate_parse("max", &rate), SMIN_OK);
    cr_expect_eq(rate.kind, SMINI_RATE_MAX);
    cr_expect_eq(smini_rate_parse("15000000", &rate), SMIN_OK);
    cr_expect_eq(rate.per_second, 15000000U);
}

Test(inject_pace, packets_keep_their_distances_however_late_it_is)
{
    begin("original");
    cr_expect_eq(smini_pace_due(&pace, 70 * second, then + 3), then + 3);
    cr_expect_eq(smini_pace_due(&pace, 71 * second, then + 9 * second), then + 3 + second);
    cr_expect_eq(smini_pace_due(&pace, 72 * second + 1, then + 9 * second), then + 4 + 2 * second);
}

Test(inject_pace, a_packet_older_than_the_first_goes_at_once)
{
    begin("original");
    smini_pace_due(&pace, 70 * second, then);
    cr_expect_eq(smini_pace_due(&pace, 69 * second, then + 1), then + 1);
    cr_expect_eq(smini_pace_due(&pace, 71 * second, then + 2), then + second);
    cr_expect_eq(pace.jumps, 0U);
}

Test(inject_pace, each_capture_begins_at_once)
{
    begin("original");
    smini_pace_due(&pace, 70 * second, then);
    smini_pace_capture(&pace);
    cr_expect_eq(smini_pace_due(&pace, 10 * second, then + 7), then + 7);
    cr_expect_eq(smini_pace_due(&pace, 11 * second, then + 8), then + 7 + second);
    smini_pace_capture(&pace);
    cr_expect_eq(smini_pace_due(&pace, 10 * hour, then + 9), then + 9);
    cr_expect_eq(pace.jumps, 0U);
}

Test(inject_pace, a_clock_that_was_set_is_not_waited_for)
{
    begin("original");
    smini_pace_due(&pace, 0, then);
    cr_expect_eq(smini_pace_due(&pace, hour, then), then + hour, "an hour is waited for");
    cr_expect_eq(smini_pace_due(&pace, UINT64_MAX, then + 1), then + 1);
    cr_expect_eq(smini_pace_due(&pace, second, then + 2), then + 2);
    cr_expect_eq(smini_pace_due(&pace, 2 * second, then + 3), then + 2 + second);
    cr_expect_eq(pace.jumps, 2U);
}

Test(inject_pace, a_count_a_second_is_reached_without_drift)
{
    begin("3");
    for (uint64_t n = 0; n < 10; n++)
        cr_expect_eq(smini_pace_due(&pace, n * 17, then + 100 * second), then + n / 3 * second + n % 3 * second / 3);
    begin("15000000");
    pace.sent = UINT64_C(15000000) * 86400 * 365;
    cr_expect_eq(smini_pace_due(&pace, 0, then), then + 86400 * 365 * second, "nothing overflows in a year");
}

Test(inject_pace, as_fast_as_it_goes_waits_for_nothing)
{
    begin("max");
    cr_expect_eq(smini_pace_due(&pace, 0, then), then);
    cr_expect_eq(smini_pace_due(&pace, hour, then + 1), then + 1);
}
