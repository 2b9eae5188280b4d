/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>

#include "smin/status.h"
#include "tests/unit/match/match_run.h"

static const char rules[] = "alert tcp any any -> any any (content:\"ab\"; content:\"cd\"; distance:0; sid:1;)\n"
                            "alert tcp any any -> any any (content:\"ab\"; pcre:\"/(a+)+[yz]/\"; noalert; sid:2;)\n"
                            "alert tcp any any -> any 80 (content:\"ab\"; sid:3;)\n"
                            "alert tcp any any -> any any (content:\"never\"; flow:only_stream; sid:4;)\n";

static void expect(const struct match_run *run, uint32_t index, uint64_t verifications, uint64_t matches,
                   uint64_t limit_hits)
{
    const struct smini_rule_cost *cost = smini_matcher_cost(run->matcher, index);
    cr_assert_not_null(cost);
    cr_expect(cost->verifications == verifications, "rule %u: %lu", index + 1, (unsigned long)cost->verifications);
    cr_expect(cost->matches == matches, "rule %u: %lu", index + 1, (unsigned long)cost->matches);
    cr_expect(cost->limit_hits == limit_hits, "rule %u: %lu", index + 1, (unsigned long)cost->limit_hits);
    cr_expect(cost->checks >= cost->verifications && (cost->verifications == 0) == (cost->steps == 0));
}

Test(cost, says_what_each_rule_took)
{
    struct match_run run;
    struct smini_match_limits limits = {.regex_steps = 60};
    match_run_open(&run, rules, SMINI_SCANNER_BEST, &limits);
    cr_expect(smini_matcher_cost(run.matcher, 0) == NULL, "nothing is counted unasked");
    cr_assert(smini_matcher_count_costs(run.matcher) == SMIN_OK);
    (void)match_run_bytes(&run, "ab cd", 5);
    expect(&run, 0, 1, 1, 0);
    expect(&run, 2, 0, 0, 0);
    expect(&run, 3, 0, 0, 0);
    cr_expect(smini_matcher_cost(run.matcher, 2)->checks > 0, "its port was looked at");
    uint64_t steps = smini_matcher_cost(run.matcher, 0)->steps;
    (void)match_run_bytes(&run, "aaaaaaaaaaaaaaaaaaaaaaaaaab", 27);
    cr_expect(smini_matcher_cost(run.matcher, 1)->limit_hits > 0, "backtracking reached its limit");
    cr_expect(smini_matcher_cost(run.matcher, 0)->steps > steps);
    cr_expect(smini_matcher_cost(run.matcher, 4) == NULL);
    match_run_close(&run);
}

Test(cost, a_match_that_is_not_reported_counts)
{
    struct match_run run;
    match_run_open(&run, rules, SMINI_SCANNER_PLAIN, NULL);
    cr_assert(smini_matcher_count_costs(run.matcher) == SMIN_OK);
    cr_expect(strcmp(match_run_bytes(&run, "ab az", 5), "") == 0);
    cr_expect(smini_matcher_cost(run.matcher, 1)->matches == 1);
    match_run_close(&run);
}
