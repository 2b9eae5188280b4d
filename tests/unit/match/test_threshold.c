/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdio.h>

#include "tests/unit/match/match_run.h"

#define HITS(expected, given) cr_expect(strcmp(given, expected) == 0, "%s", run.hits)

enum { SECOND = 1000000000, MATCHES = 400 };

/* What the model remembers of a match: when it was, and what it is counted with. */
struct match {
    uint64_t second;
    uint32_t source, target, flow;
};

struct asked {
    const char *type;
    const char *track;
    uint32_t count, seconds, multiplier;
};

static bool together(const struct asked *asked, const struct match *a, const struct match *b)
{
    if (strcmp(asked->track, "by_src") == 0)
        return a->source == b->source;
    if (strcmp(asked->track, "by_dst") == 0)
        return a->target == b->target;
    if (strcmp(asked->track, "by_flow") == 0)
        return a->flow == b->flow;
    if (strcmp(asked->track, "by_both") == 0)
        return (a->source == b->source && a->target == b->target) || (a->source == b->target && a->target == b->source);
    return true; /* by_rule */
}

/* The place of the last match in its period, counted from 1; and how many periods there were before. */
static uint32_t place_of(const struct asked *asked, const struct match *matches, uint32_t last, uint32_t *periods)
{
    uint64_t began = 0;
    uint32_t place = 0;
    *periods = 0;
    for (uint32_t i = 0; i <= last; i++) {
        if (!together(asked, &matches[i], &matches[last]))
            continue;
        if (place > 0 && strcmp(asked->type, "backoff") != 0 && matches[i].second > began + asked->seconds) {
            place = 0;
            ++*periods;
        }
        if (place == 0)
            began = matches[i].second;
        place++;
    }
    return place;
}

/* Says from the whole history whether the last match alerts; written from Suricata's manual and its results. */
static bool model_alerts(const struct asked *asked, const struct match *matches, uint32_t last)
{
    uint32_t periods;
    uint32_t place = place_of(asked, matches, last, &periods);
    if (strcmp(asked->type, "limit") == 0)
        return place <= asked->count;
    if (strcmp(asked->type, "both") == 0)
        return place == asked->count;
    if (strcmp(asked->type, "detection") == 0)
        return place > asked->count;
    if (strcmp(asked->type, "threshold") == 0 && asked->count == 1 && strcmp(asked->track, "by_flow") == 0)
        return periods == 0 || place > 1; /* a quirk of Suricata: a new period swallows its first match */
    if (strcmp(asked->type, "threshold") == 0)
        return place % asked->count == 0;
    uint64_t next = asked->count;
    while (next < place)
        next *= asked->multiplier;
    return next == place;
}

static void write_rule(const struct asked *asked, char *rule, size_t size)
{
    char option[160];
    if (strcmp(asked->type, "detection") == 0)
        (void)snprintf(option, sizeof(option), "detection_filter:track %s, count %u, seconds %u", asked->track,
                       asked->count, asked->seconds);
    else if (strcmp(asked->type, "backoff") == 0)
        (void)snprintf(option, sizeof(option), "threshold:type backoff, track %s, count %u, multiplier %u", asked->track,
                       asked->count, asked->multiplier);
    else
        (void)snprintf(option, sizeof(option), "threshold: seconds %u,count %u , track %s,type %s", asked->seconds,
                       asked->count, asked->track, asked->type);
    (void)snprintf(rule, size, "alert smin any any -> any any (content:\"x\"; %s; sid:1;)", option);
}

static uint32_t draw(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 16) % below;
}

/* A conversation of several hosts over several flows, whose clock mostly goes forward. */
static void compare(const struct asked *asked, uint32_t seed)
{
    static struct match matches[MATCHES];
    struct match_run run;
    char rule[256];
    uint32_t flow = 0;
    uint64_t second = 1000;
    write_rule(asked, rule, sizeof(rule));
    match_run_open(&run, rule, SMINI_SCANNER_PLAIN, NULL);
    for (uint32_t i = 0; i < MATCHES; i++) {
        if (draw(&seed, 12) == 0) {
            match_run_next_flow(&run);
            flow++;
            run.facts.client_address[3] = (uint8_t)(1 + draw(&seed, 3));
            run.facts.server_address[3] = (uint8_t)(1 + draw(&seed, 3));
        }
        if (draw(&seed, 4) == 0)
            match_run_turn(&run);
        second += draw(&seed, 3);
        second -= draw(&seed, 20) == 0 ? 4 : 0;
        bool to_server = run.direction == SMIN_TO_SERVER;
        uint32_t client = run.facts.client_address[3], server = run.facts.server_address[3];
        matches[i] = (struct match){.second = second, .source = to_server ? client : server,
                                    .target = to_server ? server : client, .flow = flow};
        run.time_ns = second * SECOND;
        bool alerted = *match_run_bytes(&run, "x", 1) != 0;
        cr_assert(alerted == model_alerts(asked, matches, i), "match %u of %s", i, rule);
    }
    match_run_close(&run);
}

Test(threshold, every_type_and_track_alerts_as_the_slow_model_says)
{
    static const char *const types[] = {"limit", "threshold", "both", "detection", "backoff"};
    static const char *const tracks[] = {"by_src", "by_dst", "by_both", "by_rule", "by_flow"};
    uint32_t seed = 1;
    for (size_t type = 0; type < 5; type++) {
        for (size_t track = 0; track < 5; track++) {
            if ((type == 3 && (track == 2 || track == 3)) || (type == 4 && track != 4))
                continue; /* refused */
            for (uint32_t i = 0; i < 12; i++) {
                struct asked asked = {types[type], tracks[track], 1 + draw(&seed, 5), 1 + draw(&seed, 15),
                                      2 + draw(&seed, 3)};
                compare(&asked, seed);
            }
        }
    }
}

Test(threshold, a_period_includes_its_last_instant)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (threshold:type limit,track by_src,count 1,seconds 10; sid:1;)",
                   SMINI_SCANNER_PLAIN, NULL);
    static const struct {
        uint64_t time_ns;
        const char *hits;
    } steps[] = {{5, "1"}, {10ull * SECOND + 5, ""}, {10ull * SECOND + 6, "1"}, {3, ""}, {UINT64_MAX, "1"}, {0, ""}};
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        run.time_ns = steps[i].time_ns;
        cr_expect(strcmp(match_run_bytes(&run, "x", 1), steps[i].hits) == 0, "step %zu", i);
    }
    match_run_close(&run);
}

Test(threshold, a_silent_match_sets_its_bits)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"x\"; flowbits:set,b; "
                         "detection_filter:track by_src,count 5,seconds 60; sid:1;)\n"
                         "alert smin any any -> any any (flowbits:isset,b; sid:2;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("2", match_run_bytes(&run, "x", 1));
    match_run_close(&run);
}

Test(threshold, a_message_and_its_trailer_count_once)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"x\"; threshold:type both,track by_rule,count 2,"
                         "seconds 60; sid:1;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("", match_run_bytes(&run, "x", 1));
    HITS("", match_run_trailer(&run, "x", 1));
    HITS("1", match_run_bytes(&run, "x", 1));
    match_run_close(&run);
}

Test(threshold, a_pass_rule_counts_for_itself_and_others_do_not_count_what_it_passes)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"x\"; threshold:type threshold,track by_rule,count 2,"
                         "seconds 60; sid:1;)\n"
                         "pass smin any any -> any any (content:\"p\"; threshold:type limit,track by_rule,count 1,"
                         "seconds 60; sid:2;)",
                   SMINI_SCANNER_BEST, NULL);
    HITS("", match_run_bytes(&run, "x", 1));
    HITS("", match_run_bytes(&run, "xp", 2));
    HITS("1", match_run_bytes(&run, "xp", 2));
    match_run_close(&run);
}

Test(threshold, a_match_on_the_stream_counts_like_any_other)
{
    struct match_run run;
    match_run_open(&run, "alert tcp any any -> any any (content:\"ab\"; threshold:type limit,track by_src,count 1,"
                         "seconds 60; sid:1;)",
                   SMINI_SCANNER_BEST, NULL);
    (void)match_run_loose(&run, "a", 1);
    HITS("1", match_run_loose(&run, "b", 1));
    HITS("", match_run_bytes(&run, "ab", 2));
    match_run_turn(&run);
    HITS("1", match_run_bytes(&run, "ab", 2));
    match_run_close(&run);
}

Test(threshold, nothing_is_counted_where_no_address_is_known)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (detection_filter:track by_src,count 5,seconds 60; sid:1;)",
                   SMINI_SCANNER_BEST, NULL);
    run.facts.ip_version = 0;
    HITS("1", match_run_bytes(&run, "x", 1));
    match_run_close(&run);
}

Test(threshold, addresses_of_two_families_are_not_one_another)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (threshold:type limit,track by_src,count 1,seconds 60; sid:1;)",
                   SMINI_SCANNER_BEST, NULL);
    memset(run.facts.client_address, 0, sizeof(run.facts.client_address));
    HITS("1", match_run_bytes(&run, "x", 1));
    run.facts.client_address[15] = 9; /* not a part of an IPv4 address */
    HITS("", match_run_bytes(&run, "x", 1));
    run.facts.ip_version = 6;
    HITS("1", match_run_bytes(&run, "x", 1));
    run.facts.client_address[15] = 8;
    HITS("1", match_run_bytes(&run, "x", 1));
    match_run_close(&run);
}

/* A message from a host of its own. */
static const char *from_host(struct match_run *run, uint8_t host, uint64_t second)
{
    run->facts.client_address[3] = host;
    run->time_ns = second * SECOND;
    return match_run_bytes(run, "x", 1);
}

Test(threshold, the_count_that_was_not_used_for_longest_gives_way)
{
    struct match_run run;
    struct smini_match_limits limits = {.hosts = 64};
    match_run_open(&run, "alert smin any any -> any any (threshold:type limit,track by_src,count 1,seconds 60; sid:1;)",
                   SMINI_SCANNER_BEST, &limits);
    const struct smini_match_counters *counters = smini_matcher_counters(run.matcher);
    for (uint8_t host = 0; host < 64; host++)
        HITS("1", from_host(&run, host, 0));
    HITS("", from_host(&run, 0, 1));
    cr_expect(counters->host_limit_hits == 0);
    HITS("1", from_host(&run, 100, 1));
    cr_expect(counters->host_limit_hits == 1, "a period was cut short");
    HITS("", from_host(&run, 0, 1));
    HITS("1", from_host(&run, 1, 1));
    cr_expect(counters->host_limit_hits == 2);
    HITS("1", from_host(&run, 101, 100));
    cr_expect(counters->host_limit_hits == 2, "a period that is over may go");
    size_t used = run.memory.alloc.used;
    for (uint32_t i = 0; i < 1000; i++)
        (void)from_host(&run, (uint8_t)i, 200 + i);
    cr_expect(run.memory.alloc.used == used, "and no more memory is taken");
    match_run_close(&run);
}
