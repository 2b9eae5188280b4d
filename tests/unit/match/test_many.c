/* SPDX-License-Identifier: BSD-2-Clause */
/* Sets so large that messages are scanned before rules are asked: the same answers as each rule gives alone. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "match/limits.h"
#include "smin/status.h"
#include "tests/unit/match/match_run.h"

enum { RULES = 2 * SMINI_MATCH_ASKED_FIRST, RULE_ROOM = 160 };

/* One of seven forms; NNN stands for a number below thirty. */
static void write_rule(char *to, unsigned number)
{
    static const char *const options[] = {
        "tcp any any -> any any (content:\"wNNN\";",
        "tcp any any -> any any (pcre:\"/xNNN[a-f]/\";",
        "tcp any any -> any any (content:\"wNNN\"; content:!\"stop\";",
        "smin any any -> any any (content:!\"wNNN\"; smin.type:1;",
        "tcp any any -> any any (flow:only_stream; content:\"wNNN\"; pcre:\"/y\\d(?!z)/\";",
        "tcp any any -> any any (flow:only_stream; pcre:\"/(?=x)xNNN.*end/\";",
        "tcp any any -> any any (content:\"wNNN\"; depth:4;"};
    int length = snprintf(to, RULE_ROOM, "alert %s sid:%u;)\n", options[number % 7], number + 1);
    char *place = strstr(to, "NNN");
    char digits[4];
    (void)snprintf(digits, sizeof(digits), "%03u", number % 30);
    cr_assert(length > 0 && length < RULE_ROOM && place);
    memcpy(place, digits, 3);
}

static const char *const pieces[] = {"w003w010 stop", "x001a w004", "w00", "5 y1", "z y2 x012 en", "d w000 w028 x008b", "w021"};

enum { PIECES = sizeof(pieces) / sizeof(pieces[0]) };

/* Which rules of the text hit which piece, in order: "3 9|..." */
static void hits_of(const char *rules, enum smini_scanner_choice choice, char *to, size_t room)
{
    struct match_run run;
    size_t at = 0;
    match_run_open(&run, rules, choice, NULL);
    for (size_t i = 0; i < PIECES; i++)
        at += (size_t)snprintf(to + at, room - at, "%s|", match_run_bytes(&run, pieces[i], strlen(pieces[i])));
    match_run_close(&run);
}

/* The number-th part of "a|b|c|", as a word of its own among others? */
static bool says(const char *hits, size_t piece, unsigned sid)
{
    char word[16];
    char part[512] = " ";
    for (size_t i = 0; i < piece; i++)
        hits = strchr(hits, '|') + 1;
    (void)snprintf(part + 1, sizeof(part) - 2, "%.*s", (int)strcspn(hits, "|"), hits);
    strcat(part, " ");
    (void)snprintf(word, sizeof(word), " %u ", sid);
    return strstr(part, word) != NULL;
}

Test(many, a_rule_among_hundreds_says_what_it_says_alone, .timeout = 300)
{
    char *all = calloc(RULES, RULE_ROOM);
    static char fast[4096], slow[4096], alone[512];
    cr_assert(all);
    for (unsigned i = 0; i < RULES; i++)
        write_rule(all + strlen(all), i);
    hits_of(all, SMINI_SCANNER_BEST, fast, sizeof(fast));
    hits_of(all, SMINI_SCANNER_PLAIN, slow, sizeof(slow));
    cr_expect(strcmp(fast, slow) == 0, "%s\n%s", fast, slow);
    cr_expect(strlen(fast) > 100, "something is found in all of it: %s", fast);
    for (unsigned i = 0; i < RULES; i++) {
        char rule[RULE_ROOM];
        write_rule(rule, i);
        hits_of(rule, SMINI_SCANNER_PLAIN, alone, sizeof(alone));
        for (size_t k = 0; k < PIECES; k++)
            cr_expect(says(fast, k, i + 1) == says(alone, k, i + 1), "piece %zu of %s", k, rule);
    }
    free(all);
}

Test(many, a_message_costs_what_its_own_rules_cost, .timeout = 300)
{
    enum { MANY = 5000 };
    char *all = calloc(MANY, RULE_ROOM);
    struct match_run run;
    cr_assert(all);
    char *at = all;
    for (unsigned i = 0; i < MANY; i++)
        at += snprintf(at, RULE_ROOM, "alert tcp any any -> any any (content:\"word%05u\"; sid:%u;)\n", i, i + 1);
    match_run_open(&run, all, SMINI_SCANNER_BEST, NULL);
    cr_expect(strcmp(match_run_bytes(&run, "xx word00017 word04999", 22), "18 5000") == 0, "%s", run.hits);
    cr_expect(smini_matcher_counters(run.matcher)->verifications == 2);
    cr_expect(run.memory.alloc.used < 8u << 20, "%zu", run.memory.alloc.used);
    match_run_close(&run);
    free(all);
}
