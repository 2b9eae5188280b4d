/* SPDX-License-Identifier: BSD-2-Clause */
/* One rule, one message: does it hit? With both scanners. */
#include <criterion/criterion.h>
#include "tests/unit/match/match_run.h"

static const struct match_row rows[] = {
    /* content */
    {"content:\"abc\";", "xxabcxx", 0, true},
    {"content:\"abc\";", "xxabxcx", 0, false},
    {"content:\"aBc\"; nocase;", "xxAbCxx", 0, true},
    {"content:\"|00 00|b\";", "a\0\0b", 4, true},
    {"content:\"a\\;\\\"\\\\\\:\";", "a;\"\\:", 0, true},
    {"content:\"a\"; content:!\"b\";", "ac", 0, true},
    {"content:\"a\"; content:!\"b\";", "ab", 0, false},
    {"content:\"ab\"; depth:2;", "ab", 0, true},
    {"content:\"ab\"; depth:2;", "xab", 0, false},
    {"content:\"ab\"; offset:1; depth:2;", "xab", 0, true},
    {"content:\"ab\"; offset:1; depth:2;", "xxab", 0, false},
    {"content:\"ab\"; offset:2;", "abab", 0, true},
    {"content:\"ab\"; offset:3;", "abab", 0, false},
    {"content:\"ab\"; offset:9;", "abab", 0, false},
    {"content:\"ab\"; startswith;", "abx", 0, true},
    {"content:\"ab\"; startswith;", "xab", 0, false},
    {"content:\"ab\"; endswith;", "abab", 0, true},
    {"content:\"ab\"; endswith;", "abx", 0, false},
    {"content:\"ab\"; startswith; endswith;", "ab", 0, true},
    {"content:\"x\"; content:!\"ab\"; endswith;", "abx", 0, true},
    {"content:\"x\"; content:!\"ab\"; endswith;", "xab", 0, false},
    {"content:\"a\"; content:\"b\"; distance:1; endswith;", "abxb", 0, true},
    {"content:\"a\"; content:\"b\"; distance:1; endswith;", "abb", 0, true},
    {"content:\"a\"; content:\"b\"; distance:1; endswith;", "ab", 0, false},
    {"content:\"a\"; content:\"b\"; within:1; endswith;", "abxb", 0, false},
    {"content:\"b\"; offset:2; endswith;", "abb", 0, true},
    {"content:\"b\"; offset:3; endswith;", "abb", 0, false},
    {"content:\"|61, 62|\";", "ab", 0, true},
    {"content:!\"x\"; fast_pattern; content:\"ab\";", "ab", 0, true},
    {"content:\"abc\", fast_pattern, fast_pattern_offset 1, fast_pattern_length 2;", "xabc", 0, true},
    {"content:\"ab\", nocase, offset 1, depth 3;", "xxAB", 0, true},
    {"content:\"ab\"; fast_pattern:0,1; content:\"c\";", "cab", 0, true},
    {"content:\"ab\"; fast_pattern:only;", "xab", 0, true},
    {"content:\"ab\"; rawbytes;", "ab", 0, true},
    /* relative */
    {"content:\"a\"; content:\"b\"; distance:0;", "ab", 0, true},
    {"content:\"a\"; content:\"b\"; distance:1;", "ab", 0, false},
    {"content:\"a\"; content:\"b\"; distance:0;", "ba", 0, false},
    {"content:\"a\"; content:\"b\"; within:1;", "axb", 0, false},
    {"content:\"a\"; content:\"b\"; within:2;", "axb", 0, true},
    {"content:\"a\"; content:\"b\"; distance:1; within:1;", "axb", 0, true},
    {"content:\"a\"; content:\"b\"; distance:1; within:1;", "axxb", 0, false},
    {"content:\"c\"; content:\"a\"; distance:-3;", "abc", 0, true},
    {"content:\"c\"; content:\"a\"; distance:-9;", "abc", 0, true},
    {"content:\"a\"; content:\"b\"; within:1; content:\"c\"; within:1;", "axabxabc", 0, true},
    {"content:\"a\"; content:!\"b\"; within:1;", "abac", 0, true},
    {"content:\"a\"; content:!\"b\"; within:1;", "abab", 0, false},
    {"content:\"a\"; content:\"b\"; content:\"c\"; distance:0; within:1;", "abxbc", 0, true},
    {"content:\"b\"; within:2;", "ab", 0, true},
    /* byte_test */
    {"content:\"x\"; byte_test:1,=,120,0;", "x", 0, true},
    {"content:\"x\"; byte_test:2,>,0x0100,1;", "x\1\1", 3, true},
    {"content:\"x\"; byte_test:2,>,0x0101,1;", "x\1\1", 3, false},
    {"content:\"x\"; byte_test:2,=,0x0201,1,little;", "x\1\2", 3, true},
    {"content:\"x\"; byte_test:2,!=,0x0102,0,relative;", "x\1\3", 3, true},
    {"content:\"x\"; byte_test:2,!,0x0102,0,relative;", "x\1\2", 3, false},
    {"content:\"x\"; byte_test:2,=,0x0102,-3,relative;", "\1\2x", 3, true},
    {"content:\"x\"; byte_test:4,>,0,1;", "x\1\1\1", 4, false},
    {"content:\"x\"; byte_test:1,&,0x80,1;", "x\xff", 2, true},
    {"content:\"x\"; byte_test:1,!&,0x80,1;", "x\x7f", 2, true},
    {"content:\"x\"; byte_test:1,^,0x7f,1;", "x\x7f", 2, false},
    {"content:\"x\"; byte_test:1,=,3,1,bitmask 0x30;", "x\x3f", 2, true},
    {"content:\"x\"; byte_test:1,<=,5,1;", "x\5", 2, true},
    {"content:\"x\"; byte_test:1,>=,6,1;", "x\5", 2, false},
    {"content:\"x\"; byte_test:8,=,0x0102030405060708,1;", "x\1\2\3\4\5\6\7\10", 9, true},
    {"content:\"x\"; byte_test:3,=,123,1,string,dec;", "x123", 0, true},
    {"content:\"x\"; byte_test:3,=,0x1f,1,string,hex;", "x 1f", 0, true},
    {"content:\"x\"; byte_test:3,=,8,1,string,oct;", "x010", 0, true},
    {"content:\"x\"; byte_test:4,=,26,1,string;", "x0x1a", 0, true},
    {"content:\"x\"; byte_test:3,=,0,1,string,dec;", "xabc", 0, false},
    {"content:\"x\"; byte_test:3,!=,0,1,string,dec;", "xabc", 0, false},
    {"content:\"a\"; byte_test:1,=,2,0,relative;", "a\1a\2", 4, true},
    /* isdataat */
    {"content:\"x\"; isdataat:2;", "xyz", 0, true},
    {"content:\"x\"; isdataat:3;", "xyz", 0, false},
    {"content:\"x\"; isdataat:!3;", "xyz", 0, true},
    {"content:\"x\"; isdataat:2,relative;", "xyz", 0, true},
    {"content:\"x\"; isdataat:3,relative;", "xyz", 0, false},
    {"content:\"z\"; isdataat:!1,relative;", "xyz", 0, true},
    {"content:\"x\"; isdataat:!1,relative,rawbytes;", "xyx", 0, true},
    /* pcre */
    {"pcre:\"/^ab+c$/\";", "abbc", 0, true},
    {"pcre:\"/^ab+c$/\";", "xabbc", 0, false},
    {"pcre:\"/AB/i\";", "xab", 0, true},
    {"pcre:\"/a.b/\";", "a\nb", 0, false},
    {"pcre:\"/a.b/s\";", "a\nb", 0, true},
    {"pcre:\"/^b/m\";", "a\nb", 0, true},
    {"pcre:\"/a b/x\";", "ab", 0, true},
    {"pcre:\"/b/A\";", "ab", 0, false},
    {"pcre:\"/b$/E\";", "b\n", 0, false},
    {"pcre:\"/b$/\";", "b\n", 0, true},
    {"content:\"x\"; pcre:!\"/b/\";", "xa", 0, true},
    {"content:\"x\"; pcre:!\"/b/\";", "xb", 0, false},
    {"content:\"x\"; pcre:\"/^b/R\";", "axb", 0, true},
    {"content:\"x\"; pcre:\"/^b/R\";", "xaxb", 0, true},
    {"content:\"x\"; pcre:\"/^b/R\";", "bxa", 0, false},
    {"pcre:\"/a/\"; content:\"b\"; within:1;", "axab", 0, true},
    {"pcre:\"/\\x00\\xff/\";", "a\0\xff", 3, true},
    {"pcre:\"/a\\;b\\/c/\";", "a;b/c", 0, true},
};

Test(conditions, hold_as_written_with_the_plain_scanner)
{
    match_rows(rows, sizeof(rows) / sizeof(rows[0]), SMINI_SCANNER_PLAIN);
}

Test(conditions, hold_as_written_with_the_fast_scanner)
{
    match_rows(rows, sizeof(rows) / sizeof(rows[0]), SMINI_SCANNER_BEST);
}

Test(conditions, a_hit_points_at_the_last_match)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"ab\"; content:\"cd\"; distance:0; sid:7;)",
                   SMINI_SCANNER_BEST, NULL);
    (void)match_run_bytes(&run, "12345", 5);
    (void)match_run_bytes(&run, "xabxcd", 6);
    cr_expect(strcmp(run.places, "7@9+2") == 0, "%s", run.places);
    match_run_close(&run);
}

Test(conditions, a_search_without_end_is_a_limit_and_not_a_verdict)
{
    struct match_run run;
    static uint8_t bytes[4096];
    struct smini_match_limits limits = {.steps = 1000, .regex_steps = 100};
    memset(bytes, 'a', sizeof(bytes));
    match_run_open(&run,
                   "alert smin any any -> any any (content:\"a\"; content:\"a\"; distance:0; content:\"a\"; "
                   "distance:0; content:\"b\"; distance:0; sid:1;)\n"
                   "alert smin any any -> any any (content:\"a\"; pcre:\"/(a+)+[bc]/\"; sid:2;)\n"
                   "alert smin any any -> any any (content:\"a\"; pcre:!\"/(a+)+[bc]/\"; sid:3;)\n"
                   "alert smin any any -> any any (content:\"aaa\"; sid:4;)",
                   SMINI_SCANNER_PLAIN, &limits);
    bytes[4095] = 'b';
    bytes[0] = 'b';
    cr_expect(strcmp(match_run_bytes(&run, bytes, 4095), "4") == 0, "%s", run.hits);
    cr_expect(run.status == -201 /* SMIN_E_LIMIT */);
    const struct smini_match_counters *counters = smini_matcher_counters(run.matcher);
    cr_expect(counters->step_limit_hits == 1, "%lu", (unsigned long)counters->step_limit_hits);
    cr_expect(counters->regex_limit_hits == 2, "%lu", (unsigned long)counters->regex_limit_hits);
    match_run_close(&run);
}

Test(conditions, hits_beyond_the_limit_are_counted)
{
    struct match_run run;
    struct smini_match_limits limits = {.hits = 2};
    match_run_open(&run, "alert smin any any -> any any (sid:1;)\nalert smin any any -> any any (sid:2;)\n"
                         "alert smin any any -> any any (sid:3;)", SMINI_SCANNER_PLAIN, &limits);
    cr_expect(strcmp(match_run_bytes(&run, "x", 1), "1 2") == 0, "%s", run.hits);
    cr_expect(run.status == -201 /* SMIN_E_LIMIT */);
    cr_expect(smini_matcher_counters(run.matcher)->hit_limit_hits == 1);
    match_run_close(&run);
}
