/* SPDX-License-Identifier: BSD-2-Clause */
/* A rule that is written and read again is the same rule, in the same words. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "rule/keyword_table.h"
#include "smin/status.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/rule_names.h"
#include "tests/support/same_rule.h"

static struct failing_alloc memory;
static struct smini_rule_set *set;
static struct smini_rule_set *again;
static char text[SMINI_RULE_BYTES_MAX + 1];

static struct smini_rule_set *new_set(void)
{
    static const char *const variables[] = {"HOME_NET", "EXTERNAL_NET", "HTTP_SERVERS", "SMTP_SERVERS", "DNS_SERVERS",
                                            "SQL_SERVERS", "TELNET_SERVERS", "SSH_SERVERS", "FTP_SERVERS",
                                            "SIP_SERVERS", "HTTP_PORTS", "FILE_DATA_PORTS", "SSH_PORTS", "FTP_PORTS",
                                            "SIP_PORTS", "ORACLE_PORTS", "SHELLCODE_PORTS"};
    struct smini_rule_names names = rule_names();
    struct smini_rule_set *made;
    cr_assert(smini_rule_set_new(&memory.alloc, &names, &made) == SMIN_OK);
    for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
        cr_assert(smini_rule_set_variable(made, variables[i], "any") == SMIN_OK);
    cr_assert(smini_rule_set_variable(made, "LAB_NET", "[10.0.0.0/8,!10.1.0.0/16]") == SMIN_OK);
    return made;
}

static void open_sets(void)
{
    failing_alloc_open(&memory);
    set = new_set();
    again = new_set();
}

static void close_sets(void)
{
    smini_rule_set_free(set);
    smini_rule_set_free(again);
    cr_assert(failing_alloc_clean(&memory), "the rule sets gave back everything");
}

TestSuite(write, .init = open_sets, .fini = close_sets);

/* Every rule of the set, through text and back. */
static void expect_same_again(void)
{
    for (uint32_t i = 0; i < smini_rule_set_count(set); i++) {
        const struct smini_rule *rule = smini_rule_set_rule(set, i);
        const char *problem = same_rule_again(set, rule, again, text);
        cr_expect(problem == NULL, "%s:%u: %s: %s", rule->file, rule->line, problem ? problem : "", text);
    }
}

static void add_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    cr_assert(file != NULL, "%s can be read", path);
    size_t room = 64u << 20;
    char *rules = malloc(room);
    size_t length = fread(rules, 1, room, file);
    fclose(file);
    (void)smini_rule_set_add(set, path, smini_span_make(rules, length));
    free(rules);
}

static const char *written(const char *rule, enum smini_dialect dialect, int32_t wanted)
{
    size_t length = 0;
    smini_rule_set_free(set);
    set = new_set();
    cr_assert(smini_rule_set_add(set, "test", smini_span_text(rule)) == SMIN_OK, "%s: %s", rule,
              smini_rule_set_diagnostic(set, 0)->text);
    int32_t status = smini_rule_write(set, smini_rule_set_rule(set, 0), dialect, text, sizeof(text), &length);
    cr_expect(status == wanted, "%s: status %d: %s", rule, (int)status, text);
    cr_expect(length == strlen(text));
    return text;
}

static void expect_text(const char *rule, const char *expected)
{
    const char *found = written(rule, SMINI_DIALECT_OWN, SMIN_OK);
    cr_expect(strcmp(found, expected) == 0, "%s\n     is %s\n not %s", rule, found, expected);
}

Test(write, the_shipped_rules_and_those_of_the_tests_are_the_same_again)
{
    add_file(SMIN_TESTS_SRCDIR "/rules/smin.rules");
    cr_expect(smini_rule_set_refused(set) == 0);
    add_file(SMIN_TESTS_SRCDIR "/tests/fuzz/seeds/fuzz_rule/shapes.rules");
    add_file(SMIN_TESTS_SRCDIR "/tests/fuzz/seeds/fuzz_rule/keywords.rules");
    cr_expect(smini_rule_set_count(set) > 20);
    expect_same_again();
}

Test(write, public_rules_are_the_same_again, .timeout = 600)
{
    const char *folder = getenv("SMIN_PUBLIC_RULES");
    DIR *entries = folder ? opendir(folder) : NULL;
    if (!entries)
        cr_skip("SMIN_PUBLIC_RULES is not set: the public rules are not shipped");
    for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        char path[1024];
        size_t length = strlen(entry->d_name);
        if (length < 7 || strcmp(entry->d_name + length - 6, ".rules") != 0)
            continue;
        (void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        add_file(path);
    }
    closedir(entries);
    cr_expect(smini_rule_set_count(set) > 0);
    expect_same_again();
}

/* A keyword that is read has a rule in keywords.rules, and what is written of that rule says it too. */
Test(write, every_keyword_is_written)
{
    /* They change nothing, or have another name by which they are written. */
    static const char *const silent[] = {"rawbytes", "prefilter", "rem",     "raw_data", "service",
                                         "tcp.flags", "tcp.seq",   "tcp.ack", "tcp.window"};
    uint32_t count;
    const struct smini_keyword *table = smini_keyword_table(&count);
    add_file(SMIN_TESTS_SRCDIR "/tests/fuzz/seeds/fuzz_rule/keywords.rules");
    cr_expect(smini_rule_set_refused(set) == 0, "%s", smini_rule_set_diagnostic(set, 0)->text);
    size_t room = 1u << 20;
    char *all = calloc(1, room);
    size_t at = 0;
    for (uint32_t i = 0; i < smini_rule_set_count(set); i++) {
        size_t length = 0;
        int32_t status = smini_rule_write(set, smini_rule_set_rule(set, i), SMINI_DIALECT_OWN, all + at, room - at,
                                          &length);
        cr_assert(status == SMIN_OK);
        at += length;
    }
    for (uint32_t i = 0; i < count; i++) {
        char name[64];
        bool expected = table[i].read != NULL;
        for (size_t k = 0; k < sizeof(silent) / sizeof(silent[0]); k++)
            expected &= strcmp(table[i].name, silent[k]) != 0;
        (void)snprintf(name, sizeof(name), " %s%s", table[i].name, table[i].shape == SMINI_VALUE_NEEDED ? ":" : "");
        const char *spot = strstr(all, name);
        if (strcmp(table[i].name, "msg") == 0)
            spot = strstr(all, "(msg:");
        cr_expect(!expected || spot, "%s: needs a rule in tests/fuzz/seeds/fuzz_rule/keywords.rules and a writer in lib/rule",
                  table[i].name);
    }
    free(all);
}

Test(write, the_form_is_canonical)
{
    expect_text("alert   tcp [ 10.0.0.0/8 , !$LAB_NET ] any -> $HOME_NET [80:90,\\\n !85] ( sid:0x10 ; content: \"a\" ; )",
                "alert tcp [10.0.0.0/8,!$LAB_NET] any -> $HOME_NET [80:90,!85] (content:\"a\"; sid:16;)");
    expect_text("alert tcp-stream any any <> any any (rev:3; content:\"A|3b 00|BC\", nocase, offset 2; gid:1; sid:1;)",
                "alert tcp any any <> any any (flow:only_stream; content:\"a|3B 00|bc\"; nocase; offset:2; "
                "sid:1; rev:3;)");
    expect_text("alert smin any any -> any any (msg:\"a\\;b \\\"c\\\" \\\\ d: |e\"; smin.url; content:\"\\\"|7c|\\\\x\"; "
                "smin.type:!=0x8; smin.length:1<>9; priority:3; sid:1;)",
                "alert smin any any -> any any (msg:\"a\\;b \\\"c\\\" \\\\ d: |e\"; smin.type:!8; smin.length:1-9; smin.url; "
                "content:\"|22 7C 5C|x\"; sid:1;)");
    expect_text("alert smin any any -> any any (classtype:attempted-recon; priority:2; sid:1;)",
                "alert smin any any -> any any (classtype:attempted-recon; sid:1;)");
    expect_text("alert smin any any -> any any (classtype:attempted-recon; priority:3; sid:1;)",
                "alert smin any any -> any any (classtype:attempted-recon; priority:3; sid:1;)");
}

Test(write, values_that_are_taken_as_they_stand_do_not_eat_what_follows)
{
    static const char *const rules[] = {
        "alert smin any any -> any any (metadata:a b\\ ; metadata:c d; sid:1;)",
        "alert smin any any -> any any (metadata:a [b, c d; metadata:e f, [g h, i j; metadata:k l; sid:1;)",
        "alert smin any any -> any any (metadata:a \"b, c d\"; metadata:e; metadata:,,f g,; sid:1;)",
        "alert smin any any -> any any (reference:a,b,c\\ ; reference:d\\;e,f; sid:1;)",
        "alert smin any any -> any any (reference:a\\ ,b; metadata:a\\ , b c; classtype:x\\ ; sid:1;)",
        "alert smin any any -> any any (msg:\"a \\\n b\"; pcre:!\"/a\\\"b\\;c\\/d|e/iB\"; sid:1;)",
        "alert smin any any -> any any (msg:\"\\\\\"; content:\"\\\\\"; sid:1;)",
    };
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        smini_rule_set_free(set);
        smini_rule_set_free(again);
        set = new_set();
        again = new_set();
        cr_expect(smini_rule_set_add(set, "test", smini_span_text(rules[i])) == SMIN_OK, "%s", rules[i]);
        expect_same_again();
    }
}

Test(write, writing_takes_no_memory_and_no_more_room_than_it_is_given)
{
    static const char rule[] = "alert tcp any any -> any 4786 (msg:\"m\"; content:\"|00 01|\"; sid:7;)";
    size_t length = 0;
    (void)written(rule, SMINI_DIALECT_OWN, SMIN_OK);
    char *whole = strdup(text);
    uint64_t requests = memory.requests;
    for (size_t size = 0; size <= strlen(whole) + 1; size++) {
        memset(text, '#', sizeof(text));
        int32_t status = smini_rule_write(set, smini_rule_set_rule(set, 0), SMINI_DIALECT_OWN, text, size, &length);
        cr_expect(status == (size > strlen(whole) ? SMIN_OK : SMIN_E_LIMIT));
        cr_expect(length == strlen(whole), "the room it takes is told");
        cr_expect(text[size] == '#', "nothing is written behind %zu bytes", size);
    }
    cr_expect(strcmp(text, whole) == 0 || text[strlen(whole) + 1] == '#');
    cr_expect(memory.requests == requests);
    free(whole);
}

Test(write, a_rule_that_would_be_too_long_to_be_read_again_is_a_limit)
{
    /* A backslash that escapes nothing is written as two. */
    size_t at = (size_t)sprintf(text, "alert smin any any -> any any (msg:\"");
    for (; at < SMINI_RULE_BYTES_MAX - 40; at += 2)
        memcpy(text + at, "\\a", 2);
    (void)sprintf(text + at, "\"; sid:1;)");
    cr_assert(smini_rule_set_add(set, "long", smini_span_text(text)) == SMIN_OK);
    size_t length = 0;
    char *room = malloc(2 * SMINI_RULE_BYTES_MAX);
    cr_expect(smini_rule_write(set, smini_rule_set_rule(set, 0), SMINI_DIALECT_OWN, room,
                               2 * SMINI_RULE_BYTES_MAX, &length) == SMIN_E_LIMIT);
    cr_expect(length > SMINI_RULE_BYTES_MAX);
    free(room);
}
