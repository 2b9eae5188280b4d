/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers in the bytes: byte_jump, byte_extract, byte_math, and what uses their values. With both scanners. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "tests/unit/match/match_run.h"

static const struct match_row rows[] = {
    /* byte_jump */
    {"content:\"x\"; byte_jump:1,1; content:\"y\"; within:1;", "x\2aby", 5, true},
    {"content:\"x\"; byte_jump:1,1; content:\"y\"; within:1;", "x\1aby", 5, false},
    {"content:\"x\"; byte_jump:1,0,relative; content:\"y\"; within:1;", "ax\2aby", 6, true},
    {"content:\"x\"; byte_jump:1,0,relative; content:\"y\"; within:1;", "x\1yx\2aby", 8, true},
    {"content:\"x\"; byte_jump:1,0,relative; content:\"y\"; within:1;", "x\1ayx\2aby", 9, true},
    {"content:\"x\"; byte_jump:1,0,relative,from_beginning; content:\"y\"; within:1;", "yx\0", 3, true},
    {"content:\"x\"; byte_jump:1,1,from_end,post_offset -3; content:\"y\"; within:1;", "x\1ybc", 5, false},
    {"content:\"x\"; byte_jump:1,1,from_end,post_offset -4; content:\"y\"; within:1;", "x\1ybc", 5, true},
    {"content:\"x\"; byte_jump:1,1; isdataat:!1,relative;", "x\2ab", 4, true},
    {"content:\"x\"; byte_jump:1,1;", "x\3ab", 4, false},
    {"content:\"x\"; byte_jump:2,1,little; isdataat:!1,relative;", "x\1\0a", 4, true},
    {"content:\"x\"; byte_jump:2,1,string,dec; content:\"y\"; within:1;", "x02aby", 0, true},
    {"content:\"x\"; byte_jump:3,1,string; content:\"y\"; within:1;", "x0x2aby", 0, true},
    {"content:\"x\"; byte_jump:4,1,string,dec; content:\"y\"; within:1;", "x2 aby", 0, false},
    {"content:\"x\"; byte_jump:4,1,string,dec; content:\"ay\"; within:3;", "x1 aay", 0, true},
    {"content:\"x\"; byte_jump:2,1,string,dec,little; content:\"y\"; within:1;", "x02aby", 0, true},
    {"content:\"x\"; byte_jump:1,1,multiplier 3; isdataat:!1,relative;", "x\1abc", 5, true},
    {"content:\"x\"; byte_jump:1,1,align; isdataat:!1,relative;", "x\1abcd", 6, true},
    {"content:\"x\"; byte_jump:1,1,bitmask 0xf0; isdataat:!1,relative;", "x\x2f""ab", 4, true},
    {"content:\"x\"; byte_jump:0,1,post_offset 1; content:\"y\"; within:1;", "xay", 0, true},
    {"content:\"x\"; byte_jump:1,1,post_offset -9; content:\"x\"; within:1;", "x\1a", 3, true},
    {"content:\"x\"; byte_jump:1,1,relative;", "x", 0, false},
    {"content:\"x\"; byte_jump:8,1;", "x\xff\xff\xff\xff\xff\xff\xff\xff", 9, true},
    {"content:\"x\"; byte_jump:8,1;", "x\x7f\xff\xff\xff\xff\xff\xff\xff", 9, false},
    {"content:\"x\"; byte_jump:3,1,string,dec; content:\"x\"; within:1;", "x-99", 0, true},
    /* byte_extract */
    {"content:\"x\"; byte_extract:1,1,n; content:\"y\"; offset:n;", "x\3ay", 4, true},
    {"content:\"x\"; byte_extract:1,1,n; content:\"y\"; offset:n;", "x\4ay", 4, false},
    {"content:\"x\"; byte_extract:1,1,n; content:\"y\"; offset:1; depth:n;", "x\3ay", 4, true},
    {"content:\"x\"; byte_extract:1,1,n; content:\"y\"; offset:1; depth:n;", "x\2ay", 4, false},
    {"content:\"x\"; byte_extract:1,0,n,relative; content:\"y\"; distance:n;", "x\1ay", 4, true},
    {"content:\"x\"; byte_extract:1,0,n,relative; content:\"y\"; distance:n;", "x\2ay", 4, false},
    {"content:\"x\"; byte_extract:1,0,n,relative; content:\"y\"; within:n;", "x\2ay", 4, true},
    {"content:\"x\"; byte_extract:1,0,n,relative; content:\"y\"; within:n;", "x\1ay", 4, false},
    {"content:\"x\"; byte_extract:1,0,n,relative; content:\"y\"; within:n;", "x\1ax\2ay", 7, true},
    {"content:\"x\"; byte_extract:1,1,n; byte_test:1,=,n,2;", "x\7\7", 3, true},
    {"content:\"x\"; byte_extract:1,1,n; byte_test:1,=,n,2;", "x\7\6", 3, false},
    {"content:\"x\"; byte_extract:1,1,n; byte_test:1,=,5,n;", "x\2\5", 3, true},
    {"content:\"x\"; byte_extract:1,1,n; byte_test:n,=,0x0506,2;", "x\2\5\6", 4, true},
    {"content:\"x\"; byte_extract:1,1,n; byte_test:n,=,0x0506,2;", "x\x09\5\6", 4, false},
    {"content:\"x\"; byte_extract:1,1,n; byte_jump:n,2; content:\"y\"; within:1;", "x\1\1ay", 5, true},
    {"content:\"x\"; byte_extract:1,1,n; isdataat:n;", "x\2a", 3, true},
    {"content:\"x\"; byte_extract:1,1,n; isdataat:n;", "x\3a", 3, false},
    {"content:\"x\"; byte_extract:1,1,n; isdataat:!n;", "x\3a", 3, true},
    {"content:\"x\"; byte_extract:2,1,n,little,multiplier 2; byte_test:1,=,6,3; byte_test:1,=,n,3;", "x\3\0\6", 4, true},
    {"content:\"x\"; byte_extract:1,1,n,align 4; byte_test:1,=,n,2;", "x\1\4", 3, true},
    {"content:\"x\"; byte_extract:2,1,n,string,hex; byte_test:1,=,n,3;", "x1f\x1f", 4, true},
    {"content:\"x\"; byte_extract:2,1,n,string; byte_test:1,=,n,3;", "x10\x0a", 4, true},
    {"content:\"x\"; byte_extract:2,1,n,string; byte_test:1,=,n,3;", "xzz\0", 4, false},
    {"content:\"x\"; byte_extract:1,1,n,bitmask 0x0f; byte_test:1,=,n,2;", "x\xf3\3", 3, true},
    {"content:\"x\"; byte_extract:8,1,n; content:\"x\"; distance:n;", "x\x7f\xff\xff\xff\xff\xff\xff\xffx", 10, false},
    {"content:\"x\"; byte_extract:8,1,n; content:\"x\"; distance:n;", "x\xff\xff\xff\xff\xff\xff\xff\xffx", 10, true},
    {"content:\"x\"; byte_extract:8,1,n; content:\"x\"; within:n;", "x\xff\xff\xff\xff\xff\xff\xff\xffx", 10, false},
    {"content:\"x\"; byte_extract:8,1,n; content:\"x\"; offset:n;", "x\xff\xff\xff\xff\xff\xff\xff\xffx", 10, false},
    {"content:\"x\"; byte_extract:8,1,n; content:\"x\"; depth:n;", "x\xff\xff\xff\xff\xff\xff\xff\xffx", 10, true},
    {"content:\"x\"; byte_extract:8,1,n; isdataat:n,relative;", "x\xff\xff\xff\xff\xff\xff\xff\xffx", 10, false},
    {"content:\"x\"; byte_extract:8,1,n; byte_jump:n,1;", "x\xff\xff\xff\xff\xff\xff\xff\xffx", 10, false},
    {"content:\"x\"; byte_extract:8,1,n; byte_test:1,=,255,n,relative;", "x\xff\xff\xff\xff\xff\xff\xff\xffx", 10, true},
    {"content:\"y\"; byte_math:bytes 1,offset 0,oper -,rvalue 9,result n; content:\"x\"; distance:n; within:1;", "\7xay", 4, false},
    {"content:\"y\"; byte_math:bytes 1,offset 0,oper -,rvalue 9,result n,relative; content:\"x\"; distance:n; within:1;", "aaxy\6", 5, true},
    {"content:\"x\"; byte_extract:1,1,n; content:!\"y\"; offset:n;", "x\4yyaa", 6, true},
    /* byte_math */
    {"content:\"x\"; byte_math:bytes 1,offset 1,oper +,rvalue 2,result n; byte_test:1,=,n,2;", "x\3\5", 3, true},
    {"content:\"x\"; byte_math:bytes 1,offset 1,oper -,rvalue 2,result n; byte_test:1,=,n,2;", "x\3\1", 3, true},
    {"content:\"x\"; byte_math:bytes 1,offset 1,oper *,rvalue 2,result n; byte_test:1,=,n,2;", "x\3\6", 3, true},
    {"content:\"x\"; byte_math:bytes 1,offset 1,oper /,rvalue 2,result n; byte_test:1,=,n,2;", "x\7\3", 3, true},
    {"content:\"x\"; byte_math:bytes 1,offset 1,oper /,rvalue 0,result n;", "x\7\3", 3, false},
    {"content:\"x\"; byte_math:bytes 1,offset 1,oper <<,rvalue 2,result n; byte_test:1,=,n,2;", "x\3\14", 3, true},
    {"content:\"x\"; byte_math:bytes 1,offset 1,oper >>,rvalue 1,result n; byte_test:1,=,n,2;", "x\7\3", 3, true},
    {"content:\"x\"; byte_math:bytes 1,offset 1,oper <<,rvalue 64,result n; byte_test:1,=,n,2;", "x\7\0", 3, true},
    {"content:\"x\"; byte_math:bytes 2,offset 0,oper +,rvalue 1,result n,relative,endian little; byte_test:1,=,n,3;",
     "x\3\0\4", 4, true},
    {"content:\"x\"; byte_math:bytes 2,offset 1,oper +,rvalue 1,result n,string dec; byte_test:1,=,n,3;", "x10\x0b", 4, true},
    {"content:\"x\"; byte_math:bytes 1,offset 1,oper +,rvalue 1,result n,bitmask f0; byte_test:1,=,n,2;", "x\x2f\3", 3, true},
    {"content:\"x\"; byte_extract:1,1,a; byte_math:bytes 1,offset 2,oper *,rvalue a,result n; byte_test:1,=,n,3;",
     "x\3\4\14", 4, true},
    {"content:\"x\"; byte_extract:1,1,a; byte_math:bytes a,offset 2,oper +,rvalue 0,result n; byte_test:1,=,n,4;",
     "x\2\0\5\5", 5, true},
    {"content:\"x\"; byte_math:bytes 1,offset 0,oper -,rvalue 1,result n,relative; content:\"y\"; distance:n; within:1;",
     "x\2ay", 4, true},
    /* byte_test with the forms that only C's strtoul explains */
    {"content:\"x\"; byte_test:1,=,010,1;", "x\10", 2, true},
    {"content:\"x\"; byte_test:1,=,8,1,bitmask 0170;", "x\x78", 2, false},
    {"content:\"x\"; byte_test:1,=,15,1,bitmask 0170;", "x\x78", 2, true},
    /* sizes */
    {"content:\"x\"; bufferlen:3;", "xab", 0, true},
    {"content:\"x\"; bufferlen:1<>3;", "xab", 0, false},
    {"content:\"x\"; bufferlen:1<=>3;", "xab", 0, true},
    {"content:\"x\"; bufferlen:2,relative;", "xab", 0, true},
    {"content:\"x\"; bufferlen:3,relative;", "xab", 0, false},
};

Test(bytes, numbers_are_read_and_used_as_written_with_the_plain_scanner)
{
    match_rows(rows, sizeof(rows) / sizeof(rows[0]), SMINI_SCANNER_PLAIN);
}

Test(bytes, numbers_are_read_and_used_as_written_with_the_fast_scanner)
{
    match_rows(rows, sizeof(rows) / sizeof(rows[0]), SMINI_SCANNER_BEST);
}

Test(bytes, positions_in_a_stream_count_from_its_beginning)
{
    struct match_run run;
    match_run_open(&run,
                   "alert tcp any any -> any any (flow:only_stream; content:\"x\"; byte_extract:1,1,n; content:\"y\"; "
                   "offset:n; depth:1; sid:1;)\n"
                   "alert tcp any any -> any any (flow:only_stream; content:\"x\"; byte_jump:1,1,from_beginning; "
                   "content:\"y\"; within:1; sid:2;)",
                   SMINI_SCANNER_BEST, NULL);
    cr_expect(strcmp(match_run_bytes(&run, "x\5", 2), "") == 0, "%s", run.hits);
    cr_expect(strcmp(match_run_bytes(&run, "abc", 3), "") == 0, "%s", run.hits);
    cr_expect(strcmp(match_run_bytes(&run, "y", 1), "1 2") == 0, "%s", run.hits);
    match_run_close(&run);
}

/* A request with the items 1 and 3: its types are 1 and 3. */
static const uint8_t two_items[] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 28, 0, 1, 0, 20, 0, 0,
                                    0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 8, 0, 0, 0, 0};

Test(numbers, a_field_that_repeats_is_chosen_by_index_as_suricata_documents)
{
    static const struct {
        const char *condition;
        bool hit;
    } choices[] = {
        {"3", true},           {"2", false},           {"3,any", true},         {">0,all", true},
        {"3,all", false},      {"1,0", true},          {"3,1", true},           {"3,-1", true},
        {"3,0", false},        {"3,7", false},         {"3,oob_or 7", true},    {"3,oob_or 0", false},
        {">0,nb 2", true},     {"3,nb>1", false},      {"count 2", true},       {"count >2", false},
        {"9,or_absent", false}, {">0,all_or_absent", true}, {"3,any,1:2", true}, {"1,any,1:2", false},
        {"3,all,-1:0", true},  {"1,all,0:9", false},   {"9,or_absent,0:9", true},
    };
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
        struct match_run run;
        char rule[128];
        (void)snprintf(rule, sizeof(rule), "alert smin any any -> any any (smin.tlv_type:%s; sid:1;)",
                       choices[i].condition);
        match_run_open(&run, rule, SMINI_SCANNER_BEST, NULL);
        const char *hits = match_run_decoded(&run, two_items, sizeof(two_items));
        cr_expect((hits[0] != 0) == choices[i].hit, "smin.tlv_type:%s gave \"%s\"", choices[i].condition, hits);
        match_run_close(&run);
    }
}

Test(numbers, snort_writes_fields_with_underscores)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (smin_type:8; smin_message; content:\"|00 08|\"; sid:1;)",
                   SMINI_SCANNER_BEST, NULL);
    cr_expect(strcmp(match_run_decoded(&run, two_items, sizeof(two_items)), "1") == 0, "%s", run.hits);
    match_run_close(&run);
}

Test(buffers, one_that_is_not_there_can_be_asked_for)
{
    struct match_run run;
    match_run_open(&run,
                   "alert smin any any -> any any (smin.url; absent; sid:1;)\n"
                   "alert smin any any -> any any (smin.message; absent; sid:2;)\n"
                   "alert smin any any -> any any (smin.url; absent:or_else; content:\"x\"; sid:3;)\n"
                   "alert smin any any -> any any (smin.message; absent:or_else; content:\"|00 14|\"; sid:4;)\n"
                   "alert smin any any -> any any (smin.message; absent:or_else; content:\"none\"; sid:5;)",
                   SMINI_SCANNER_BEST, NULL);
    cr_expect(strcmp(match_run_decoded(&run, two_items, sizeof(two_items)), "1 3 4") == 0, "%s", run.hits);
    match_run_close(&run);
}
