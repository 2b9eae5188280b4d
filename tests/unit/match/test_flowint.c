/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdio.h>

#include "tests/unit/match/match_run.h"

#define HITS(expected, given) cr_expect(strcmp(given, expected) == 0, "%s", run.hits)

Test(flowint, messages_are_counted_per_flow_in_both_directions)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"x\"; flowint:count,+,1; noalert; sid:1;)\n"
                         "alert smin any any -> any any (content:\"x\"; flowint:count,==,3; sid:2;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("", match_run_bytes(&run, "x", 1));
    HITS("", match_run_bytes(&run, "y", 1));
    match_run_turn(&run);
    HITS("", match_run_bytes(&run, "x", 1));
    match_run_turn(&run);
    HITS("2", match_run_bytes(&run, "x", 1));
    HITS("", match_run_bytes(&run, "x", 1));
    match_run_next_flow(&run);
    HITS("", match_run_bytes(&run, "x", 1));
    match_run_close(&run);
}

Test(flowint, a_rule_tests_before_it_changes)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (flowint:count,+,1; flowint:count,>,1; sid:1;)\n"
                         "alert smin any any -> any any (content:\"s\"; flowint:count,=,2; noalert; sid:2;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("", match_run_bytes(&run, "x", 1));
    HITS("1", match_run_bytes(&run, "s", 1));
    HITS("1", match_run_bytes(&run, "x", 1));
    match_run_close(&run);
}

Test(flowint, every_comparison_holds_as_it_reads)
{
    static const struct {
        const char *modifier;
        const char *hits[3]; /* when the number is 4, 5, 6 */
    } cases[] = {{"==,5", {"", "9", ""}},   {"!=,5", {"9", "", "9"}}, {"<,5", {"9", "", ""}},
                 {"<=,5", {"9", "9", ""}},  {">,5", {"", "", "9"}},   {">=,5", {"", "9", "9"}},
                 {"isset", {"9", "9", "9"}}, {"notset", {"", "", ""}}, {"isnotset", {"", "", ""}},
                 {"==5", {"", "9", ""}},    {"> 5", {"", "", "9"}},   {"<,five", {"9", "", ""}},
                 {"<,never", {"", "", ""}}, {">,never", {"9", "9", "9"}}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct match_run run;
        char rules[512];
        (void)snprintf(rules, sizeof(rules),
                       "alert smin any any -> any any (content:\"4\"; flowint:num.ber,=,4; flowint:five,=,5; noalert; sid:1;)\n"
                       "alert smin any any -> any any (content:\"+\"; flowint:num.ber,+,1; noalert; sid:2;)\n"
                       "alert smin any any -> any any (content:\"?\"; flowint: num.ber , %s; sid:9;)",
                       cases[i].modifier);
        match_run_open(&run, rules, SMINI_SCANNER_BEST, NULL);
        (void)match_run_bytes(&run, "4", 1);
        for (size_t k = 0; k < 3; k++) {
            cr_expect(strcmp(match_run_bytes(&run, "?", 1), cases[i].hits[k]) == 0, "%s, %zu: %s", cases[i].modifier,
                      k + 4, run.hits);
            (void)match_run_bytes(&run, "+", 1);
        }
        match_run_close(&run);
    }
}

Test(flowint, what_was_never_set_is_not_compared_and_not_lessened)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"-\"; flowint:count,-,1; noalert; sid:1;)\n"
                         "alert smin any any -> any any (content:\"+\"; flowint:count,+,0; noalert; sid:2;)\n"
                         "alert smin any any -> any any (flowint:count,>=,0; sid:3;)\n"
                         "alert smin any any -> any any (flowint:count,==,4294967295; sid:4;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("", match_run_bytes(&run, "-", 1));
    HITS("3", match_run_bytes(&run, "+", 1));
    HITS("3 4", match_run_bytes(&run, "-", 1));
    match_run_close(&run);
}

Test(flowint, bits_and_numbers_of_one_name_are_not_each_other)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (flowbits:set,name; noalert; sid:1;)\n"
                         "alert smin any any -> any any (flowint:name,notset; sid:2;)\n"
                         "alert smin any any -> any any (xbits:isnotset,name,track ip_src; sid:3;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("2 3", match_run_bytes(&run, "x", 1));
    match_run_close(&run);
}
