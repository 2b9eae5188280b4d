/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "replay/run.h"
#include "tests/support/failing_alloc.h"
#include "tools/replay/options.h"

enum { WORDS = 24 };

static struct smini_alloc alloc;
static struct smini_tool_options options;
static char complaint[512];

/* Parses words separated by spaces; what is said goes to `complaint`. */
static int32_t parse(char *line, bool is_case)
{
    char *words[WORDS + 1] = {(char[]){"smin-replay"}};
    int count = 1;
    for (char *word = strsep(&line, " "); word && count < WORDS; word = strsep(&line, " "))
        if (*word)
            words[count++] = word;
    FILE *errors = fmemopen(complaint, sizeof(complaint), "w");
    smini_options_init(&options, &alloc);
    int32_t status = is_case ? smini_options_parse_case(&options, count, words, errors)
                             : smini_options_parse(&options, count, words, errors);
    fclose(errors);
    return status;
}

static void done(void)
{
    smini_options_free(&options);
    cr_assert_eq(alloc.used, 0U);
}

Test(options, values_arrive_where_they_belong)
{
    char line[] =
        "-j 4 --overlap last -k all --fail-on high --director 192.0.2.1,10.0.0.0/8 -s a.rules x.pcap -r y.pcap";
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(parse(line, false), SMIN_OK, "%s", complaint);
    cr_expect_eq(options.threads, 4U);
    cr_expect_eq(options.overlap, SMINI_OVERLAP_LAST);
    cr_expect_eq(options.checksum, SMINI_CHECKSUM_ALL);
    cr_expect_eq(options.fail_on, SMIN_SEVERITY_HIGH);
    cr_expect_eq(options.directors.count, 2U);
    cr_expect_eq(options.directors.items[1].prefix, 8U);
    cr_expect_eq(options.captures.count, 2U);
    cr_expect_eq(options.rules.count, 1U);
    cr_expect_not(options.rules_only);
    done();
}

Test(options, defaults_are_those_of_the_manual)
{
    char line[] = "x.pcap";
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(parse(line, false), SMIN_OK);
    cr_expect_eq(options.threads, 1U);
    cr_expect_eq(options.overlap, SMINI_OVERLAP_BOTH);
    cr_expect_eq(options.checksum, SMINI_CHECKSUM_REPORT);
    cr_expect_eq(options.fail_on, -1);
    cr_expect_eq(options.color, SMINI_AUTO);
    done();
}

Test(options, home_net_becomes_a_rule_variable)
{
    char line[] = "--home-net 192.0.2.0/24,!192.0.2.1 --set PORTS=4786 x";
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(parse(line, false), SMIN_OK);
    cr_assert_eq(options.variables.count, 2U);
    cr_expect_str_eq(options.variables.items[0], "HOME_NET=[192.0.2.0/24,!192.0.2.1]");
    cr_expect_str_eq(options.variables.items[1], "PORTS=4786");
    done();
}

static const char *const wrong[] = {
    "",
    "--nothing x",
    "-Z x",
    "-j",
    "-j 0 x",
    "-j 257 x",
    "-j 1x x",
    "--overlap x",
    "--fail-on never x",
    "--set =1 x",
    "--set A= x",
    "--director 192.0.2.1, x",
    "--director , x",
    "--color=blue x",
    "--tap x",
    "--junit f x",
    "--update-expected x",
    "--corpus d x",
    "--corpus d --json",
    "--no-builtin x",
    "--json -l d x",
    "--inject eth0",
    "--inject eth0 --json x",
    "--inject eth0 -j 2 x",
    "--inject eth0 --rate 0 x",
    "--inject eth0 --rate fast x",
    "--rate 100 x",
    "--corpus d --case e",
};

Test(options, what_cannot_be_done_is_refused_with_a_sentence)
{
    smini_alloc_init(&alloc, 0);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        char line[64];
        strcpy(line, wrong[i]);
        cr_expect_eq(parse(line, false), SMIN_E_MISUSE, "%s", wrong[i]);
        cr_expect(strlen(complaint) > 20, "%s: %s", wrong[i], complaint);
        done();
    }
}

Test(options, a_case_may_only_change_what_is_found)
{
    static const char *const refused[] = {"--json", "-l d", "--plugin a.so", "-j 2", "-s f", "--no-sandbox", "x.pcap"};
    char fine[] = "--overlap first --director 192.0.2.1 --file-server 192.0.2.2 -k none --set A=1 --home-net any";
    smini_alloc_init(&alloc, 0);
    cr_expect_eq(parse(fine, true), SMIN_OK, "%s", complaint);
    cr_expect_eq(options.checksum, SMINI_CHECKSUM_NONE);
    done();
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        char line[64];
        strcpy(line, refused[i]);
        cr_expect_eq(parse(line, true), SMIN_E_MISUSE, "%s", refused[i]);
        done();
    }
}

Test(options, any_allocation_may_fail)
{
    int32_t status = SMIN_E_NOMEM;
    for (uint64_t n = 0; status != SMIN_OK; n++) {
        char line[] = "--home-net any --set A=1 --director 192.0.2.1 --file-server 192.0.2.2 -s f --plugin p x";
        struct failing_alloc failing;
        failing_alloc_open(&failing);
        failing_alloc_fail_from(&failing, n + 1);
        smini_alloc_init_on(&alloc, 0, failing_alloc_take, failing_alloc_give, &failing);
        status = parse(line, false);
        cr_assert(n < 50 && (status == SMIN_OK || status == SMIN_E_NOMEM), "%d", (int)status);
        done();
    }
}
