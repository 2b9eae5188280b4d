/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "rule/limits.h"
#include "smin/status.h"
#include "tests/support/rule_names.h"
#include "tests/unit/match/match_run.h"

static const enum smini_scanner_choice choices[] = {SMINI_SCANNER_PLAIN, SMINI_SCANNER_BEST};

#define BOTH(i) for (int i = 0; i < 2; i++)

Test(streams, a_content_that_spans_two_messages_is_found_once)
{
    BOTH(i)
    {
        struct match_run run;
        match_run_open(&run, "alert tcp any any -> any any (content:\"abcd\"; sid:1;)", choices[i], NULL);
        cr_expect(strcmp(match_run_bytes(&run, "xxab", 4), "") == 0);
        cr_expect(strcmp(match_run_bytes(&run, "cdxx", 4), "1") == 0);
        cr_expect(strcmp(run.places, "1@2+4") == 0, "%s", run.places);
        cr_expect(strcmp(match_run_bytes(&run, "ab", 2), "") == 0);
        cr_expect(strcmp(match_run_bytes(&run, "cd", 2), "") == 0, "once per direction");
        cr_expect(strcmp(match_run_bytes(&run, "abcd", 4), "1") == 0, "but each message by itself");
        match_run_close(&run);
    }
}

Test(streams, positions_count_from_where_the_direction_begins)
{
    BOTH(i)
    {
        struct match_run run;
        match_run_open(&run, "alert tcp any any -> any any (flow:only_stream; content:\"ab\"; offset:3; depth:2; sid:1;)\n"
                             "alert tcp any any -> any any (flow:only_stream; content:\"ab\"; startswith; sid:2;)",
                       choices[i], NULL);
        cr_expect(strcmp(match_run_bytes(&run, "xxx", 3), "") == 0);
        cr_expect(strcmp(match_run_bytes(&run, "ab", 2), "1") == 0, "%s", run.hits);
        match_run_close(&run);
    }
}

Test(streams, bytes_that_are_no_message_are_searched_by_plain_rules_only)
{
    BOTH(i)
    {
        struct match_run run;
        match_run_open(&run, "alert tcp any any -> any any (content:\"ab\"; sid:1;)\n"
                             "alert smin any any -> any any (content:\"ab\"; sid:2;)\n"
                             "alert tcp any any -> any any (flow:no_stream; content:\"ab\"; sid:3;)\n" /* on packets */
                             "alert tcp any any -> any any (app-layer-protocol:!smin; content:\"ab\"; sid:4;)",
                       choices[i], NULL);
        cr_expect(strcmp(match_run_loose(&run, "xab", 3), "1 4") == 0, "%s", run.hits);
        match_run_close(&run);
    }
}

Test(streams, no_match_spans_bytes_that_were_never_seen)
{
    BOTH(i)
    {
        struct match_run run;
        match_run_open(&run, "alert tcp any any -> any any (flow:only_stream; content:\"ab\"; sid:1;)", choices[i], NULL);
        (void)match_run_loose(&run, "xa", 2);
        run.offset += 5;
        cr_expect(strcmp(match_run_loose(&run, "bx", 2), "") == 0);
        cr_expect(strcmp(match_run_loose(&run, "ab", 2), "1") == 0, "and the search goes on behind them");
        match_run_close(&run);
    }
}

Test(streams, positions_count_anew_behind_bytes_that_were_never_seen)
{
    BOTH(i)
    {
        struct match_run run;
        match_run_open(&run, "alert tcp any any -> any any (flow:only_stream; content:\"ab\"; depth:2; sid:1;)", choices[i],
                       NULL);
        cr_expect(strcmp(match_run_bytes(&run, "xx", 2), "") == 0);
        cr_expect(strcmp(match_run_bytes(&run, "ab", 2), "") == 0, "no gap, no beginning");
        run.offset += 7;
        cr_expect(strcmp(match_run_bytes(&run, "ab", 2), "1") == 0, "%s", run.hits);
        match_run_close(&run);
    }
}

Test(streams, bytes_shown_twice_are_searched_once)
{
    struct match_run run;
    match_run_open(&run, "alert tcp any any -> any any (flow:only_stream; content:\"abab\"; sid:1;)", SMINI_SCANNER_BEST, NULL);
    (void)match_run_loose(&run, "ab", 2);
    run.offset = 0;
    cr_expect(strcmp(match_run_loose(&run, "ab", 2), "") == 0);
    cr_expect(strcmp(match_run_loose(&run, "ab", 2), "1") == 0);
    match_run_close(&run);
}

Test(streams, a_window_bounds_how_far_a_rule_looks_back)
{
    BOTH(i)
    {
        struct match_run run;
        static const char filler[64];
        struct smini_match_limits limits = {.stream_window = 128};
        match_run_open(&run, "alert tcp any any -> any any (flow:only_stream; content:\"a\"; content:\"b\"; distance:0; sid:1;)\n"
                             "alert tcp any any -> any any (flow:only_stream; content:\"b\"; depth:500; sid:2;)\n"
                             "alert tcp any any -> any any (flow:only_stream; content:\"b\"; depth:50; sid:3;)",
                       choices[i], &limits);
        (void)match_run_loose(&run, "a", 1);
        for (int k = 0; k < 6; k++)
            (void)match_run_loose(&run, filler, sizeof(filler));
        cr_expect(strcmp(match_run_loose(&run, "b", 1), "2") == 0, "%s", run.hits);
        cr_expect(smini_matcher_counters(run.matcher)->window_limit_hits > 0);
        cr_expect(run.memory.alloc.used < 100000);
        match_run_close(&run);
    }
}

Test(streams, a_message_that_answers_a_rule_is_not_reported_by_the_stream_again)
{
    struct match_run run;
    match_run_open(&run, "alert tcp any any -> any any (content:\"a\"; content:\"b\"; sid:1;)", SMINI_SCANNER_BEST, NULL);
    cr_expect(strcmp(match_run_bytes(&run, "ab", 2), "1") == 0);
    cr_expect(strcmp(match_run_bytes(&run, "b", 1), "") == 0);
    match_run_close(&run);
}

Test(streams, hits_come_in_the_order_of_the_rules)
{
    struct match_run run;
    match_run_open(&run, "alert tcp any any -> any any (flow:only_stream; content:\"b\"; sid:9;)\n"
                         "alert tcp any any -> any any (content:\"b\"; sid:1;)", SMINI_SCANNER_BEST, NULL);
    cr_expect(strcmp(match_run_bytes(&run, "b", 1), "9 1") == 0, "%s", run.hits);
    match_run_close(&run);
}

Test(streams, flows_that_no_rule_looks_at_cost_nothing)
{
    struct match_run run;
    match_run_open(&run, "alert tcp any any -> any 80 (content:\"b\"; sid:9;)", SMINI_SCANNER_BEST, NULL);
    (void)match_run_bytes(&run, "b", 1);
    cr_expect(run.stream == NULL);
    cr_expect(smini_matcher_counters(run.matcher)->scans == 0);
    match_run_close(&run);
}

static int32_t judge_stream(struct smini_matcher *matcher)
{
    static const struct smini_flow_facts facts = {.ip_version = 4, .established = true};
    struct smini_match_stream *stream;
    struct smini_hits hits;
    static const uint8_t bytes[1000] = "xxxabyyyab";
    int32_t status = smini_match_stream_new(matcher, &facts, SMIN_TO_SERVER, 0, &stream);
    for (uint64_t offset = 0; offset < 3000 && status == SMIN_OK; offset += sizeof(bytes))
        status = smini_match_stream_bytes(matcher, stream, &facts, offset, smini_span_make(bytes, sizeof(bytes)), &hits);
    smini_match_stream_free(matcher, stream);
    return status;
}

static int32_t whole_run(struct failing_alloc *memory, const struct smini_rule_names *names,
                         enum smini_scanner_choice choice)
{
    static const char text[] = "alert tcp any any -> any any (content:\"ab\"; pcre:\"/b+c/R\"; sid:1;)\n"
                               "alert smin any any -> any any (smin.url; content:\"x\"; nocase; sid:2;)\n";
    struct smini_rule_set *rules = NULL;
    struct smini_database *database = NULL;
    struct smini_matcher *matcher = NULL;
    int32_t status = smini_rule_set_new(&memory->alloc, names, &rules);
    if (status == SMIN_OK)
        status = smini_rule_set_add(rules, "f", smini_span_text(text));
    if (status == SMIN_OK)
        status = smini_database_new(&memory->alloc, rules, NULL, choice, &database);
    if (status == SMIN_OK)
        status = smini_matcher_new(&memory->alloc, database, &matcher);
    if (status == SMIN_OK)
        status = judge_stream(matcher);
    smini_matcher_free(matcher);
    smini_database_unref(database);
    smini_rule_set_free(rules);
    return status;
}

Test(streams, any_failed_allocation_is_reported_and_nothing_leaks)
{
    struct smini_rule_names names = rule_names();
    BOTH(i)
    {
        bool whole = false;
        for (uint64_t n = 1; !whole; n++) {
            struct failing_alloc failing;
            failing_alloc_open(&failing);
            failing_alloc_fail_nth(&failing, n);
            int32_t status = whole_run(&failing, &names, choices[i]);
            whole = failing.refused == 0;
            cr_expect(whole ? status == SMIN_OK : status == SMIN_E_NOMEM, "allocation %lu gave %d", (unsigned long)n, status);
            cr_assert(failing_alloc_clean(&failing), "allocation %lu", (unsigned long)n);
            cr_assert(n < 1000);
        }
    }
}

Test(streams, a_long_content_is_found_across_pieces_by_both_scanners)
{
    enum { LENGTH = SMINI_RULE_CONTENT_MAX };
    char *rule = calloc(1, 3 * LENGTH);
    uint8_t bytes[LENGTH];
    for (size_t i = 0; i < LENGTH; i++)
        bytes[i] = (uint8_t)('a' + i % 23);
    int at = sprintf(rule, "alert tcp any any -> any any (flow:only_stream; content:\"");
    memcpy(rule + at, bytes, LENGTH);
    (void)strcpy(rule + at + LENGTH, "\"; sid:1;)");
    for (int choice = SMINI_SCANNER_BEST; choice <= SMINI_SCANNER_PLAIN; choice++) {
        struct match_run run;
        match_run_open(&run, rule, (enum smini_scanner_choice)choice, NULL);
        cr_expect(strcmp(match_run_bytes(&run, bytes, 500), "") == 0, "%s", run.hits);
        cr_expect(strcmp(match_run_bytes(&run, bytes + 500, LENGTH - 501), "") == 0, "%s", run.hits);
        cr_expect(strcmp(match_run_bytes(&run, bytes + LENGTH - 1, 1), "1") == 0, "%s", run.hits);
        match_run_close(&run);
    }
    free(rule);
}
