/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>

#include "tests/unit/match/match_run.h"

#define HITS(expected, given) cr_expect(strcmp(given, expected) == 0, "%s", run.hits)

enum { SECOND = 1000000000 };

/* A flow of its own between these hosts; the client speaks. */
static const char *says(struct match_run *run, uint8_t client, uint8_t server, uint64_t second, const char *bytes)
{
    match_run_next_flow(run);
    run->direction = SMIN_TO_SERVER;
    run->facts.client_address[3] = client;
    run->facts.server_address[3] = server;
    run->time_ns = second * SECOND;
    return match_run_bytes(run, bytes, strlen(bytes));
}

Test(xbits, a_bit_belongs_to_the_host_whatever_its_side)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"s\"; xbits:set,b,track ip_src; noalert; sid:1;)\n"
                         "alert smin any any -> any any (content:\"?\"; xbits:isset,b,track ip_src; sid:2;)\n"
                         "alert smin any any -> any any (content:\"?\"; xbits:isset,b,track ip_dst; sid:3;)\n"
                         "alert smin any any -> any any (content:\"?\"; xbits:isnotset,b,track ip_src; sid:4;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("4", says(&run, 1, 2, 0, "?"));
    HITS("", says(&run, 1, 2, 0, "s"));
    HITS("2", says(&run, 1, 3, 1, "?"));
    HITS("3 4", says(&run, 3, 1, 1, "?"));
    HITS("4", says(&run, 3, 2, 1, "?"));
    match_run_turn(&run);
    match_run_close(&run);
}

Test(xbits, a_bit_of_a_pair_belongs_to_both_directions_and_to_no_other_pair)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"s\"; xbits:set,b,track ip_pair; noalert; sid:1;)\n"
                         "alert smin any any -> any any (content:\"?\"; xbits:isset,b,track ip_pair; sid:2;)\n"
                         "alert smin any any -> any any (content:\"?\"; xbits:isset,b,track ip_src; sid:3;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("", says(&run, 5, 2, 0, "s"));
    HITS("2", says(&run, 5, 2, 0, "?"));
    HITS("2", says(&run, 2, 5, 0, "?"));
    HITS("", says(&run, 5, 3, 0, "?"));
    match_run_close(&run);
}

Test(xbits, a_bit_ends_by_itself_and_is_not_prolonged_by_being_set_again)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"s\"; xbits:set,b,track ip_src,expire 10; noalert; sid:1;)\n"
                         "alert smin any any -> any any (content:\"d\"; xbits:set,d,track ip_src; noalert; sid:2;)\n"
                         "alert smin any any -> any any (content:\"?\"; xbits:isset,b,track ip_src; sid:3;)\n"
                         "alert smin any any -> any any (content:\"?\"; xbits:isset,d,track ip_src; sid:4;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("", says(&run, 1, 2, 100, "s"));
    HITS("", says(&run, 1, 2, 105, "s"));
    HITS("3", says(&run, 1, 2, 110, "?"));
    HITS("", says(&run, 1, 2, 111, "?"));
    HITS("3", says(&run, 1, 2, 50, "?"));
    HITS("", says(&run, 1, 2, 112, "s"));
    HITS("3", says(&run, 1, 2, 122, "?"));
    HITS("", says(&run, 1, 2, 200, "d"));
    HITS("4", says(&run, 1, 2, 230, "?"));
    HITS("", says(&run, 1, 2, 231, "?"));
    match_run_close(&run);
}

Test(xbits, unset_and_toggle_change_it_back)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"~\"; xbits:toggle,b,track ip_src,expire 10; noalert; sid:1;)\n"
                         "alert smin any any -> any any (content:\"-\"; xbits:unset,b,track ip_src; xbits:noalert; sid:2;)\n"
                         "alert smin any any -> any any (content:\"?\"; xbits:isset,b,track ip_src; sid:3;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("", says(&run, 1, 2, 0, "-"));
    HITS("", says(&run, 1, 2, 0, "~"));
    HITS("3", says(&run, 1, 2, 0, "?"));
    HITS("", says(&run, 1, 2, 0, "~"));
    HITS("", says(&run, 1, 2, 0, "?"));
    HITS("", says(&run, 1, 2, 0, "~"));
    HITS("", says(&run, 1, 2, 20, "~"));
    HITS("3", says(&run, 1, 2, 20, "?"));
    HITS("", says(&run, 1, 2, 20, "-"));
    HITS("", says(&run, 1, 2, 20, "?"));
    match_run_close(&run);
}

Test(xbits, what_a_message_sets_is_seen_from_the_next_one_on)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (xbits:set,b,track ip_src; sid:1;)\n"
                         "alert smin any any -> any any (xbits:isset,b,track ip_src; sid:2;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("1", says(&run, 1, 2, 0, "x"));
    HITS("1 2", says(&run, 1, 2, 0, "x"));
    match_run_close(&run);
}

Test(xbits, without_addresses_no_test_holds_and_nothing_is_set)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (xbits:set,b,track ip_src; sid:1;)\n"
                         "alert smin any any -> any any (xbits:isset,b,track ip_src; sid:2;)\n"
                         "alert smin any any -> any any (xbits:isnotset,b,track ip_src; sid:3;)",
                   SMINI_SCANNER_BEST, NULL);
    run.facts.ip_version = 0;
    HITS("1", match_run_bytes(&run, "x", 1));
    HITS("1", match_run_bytes(&run, "x", 1));
    match_run_close(&run);
}

Test(xbits, the_bit_that_was_not_used_for_longest_gives_way)
{
    struct match_run run;
    struct smini_match_limits limits = {.hosts = 64};
    match_run_open(&run, "alert smin any any -> any any (content:\"s\"; xbits:set,b,track ip_src,expire 10; noalert; sid:1;)\n"
                         "alert smin any any -> any any (content:\"?\"; xbits:isset,b,track ip_src; sid:2;)",
                   SMINI_SCANNER_BEST, &limits);
    const struct smini_match_counters *counters = smini_matcher_counters(run.matcher);
    for (uint8_t host = 0; host < 64; host++)
        (void)says(&run, host, 200, 0, "s");
    HITS("2", says(&run, 0, 200, 1, "?"));
    HITS("", says(&run, 100, 200, 1, "s"));
    cr_expect(counters->host_limit_hits == 1);
    HITS("", says(&run, 1, 200, 1, "?"));
    HITS("2", says(&run, 0, 200, 1, "?"));
    HITS("", says(&run, 101, 200, 50, "s"));
    cr_expect(counters->host_limit_hits == 1, "one that is over may go");
    match_run_close(&run);
}
