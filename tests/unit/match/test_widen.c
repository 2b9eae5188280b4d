/* SPDX-License-Identifier: BSD-2-Clause */
/* What the scanner looks for instead of an expression; fuzz_widen proves that nothing is lost. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "match/limits.h"
#include "match/widen.h"
#include "smin/status.h"
#include "tests/support/rule_names.h"
#include "tests/unit/match/match_run.h"

static const struct {
    const char *expression;
    uint32_t flags;
    const char *text; /* NULL: not worth scanning for, or not understood */
} rows[] = {
    {"ab", 0, "\\x61\\x62"},
    {"aB1", SMINI_PCRE_CASELESS, "[\\x41\\x61][\\x42\\x62]\\x31"},
    {"a(?i)b", 0, "\\x61[\\x42\\x62]"},
    {"(?i:a)b", 0, "(?:[\\x41\\x61])\\x62"},
    {"a.b", 0, "\\x61.\\x62"},
    {"a+?b", 0, "\\x61{1,}\\x62"},
    {"a++b", 0, "\\x61{1,}\\x62"},
    {"a{2}b", 0, "\\x61{2,2}\\x62"},
    {"a{100,200}b", 0, "\\x61{32,}\\x62"},
    {"(?:ab){9}", 0, "(?:\\x61\\x62){8,}"},
    {"(?>a|b)c", 0, "(?:\\x61|\\x62)\\x63"},
    {"(?<name>a)\\k<name>", 0, "(?:\\x61).*"},
    {"(a)\\1b", 0, "(?:\\x61).*\\x62"},
    {"\\bab\\b", 0, "\\x61\\x62"},
    {"(?=x)ab(?!c)$", 0, "\\x61\\x62"},
    {"^ab", 0, "^\\x61\\x62"},
    {"^ab", SMINI_PCRE_MULTILINE, "\\x61\\x62"},
    {"^*ab", 0, "\\x61\\x62"},
    {"x|^ab", 0, "\\x78|^\\x61\\x62"},
    {"a^b", 0, "\\x61\\x62"},
    {"\\Aab", 0, "\\x61\\x62"},
    {"ab", SMINI_PCRE_ANCHORED, "^(?:\\x61\\x62)"},
    {"[a-c]\\x00", 0, "[\\x61-\\x63]\\x00"},
    {"[^\\x01-\\xff]a", 0, "\\x00\\x61"},
    {"[]a]b", 0, "[\\x5d\\x61]\\x62"},
    {"[[:digit:]]a", 0, "[\\x30-\\x39]\\x61"},
    {"[^[:nonsense:]]ab", 0, ".\\x61\\x62"},
    {"(a{1,1000}){1,1000}", 0, "(?:\\x61{1,}){1,}"},
    {"\\d\\W:", 0, "[\\x30-\\x39][\\x00-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\xff]\\x3a"},
    {"a b #c", SMINI_PCRE_EXTENDED, NULL},
    {"a b +", SMINI_PCRE_EXTENDED, "\\x61\\x62{1,}"},
    {"a(?#c)+b", 0, "\\x61{1,}\\x62"},
    {"a{,2}b", 0, NULL},
    {"a{x", 0, "\\x61\\x7b\\x78"},
    {"a*", 0, NULL},
    {".{8}", 0, NULL},
    {"a|.", 0, NULL},
    {"\\Qa.b\\E", 0, NULL},
    {"(a)(?1)", 0, NULL},
    {"(*UCP)ab", 0, NULL},
    {"(?^:ab)", 0, NULL},
};

Test(widen, leaves_bytes_sets_alternatives_and_small_repeats)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct smini_regex_text text = {.expression = rows[i].expression, .flags = rows[i].flags,
                                        .length = (uint32_t)strlen(rows[i].expression)};
        struct smini_wide wide;
        cr_assert(smini_widen(&alloc, &text, &wide) == SMIN_OK);
        cr_expect(wide.text ? rows[i].text && strcmp(wide.text, rows[i].text) == 0 : !rows[i].text, "%s became %s",
                  rows[i].expression, wide.text ? wide.text : "nothing");
        smini_wide_free(&alloc, &wide);
    }
    cr_expect(alloc.used == 0);
}

Test(widen, counts_what_a_match_fixes_and_what_it_costs_to_compile)
{
    struct smini_alloc alloc;
    struct smini_regex_text text = {.expression = "ab[0-9]{2}(?:cd|e)", .length = 18};
    struct smini_wide wide;
    smini_alloc_init(&alloc, 0);
    cr_assert(smini_widen(&alloc, &text, &wide) == SMIN_OK);
    cr_expect(wide.bits == 8 + 8 + 2 * 4 + 8, "%u", wide.bits);
    cr_expect(wide.positions == 2 + 2 + 3, "%u", wide.positions);
    smini_wide_free(&alloc, &wide);
}

Test(widen, keeps_away_from_the_scanner_what_grows_without_bounds)
{
    static const char *const large[] = {"((ab{9}){9}){9}", "(((ab{3}){4}){5}){6}",
                                        "(((((((((((((((((((((((((((((((((((a)))))))))))))))))))))))))))))))))))"};
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    for (size_t i = 0; i < sizeof(large) / sizeof(large[0]); i++) {
        struct smini_regex_text text = {.expression = large[i], .length = (uint32_t)strlen(large[i])};
        struct smini_wide wide;
        cr_assert(smini_widen(&alloc, &text, &wide) == SMIN_OK);
        cr_expect(wide.text == NULL, "%s became %s", large[i], wide.text);
        smini_wide_free(&alloc, &wide);
    }
}

static uint64_t verifications(const char *rule, const char *bytes)
{
    struct match_run run;
    match_run_open(&run, rule, SMINI_SCANNER_BEST, NULL);
    if (strcmp(smini_database_matcher(run.database), "plain") == 0)
        cr_skip_test("expressions are scanned for by Hyperscan alone");
    (void)match_run_bytes(&run, bytes, strlen(bytes));
    uint64_t count = smini_matcher_counters(run.matcher)->verifications;
    match_run_close(&run);
    return count;
}

Test(widen, a_rule_is_looked_at_only_where_its_expression_may_be)
{
    static const char message[] = "alert smin any any -> any any (pcre:\"/ab\\d+c(?!d)/\"; sid:1;)";
    static const char stream[] = "alert tcp any any -> any any (flow:only_stream; pcre:\"/ab\\d+c(?!d)/\"; sid:1;)";
    static const char both[] = "alert smin any any -> any any (content:\"x\"; pcre:\"/ab\\d+c/\"; sid:1;)";
    static const char literal[] = "alert smin any any -> any any (content:\"wxyz\"; pcre:\"/ab\\d+c/\"; sid:1;)";
    cr_expect(verifications(message, "x ab1d") == 0);
    cr_expect(verifications(message, "x ab1cd") == 1);
    cr_expect(verifications(stream, "x ab1d") == 0);
    cr_expect(verifications(stream, "x ab1cd") == 1);
    cr_expect(verifications(both, "x ab1d") == 0, "the expression tells more than one byte");
    cr_expect(verifications(literal, "ab1c") == 0, "four bytes are as good as any");
    cr_expect(verifications(literal, "wxyz") == 1);
}

/* Repeats of repeats, alternatives in alternatives, wide sets in a row. */
static const char *const explosive[] = {
    "(a{1,1000}){1,1000}",
    "((((a{1,100}){1,100}){1,100}){1,100}){1,100}",
    ".{1,30000}x.{1,30000}x.{1,30000}x",
    "(a{1,60000}b{1,60000}c)+d",
    "(((ab){0,8}c){0,8}d){0,8}e",
    "(\\w+\\s*){8}=(\\d*\\w*\\s*){8}[a-f]{30}\\d{30}\\w{30}(a|b|c|d|e|f|g|h|ij|kl){8}",
    "(.*a.*b.*c.*d.*e.*f.*g.*h.*i.*j.*k.*l.*){8}",
    "([ab]{31}[^c]{31}[^d]{30}|\\w{31}\\d\\w{31}|(x?y?z?){8}|[a-z]?.[a-z]?.[a-z]?.x.+){2}",
    "((a|b)?(c|d)?(e|f)?(g|h)?){8}(((a|b)?(c|d)?(e|f)?(g|h)?){8})\\x00",
    "(?=(a+)+)(?!(b*)*)(\\1\\2)+(a|aa|aaa)+$",
};

Test(widen, expressions_that_explode_are_compiled_or_refused_within_bounds, .timeout = 60)
{
    struct smini_rule_names names = rule_names();
    for (size_t i = 0; i < sizeof(explosive) / sizeof(explosive[0]); i++) {
        struct smini_alloc alloc;
        struct smini_rule_set *set;
        struct smini_database *database;
        char rule[512];
        smini_alloc_init(&alloc, 1 << 20);
        (void)snprintf(rule, sizeof(rule), "alert tcp any any -> any any (pcre:\"/%s/\"; sid:1;)", explosive[i]);
        cr_assert(smini_rule_set_new(&alloc, &names, &set) == SMIN_OK);
        int32_t status = smini_rule_set_add(set, "explosive", smini_span_text(rule));
        cr_expect(status == SMIN_OK || status == SMIN_E_REFUSED, "%s gave %d", explosive[i], status);
        cr_expect(smini_rule_set_diagnostic_count(set) == (status == SMIN_OK ? 0 : 1));
        cr_expect(smini_database_new(&alloc, set, NULL, SMINI_SCANNER_BEST, &database) == SMIN_OK, "%s", explosive[i]);
        smini_database_unref(database);
        smini_rule_set_free(set);
        cr_expect(alloc.used == 0);
    }
}
