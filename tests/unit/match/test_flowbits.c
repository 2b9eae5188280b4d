/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdio.h>

#include "smin/status.h"
#include "tests/support/rule_names.h"
#include "tests/unit/match/match_run.h"

static const enum smini_scanner_choice choices[] = {SMINI_SCANNER_PLAIN, SMINI_SCANNER_BEST};

#define BOTH(i) for (int i = 0; i < 2; i++)
#define HITS(expected, given) cr_expect(strcmp(given, expected) == 0, "%s", run.hits)

Test(flowbits, a_bit_that_one_message_sets_is_seen_by_the_next_in_either_direction)
{
    BOTH(i)
    {
        struct match_run run;
        match_run_open(&run, "alert smin any any -> any any (content:\"set\"; flowbits:set,seen; sid:1;)\n"
                             "alert smin any any -> any any (content:\"ask\"; flowbits:isset,seen; sid:2;)\n"
                             "alert smin any any -> any any (content:\"ask\"; flowbits:isnotset,seen; sid:3;)",
                       choices[i], NULL);
        HITS("3", match_run_bytes(&run, "ask", 3));
        HITS("1", match_run_bytes(&run, "set", 3));
        HITS("2", match_run_bytes(&run, "ask", 3));
        match_run_turn(&run);
        HITS("2", match_run_bytes(&run, "ask", 3));
        match_run_next_flow(&run);
        HITS("3", match_run_bytes(&run, "ask", 3));
        match_run_close(&run);
    }
}

Test(flowbits, unset_and_toggle_change_it_back)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"+\"; flowbits:set,b; flowbits:noalert; sid:1;)\n"
                         "alert smin any any -> any any (content:\"-\"; flowbits:unset,b; noalert; sid:2;)\n"
                         "alert smin any any -> any any (content:\"~\"; flowbits:toggle,b; noalert; sid:3;)\n"
                         "alert smin any any -> any any (content:\"?\"; flowbits:isset,b; sid:4;)",
                   SMINI_SCANNER_BEST, NULL);
    static const struct {
        const char *bytes;
        const char *hits;
    } steps[] = {{"?", ""}, {"+", ""}, {"?", "4"}, {"+", ""},   {"?", "4"}, {"-", ""},   {"?", ""},
                 {"~", ""}, {"?", "4"}, {"~", ""}, {"?", ""}, {"+?", "4"}, {"-?", ""}, {"~?", "4"}};
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        cr_expect(strcmp(match_run_bytes(&run, steps[i].bytes, strlen(steps[i].bytes)), steps[i].hits) == 0,
                  "step %zu: %s", i, run.hits);
    match_run_close(&run);
}

Test(flowbits, rules_that_set_are_judged_first_but_hits_keep_the_order_of_the_rules)
{
    BOTH(i)
    {
        struct match_run run;
        match_run_open(&run, "alert smin any any -> any any (content:\"x\"; flowbits:isset,b; sid:9;)\n"
                             "alert smin any any -> any any (content:\"x\"; flowbits:isset,a; flowbits:set,b; sid:8;)\n"
                             "alert smin any any -> any any (content:\"x\"; sid:1;)\n"
                             "alert smin any any -> any any (content:\"x\"; flowbits:set,a; sid:7;)",
                       choices[i], NULL);
        HITS("9 8 1 7", match_run_bytes(&run, "x", 1));
        match_run_close(&run);
    }
}

Test(flowbits, among_equals_priority_then_sid_decides_who_is_judged_first)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (flowbits:isset,a; flowbits:set,b; sid:2;)\n"
                         "alert smin any any -> any any (flowbits:isset,b; flowbits:set,c; sid:1;)\n"
                         "alert smin any any -> any any (flowbits:isset,b; flowbits:set,d; sid:3;)\n"
                         "alert smin any any -> any any (flowbits:isset,d; flowbits:set,e; priority:1; sid:4;)\n"
                         "alert smin any any -> any any (content:\"x\"; flowbits:set,a; sid:5;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("2 3 5", match_run_bytes(&run, "x", 1));
    HITS("2 1 3 4", match_run_bytes(&run, "y", 1));
    match_run_close(&run);
}

Test(flowbits, a_group_of_names_holds_when_one_of_them_does)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"a\"; flowbits:set,a; noalert; sid:1;)\n"
                         "alert smin any any -> any any (content:\"b\"; flowbits:set,b; noalert; sid:2;)\n"
                         "alert smin any any -> any any (flowbits:isset,a|b; sid:3;)\n"
                         "alert smin any any -> any any (flowbits:isnotset, a | b ; sid:4;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("4", match_run_bytes(&run, "x", 1));
    HITS("3 4", match_run_bytes(&run, "b", 1));
    HITS("3", match_run_bytes(&run, "a", 1));
    match_run_close(&run);
}

Test(flowbits, a_message_and_its_trailer_change_a_bit_once)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"~\"; flowbits:toggle,b; sid:1;)\n"
                         "alert smin any any -> any any (content:\"?\"; flowbits:isset,b; sid:2;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("1", match_run_bytes(&run, "~", 1));
    HITS("", match_run_trailer(&run, "~", 1));
    HITS("2", match_run_bytes(&run, "?", 1));
    HITS("1", match_run_trailer(&run, "~", 1));
    HITS("", match_run_bytes(&run, "?", 1));
    match_run_close(&run);
}

Test(flowbits, without_a_flow_no_test_holds_and_nothing_is_set)
{
    struct match_run run;
    struct smini_hits hits;
    struct smin_message message = {.struct_size = sizeof(message), .field_stride = sizeof(struct smin_field),
                                   .event_stride = sizeof(struct smin_event), .length = 1, .size = 1,
                                   .bytes = (const uint8_t *)"x"};
    match_run_open(&run, "alert smin any any -> any any (content:\"x\"; flowbits:set,b; sid:1;)\n"
                         "alert smin any any -> any any (flowbits:isset,b; sid:2;)\n"
                         "alert smin any any -> any any (flowbits:isnotset,b; sid:3;)",
                   SMINI_SCANNER_BEST, NULL);
    cr_expect(smini_match_message(run.matcher, NULL, &run.facts, &message, &hits) == SMIN_OK);
    cr_assert(hits.count == 1);
    cr_expect(hits.list[0].rule->sid == 1);
    match_run_close(&run);
}

Test(flowbits, a_pass_rule_silences_the_message_but_what_others_set_stays_set)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"x\"; flowbits:set,b; sid:1;)\n"
                         "pass smin any any -> any any (content:\"p\"; noalert; sid:2;)\n"
                         "alert smin any any -> any any (flowbits:isset,b; sid:3;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("", match_run_bytes(&run, "xp", 2));
    HITS("3", match_run_bytes(&run, "y", 1));
    match_run_close(&run);
}

Test(flowbits, a_match_on_the_stream_sets_once_and_the_message_at_hand_sees_it)
{
    BOTH(i)
    {
        struct match_run run;
        match_run_open(&run, "alert tcp any any -> any any (content:\"abcd\"; flowbits:toggle,b; sid:1;)\n"
                             "alert tcp any any -> any any (content:\"cd\"; flowbits:isset,b; sid:2;)\n"
                             "alert smin any any -> any any (content:\"x\"; flowbits:isset,b; sid:3;)",
                       choices[i], NULL);
        HITS("", match_run_bytes(&run, "xab", 3));
        HITS("1 2 3", match_run_bytes(&run, "cdx", 3));
        HITS("2 3", match_run_bytes(&run, "xcd", 3));
        match_run_close(&run);
    }
}

Test(flowbits, a_match_on_the_stream_that_came_before_its_bit_is_over)
{
    BOTH(i)
    {
        struct match_run run;
        match_run_open(&run, "alert tcp any any -> any any (flow:to_client; content:\"set\"; flowbits:set,b; sid:1;)\n"
                             "alert tcp any any -> any any (flow:only_stream; content:\"ab\"; content:\"cd\"; "
                             "distance:0; flowbits:isset,b; sid:2;)\n"
                             "alert tcp any any -> any any (flow:only_stream; content:\"ab\"; pcre:\"/c.$/s\"; "
                             "flowbits:isset,b; sid:3;)",
                       choices[i], NULL);
        HITS("", match_run_loose(&run, "ab", 2));
        HITS("", match_run_loose(&run, "cd", 2));
        match_run_turn(&run);
        HITS("1", match_run_loose(&run, "set", 3));
        match_run_turn(&run);
        HITS("", match_run_loose(&run, "xcd", 3));
        HITS("3", match_run_loose(&run, "abcx", 4));
        HITS("2", match_run_loose(&run, "abcd", 4));
        cr_expect(strcmp(run.places, "2@11+2") == 0 || strcmp(run.places, "2@13+2") == 0, "%s", run.places);
        match_run_close(&run);
    }
}

/* With so many rules the message is scanned before rules are asked. */
Test(flowbits, many_rules_are_judged_in_the_same_order)
{
    static char rules[40000];
    size_t at = (size_t)sprintf(rules, "alert smin any any -> any any (content:\"x\"; flowbits:isset,b; sid:9001;)\n"
                                       "alert smin any any -> any any (flowbits:isset,a; flowbits:set,b; sid:9002;)\n");
    for (unsigned k = 0; k < 400; k++)
        at += (size_t)sprintf(rules + at, "alert smin any any -> any any (content:\"word%u.\"; sid:%u;)\n", k, k + 1);
    (void)sprintf(rules + at, "alert smin any any -> any any (content:\"xy\"; flowbits:set,a; sid:9003;)\n");
    BOTH(i)
    {
        struct match_run run;
        match_run_open(&run, rules, choices[i], NULL);
        HITS("9001 9002 8 9003", match_run_bytes(&run, "word7.xy", 8));
        match_run_close(&run);
    }
}

Test(flowbits, a_bit_that_is_tested_but_never_set_is_a_warning)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (flowbits:set,a; sid:1;)\n"
                         "alert smin any any -> any any (flowbits:isset,a; flowbits:isnotset,c; sid:2;)\n"
                         "alert smin any any -> any any (flowbits:isset,a|b; sid:3;)\n"
                         "alert smin any any -> any any (flowbits:unset,b; flowbits:isset,b; sid:4;)",
                   SMINI_SCANNER_BEST, NULL);
    for (int again = 0; again < 2; again++) {
        cr_assert(smini_rule_set_finish(run.rules) == SMIN_OK);
        cr_assert(smini_rule_set_diagnostic_count(run.rules) == 1, "once");
    }
    const struct smini_rule_diagnostic *problem = smini_rule_set_diagnostic(run.rules, 0);
    cr_expect(problem->severity == SMINI_DIAGNOSTIC_WARNING);
    cr_expect(problem->line == 3);
    cr_expect(problem->column == 32);
    cr_expect(problem->sid == 3);
    cr_expect(strcmp(problem->text, "\"b\" is tested, but no rule of the set sets it, so that the test never holds") == 0);
    match_run_close(&run);
}

static int32_t whole_run(struct failing_alloc *memory, const struct smini_rule_names *names)
{
    static const char text[] = "alert tcp any any -> any any (content:\"ab\"; flowbits:set,a; sid:1;)\n"
                               "alert tcp any any -> any any (content:\"cd\"; flowbits:isset,a|b; "
                               "threshold:type limit,track by_src,count 1,seconds 1; sid:2;)\n";
    static const struct smini_flow_facts facts = {.ip_version = 4};
    struct smini_rule_set *rules = NULL;
    struct smini_database *database = NULL;
    struct smini_matcher *matcher = NULL;
    struct smini_flow_memory *flow = NULL;
    struct smini_match_stream *stream = NULL;
    struct smini_hits hits;
    int32_t status = smini_rule_set_new(&memory->alloc, names, &rules);
    if (status == SMIN_OK)
        status = smini_rule_set_add(rules, "f", smini_span_text(text));
    if (status == SMIN_OK)
        status = smini_rule_set_finish(rules);
    if (status == SMIN_OK)
        status = smini_database_new(&memory->alloc, rules, NULL, SMINI_SCANNER_BEST, &database);
    if (status == SMIN_OK)
        status = smini_matcher_new(&memory->alloc, database, &matcher);
    if (status == SMIN_OK)
        status = smini_flow_memory_new(matcher, &flow);
    if (status == SMIN_OK)
        status = smini_match_stream_new(matcher, &facts, SMIN_TO_SERVER, 0, &stream);
    if (status == SMIN_OK) {
        smini_matcher_recall(matcher, flow, 0);
        status = smini_match_stream_bytes(matcher, stream, &facts, 0, smini_span_text("abcd"), &hits);
    }
    if (matcher) {
        smini_match_stream_free(matcher, stream);
        smini_flow_memory_free(matcher, flow);
    }
    smini_matcher_free(matcher);
    smini_database_unref(database);
    smini_rule_set_free(rules);
    return status;
}

Test(flowbits, any_failed_allocation_is_reported_and_nothing_leaks)
{
    struct smini_rule_names names = rule_names();
    bool whole = false;
    for (uint64_t n = 1; !whole; n++) {
        struct failing_alloc failing;
        failing_alloc_open(&failing);
        failing_alloc_fail_nth(&failing, n);
        int32_t status = whole_run(&failing, &names);
        whole = failing.refused == 0;
        cr_expect(whole ? status == SMIN_OK : status == SMIN_E_NOMEM, "allocation %lu gave %d", (unsigned long)n, status);
        cr_assert(failing_alloc_clean(&failing), "allocation %lu", (unsigned long)n);
        cr_assert(n < 1000);
    }
}
