/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules on files. Both scanners have to agree on every row. */
#include "tests/unit/match/match_run.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "match/file.h"
#include "smin/status.h"
#include "tests/support/guard_page.h"

/* What was said about the last file. */
struct answer {
    char hits[320]; /* of some forty rules */
    int32_t status;
    bool undecided;
};

static struct smini_file_facts tftp_file(const char *name, const char *data)
{
    return (struct smini_file_facts){.direction = SMIN_TO_CLIENT, .protocol = 17, .transfer = "tftp",
                                     .name = smini_span_make(name, name ? strlen(name) : 0),
                                     .data = smini_span_text(data)};
}

static struct answer ask(struct match_run *run, const struct smini_file_facts *file)
{
    struct answer answer = {.hits = ""};
    struct smini_hits hits;
    smini_matcher_recall(run->matcher, NULL, run->time_ns);
    answer.status = smini_match_file(run->matcher, &run->facts, file, &answer.undecided, &hits);
    size_t at = 0;
    for (uint32_t i = 0; i < hits.count; i++)
        at += (size_t)snprintf(answer.hits + at, sizeof(answer.hits) - at, "%s%u@%lu+%u", at ? " " : "",
                               hits.list[i].rule->sid, (unsigned long)hits.list[i].offset, hits.list[i].length);
    return answer;
}

static struct answer ask_both(const char *rules, const struct smini_file_facts *file)
{
    struct answer answers[2];
    struct guard_page page;
    struct smini_file_facts guarded = *file;
    guard_page_open(&page, 4096);
    guarded.data.bytes = guard_page_put(&page, file->data.bytes, file->data.length);
    for (unsigned i = 0; i < 2; i++) {
        struct match_run run;
        match_run_open(&run, rules, i ? SMINI_SCANNER_PLAIN : SMINI_SCANNER_BEST, NULL);
        answers[i] = ask(&run, &guarded);
        match_run_close(&run);
    }
    guard_page_close(&page);
    cr_expect_str_eq(answers[0].hits, answers[1].hits, "the scanners disagree: %s", rules);
    cr_expect_eq(answers[0].undecided, answers[1].undecided, "%s", rules);
    return answers[0];
}

static bool holds(const char *head, const char *options, const struct smini_file_facts *file)
{
    char rule[512];
    (void)snprintf(rule, sizeof(rule), "alert %s any any -> any any (%s sid:1;)", head, options);
    return ask_both(rule, file).hits[0] != '\0';
}

Test(files, contents_and_names_are_looked_at_each_by_itself)
{
    struct smini_file_facts file = tftp_file("router-confg", "hostname R\nusername x privilege 15\n");
    cr_expect_str_eq(ask_both("alert ip any any -> any any (file.data; content:\"username\"; sid:1;)\n"
                              "alert ip any any -> any any (file.name; content:\"-confg\"; endswith; sid:2;)\n"
                              "alert ip any any -> any any (file.name; content:\"username\"; sid:3;)\n"
                              "alert ip any any -> any any (file.data; content:\"confg\"; sid:4;)\n"
                              "alert ip any any -> any any (file.name; content:\"router\"; file.data; content:\"15\"; sid:5;)\n"
                              "alert ip any any -> any any (file.data; content:!\"elections\"; sid:6;)\n"
                              "alert ip any any -> any any (file.data; pcre:\"/^username \\w+/m\"; sid:7;)\n"
                              "alert ip any any -> any any (file.name; pcre:\"/confg$/\"; sid:8;)",
                              &file)
                         .hits,
                     "1@11+8 2@0+0 5@32+2 6@0+0 7@11+10 8@0+0");
}

Test(files, the_protocol_word_says_whose_files)
{
    static const struct {
        const char *head, *options, *transfer;
        uint8_t protocol;
        bool holds;
    } rows[] = {
        {"tftp", "", "tftp", 17, true},
        {"tftp", "", "http", 6, false},
        {"http", "", "http", 6, true},
        {"http1", "", "http", 6, true},
        {"HTTP", "", "tftp", 17, false},
        {"ftp", "", "ftp", 6, true},
        {"ftp-data", "", "ftp", 6, true},
        {"udp", "", "tftp", 17, true},
        {"tcp", "", "tftp", 17, false},
        {"tcp", "", "http", 6, true},
        {"ip", "", "other", 6, true},
        {"ipv4", "", "tftp", 17, true},
        {"ipv6", "", "tftp", 17, false},
        {"ip", "app-layer-protocol:tftp;", "tftp", 17, true},
        {"ip", "app-layer-protocol:!tftp;", "tftp", 17, false},
        {"ip", "app-layer-protocol:!tftp;", "http", 6, true},
        {"tcp", "app-layer-protocol:ftp-data;", "ftp", 6, true},
        {"ip", "app-layer-protocol:!smin;", "tftp", 17, true},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char options[128];
        struct smini_file_facts file = tftp_file("f", "data");
        file.transfer = rows[i].transfer;
        file.protocol = rows[i].protocol;
        (void)snprintf(options, sizeof(options), "%s file.data; content:\"at\";", rows[i].options);
        cr_expect_eq(holds(rows[i].head, options, &file), rows[i].holds, "row %zu", i);
    }
}

Test(files, the_header_speaks_of_the_flow_in_the_direction_of_the_bytes)
{
    static const char body[] = "file.data; content:\"at\"; sid:1;)";
    static const struct {
        const char *head, *flow;
        bool holds;
    } rows[] = {
        {"10.0.0.2 4786 -> 10.0.0.1 1000", "", true},   {"10.0.0.1 any -> any any", "", false},
        {"10.0.0.1 any <> any any", "", true},          {"any any -> any any", "flow:to_client;", true},
        {"any any -> any any", "flow:to_server;", false}, {"any any -> any any", "flow:established;", true},
        {"any any -> any any", "flow:not_established;", false}, {"any 4787 -> any any", "", false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char rule[256];
        struct smini_file_facts file = tftp_file("f", "data");
        (void)snprintf(rule, sizeof(rule), "alert ip %s (%s %s", rows[i].head, rows[i].flow, body);
        cr_expect_eq(ask_both(rule, &file).hits[0] != '\0', rows[i].holds, "row %zu", i);
    }
}

Test(files, what_is_not_there_can_be_asked_for)
{
    struct smini_file_facts nameless = tftp_file(NULL, "data");
    struct smini_file_facts empty = tftp_file("f", "");
    struct smini_file_facts unseen = empty;
    unseen.more = true;
    cr_expect(holds("ip", "file.name; absent;", &nameless));
    cr_expect_not(holds("ip", "file.name; absent;", &empty));
    cr_expect_not(holds("ip", "file.name; content:!\"x\";", &nameless), "not even a negated condition");
    cr_expect(holds("ip", "file.name; absent:or_else; content:\"f\";", &nameless));
    cr_expect(holds("ip", "file.name; absent:or_else; content:\"f\";", &empty));
    cr_expect_not(holds("ip", "file.name; absent:or_else; content:\"g\";", &empty));
    cr_expect(holds("ip", "file.data; absent;", &empty));
    cr_expect_not(holds("ip", "file.data; absent;", &unseen), "its bytes were missed");
}

Test(files, a_file_that_goes_on_has_no_known_end)
{
    static const struct {
        const char *options;
        bool whole, cut;
    } rows[] = {
        {"content:\"data\"; endswith;", true, false}, {"content:!\"x\"; endswith;", true, false},
        {"bsize:8;", true, false},                    {"bsize:>3;", true, false},
        {"isdataat:!8;", true, false},                {"isdataat:3;", true, true},
        {"pcre:\"/data$/\";", true, false},           {"pcre:\"/^some/\";", true, true},
        {"content:!\"x\";", true, true},              {"content:\"some\"; startswith;", true, true},
        {"byte_jump:1,0,string,dec,from_end,post_offset -8; content:\"x\";", false, false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char options[128];
        struct smini_file_facts file = tftp_file("f", "somedata");
        (void)snprintf(options, sizeof(options), "file.data; %s", rows[i].options);
        cr_expect_eq(holds("ip", options, &file), rows[i].whole, "%s", rows[i].options);
        file.more = true;
        cr_expect_eq(holds("ip", options, &file), rows[i].cut, "%s, cut", rows[i].options);
    }
    struct smini_file_facts file = tftp_file("some", "x");
    file.name_more = true;
    cr_expect_not(holds("ip", "file.name; content:\"some\"; endswith;", &file));
}

Test(files, a_rule_that_wanted_to_see_the_rest_is_told)
{
    static const struct {
        const char *head, *options;
        bool undecided;
    } rows[] = {
        {"ip", "file.data; content:\"later\";", true},
        {"ip", "file.data; content:\"some\";", false},
        {"ip", "file.data; content:\"later\"; depth:8;", false},
        {"ip", "file.data; content:\"data\"; depth:8; content:\"later\";", true},
        {"ip", "file.data; content:\"ATAD\"; nocase; offset:1; depth:7; content:\"later\";", false},
        {"ip", "file.data; content:\"later\"; depth:9;", true},
        {"ip", "file.data; content:\"later\"; startswith;", false},
        {"ip", "file.name; content:\"g\";", false},
        {"ip", "file.name; content:\"g\"; file.data; content:\"later\";", true},
        {"http", "file.data; content:\"later\";", false},
        {"ip", "flow:to_server; file.data; content:\"later\";", false},
        {"ip", "file.data; absent;", false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char rule[256];
        struct smini_file_facts file = tftp_file("f", "somedata");
        (void)snprintf(rule, sizeof(rule), "alert %s any any -> any any (%s sid:1;)", rows[i].head, rows[i].options);
        cr_expect_not(ask_both(rule, &file).undecided, "%s", rows[i].options);
        file.more = true;
        cr_expect_eq(ask_both(rule, &file).undecided, rows[i].undecided, "%s", rows[i].options);
    }
}

Test(files, such_rules_are_judged_on_nothing_else_and_others_not_on_files)
{
    struct match_run run;
    struct smini_file_facts file = tftp_file("f", "data");
    match_run_open(&run, "alert tcp any any -> any any (file.data; content:\"at\"; sid:1;)\n"
                         "alert tcp any any -> any any (content:\"at\"; sid:2;)\n"
                         "alert udp any any -> any any (content:\"at\"; sid:3;)",
                   SMINI_SCANNER_BEST, NULL);
    cr_expect(smini_database_wants_files(run.database));
    cr_expect(smini_database_wants_file_data(run.database));
    cr_expect_str_eq(match_run_bytes(&run, "data", 4), "2");
    cr_expect_str_eq(ask(&run, &file).hits, "", "it moves by UDP");
    file.protocol = 6;
    cr_expect_str_eq(ask(&run, &file).hits, "1@1+2");
    match_run_close(&run);
    match_run_open(&run, "alert tcp any any -> any any (content:\"at\"; sid:2;)", SMINI_SCANNER_BEST, NULL);
    cr_expect_not(smini_database_wants_files(run.database));
    cr_expect_str_eq(ask(&run, &file).hits, "");
    match_run_close(&run);
    match_run_open(&run, "alert tcp any any -> any any (file.name; content:\"f\"; sid:2;)", SMINI_SCANNER_BEST, NULL);
    cr_expect(smini_database_wants_files(run.database));
    cr_expect_not(smini_database_wants_file_data(run.database));
    match_run_close(&run);
}

Test(files, bits_of_hosts_and_counts_work_and_pass_silences)
{
    struct match_run run;
    struct smini_file_facts file = tftp_file("f", "data");
    match_run_open(&run, "alert ip any any -> any any (file.name; content:\"g\"; xbits:set,seen,track ip_dst; sid:1;)\n"
                         "alert ip any any -> any any (file.name; content:\"f\"; xbits:isset,seen,track ip_dst; sid:2;)\n"
                         "alert ip any any -> any any (file.data; content:\"a\"; threshold:type limit,track by_dst,count 1,"
                         "seconds 60; sid:3;)\n"
                         "pass ip any any -> any any (file.name; content:\"quiet\"; sid:4;)",
                   SMINI_SCANNER_BEST, NULL);
    cr_expect_str_eq(ask(&run, &file).hits, "3@1+1");
    file.name = smini_span_text("g");
    cr_expect_str_eq(ask(&run, &file).hits, "1@0+0");
    file.name = smini_span_text("f");
    cr_expect_str_eq(ask(&run, &file).hits, "2@0+0");
    file.name = smini_span_text("f quiet");
    cr_expect_str_eq(ask(&run, &file).hits, "");
    match_run_close(&run);
}

/* Many rules and bytes by chance: both scanners say the same, and what they say is what one rule alone says. */
Test(files, many_rules_say_what_each_says_alone)
{
    enum { RULES = 30, FILES = 200 };
    static char all[RULES * 128];
    uint64_t state = 7;
    size_t length = 0;
    for (unsigned i = 1; i <= RULES; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        length += (size_t)snprintf(all + length, sizeof(all) - length,
                                   "alert ip any any -> any any (file.%s; content:\"%c%c\"; %s sid:%u;)\n",
                                   state >> 40 & 1 ? "data" : "name", 'a' + (int)(state >> 41 & 3),
                                   'a' + (int)(state >> 43 & 3), state >> 45 & 1 ? "depth:6;" : "", i);
    }
    struct match_run fast, slow;
    match_run_open(&fast, all, SMINI_SCANNER_BEST, NULL);
    match_run_open(&slow, all, SMINI_SCANNER_PLAIN, NULL);
    unsigned hits = 0;
    for (unsigned i = 0; i < FILES; i++) {
        char text[26];
        for (size_t k = 0; k < 25; k++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            text[k] = (char)('a' + (state >> 40 & 3));
        }
        text[8] = text[25] = '\0';
        struct smini_file_facts file = tftp_file(text, text + 9);
        file.more = i & 1;
        struct answer one = ask(&fast, &file), other = ask(&slow, &file);
        cr_expect_str_eq(one.hits, other.hits);
        cr_expect_eq(one.undecided, other.undecided);
        hits += one.hits[0] != '\0';
    }
    cr_expect_gt(hits, 0);
    match_run_close(&fast);
    match_run_close(&slow);
}
