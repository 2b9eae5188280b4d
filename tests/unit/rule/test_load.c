/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "rule/limits.h"
#include "smin/status.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/rule_names.h"

static struct failing_alloc memory;
static struct smini_rule_set *set;

static void open_set(void)
{
    struct smini_rule_names names = rule_names();
    failing_alloc_open(&memory);
    cr_assert(smini_rule_set_new(&memory.alloc, &names, &set) == SMIN_OK);
}

static void close_set(void)
{
    smini_rule_set_free(set);
    cr_assert(failing_alloc_clean(&memory), "the rule set gave back everything");
}

TestSuite(load, .init = open_set, .fini = close_set);

static int32_t add(const char *text)
{
    return smini_rule_set_add(set, "test.rules", smini_span_text(text));
}

static char *slurp(const char *name, size_t *length)
{
    char path[1024];
    (void)snprintf(path, sizeof(path), "%s/%s", SMIN_TESTS_SRCDIR, name);
    FILE *file = fopen(path, "rb");
    cr_assert(file != NULL, "%s can be read", path);
    char *text = calloc(1, 1 << 20);
    *length = fread(text, 1, (1 << 20) - 1, file);
    fclose(file);
    return text;
}

/* SMIN_UPDATE_EXPECTED writes what is found, to be read before it is committed. */
Test(load, every_refused_rule_is_refused_with_place_and_reason)
{
    size_t length;
    size_t expected_length;
    char *rules = slurp("tests/unit/rule/refused.rules", &length);
    char *expected = slurp("tests/unit/rule/refused.expected", &expected_length);
    char *found = calloc(1, 1 << 20);
    size_t at = 0;
    cr_assert(smini_rule_set_variable(set, "LOOP", "[10.0.0.1,$LOOP]") == SMIN_OK);
    cr_expect(smini_rule_set_add(set, "refused.rules", smini_span_make(rules, length)) == SMIN_E_REFUSED);
    cr_expect(smini_rule_set_count(set) == 0, "none of them is honoured");
    for (uint32_t i = 0; i < smini_rule_set_diagnostic_count(set); i++) {
        const struct smini_rule_diagnostic *problem = smini_rule_set_diagnostic(set, i);
        at += (size_t)sprintf(found + at, "%s:%u:%u: %s%s%s\n", problem->file, problem->line, problem->column,
                              problem->option, *problem->option ? ": " : "", problem->text);
    }
    if (getenv("SMIN_UPDATE_EXPECTED")) {
        FILE *file = fopen(SMIN_TESTS_SRCDIR "/tests/unit/rule/refused.expected", "w");
        fputs(found, file);
        fclose(file);
    }
    cr_expect(strcmp(found, expected) == 0);
    free(rules);
    free(expected);
    free(found);
}

Test(load, a_rule_says_everything_it_was_written_with)
{
    cr_assert(add("drop smin [10.0.0.0/8,!10.1.0.0/16] any <> any [4786,80:90] (msg:\"a \\\"b\\\"\"; "
                          "metadata:k v w, k2 v2; metadata:k3 v3; reference:url,x.y/z; reference:cve,2018-0171; "
                          "classtype:attempted-recon; priority:7; gid:3; sid:5; rev:2; target:dest_ip;)") == SMIN_OK);
    const struct smini_rule *rule = smini_rule_set_rule(set, 0);
    cr_expect(strcmp(rule->header.action_text, "drop") == 0);
    cr_expect(strcmp(rule->msg, "a \"b\"") == 0);
    cr_expect(rule->gid == 3);
    cr_expect(rule->rev == 2);
    cr_expect(rule->priority == 7, "an explicit priority wins over the class");
    cr_expect(strcmp(rule->category, "Attempt to learn about a system") == 0);
    cr_assert(rule->metadata_count == 3);
    cr_expect(strcmp(rule->metadata[0].value, "v w") == 0);
    cr_expect(strcmp(rule->metadata[2].name, "k3") == 0);
    cr_assert(rule->reference_count == 2);
    cr_expect(strcmp(rule->references[1].name, "cve") == 0);
    cr_expect(rule->header.both_directions);
}

Test(load, comments_blank_lines_marks_and_line_ends_of_windows_are_read)
{
    cr_expect(add("\xef\xbb\xbf# c \\\r\n\r\n  alert smin any any -> any any (msg:\"a\\\r\nb\"; \\\r\n sid:1;)\r\n"
                          "alert smin any any -> any any (sid:2;) # tail") == SMIN_OK);
    cr_assert(smini_rule_set_count(set) == 2);
    cr_expect(strcmp(smini_rule_set_rule(set, 0)->msg, "ab") == 0);
    cr_expect(smini_rule_set_rule(set, 0)->line == 3);
    cr_expect(smini_rule_set_rule(set, 1)->line == 6);
}

Test(load, the_second_rule_with_a_number_is_refused_and_the_first_stays)
{
    cr_expect(add("alert smin any any -> any any (msg:\"one\"; sid:1;)\n"
                          "alert smin any any -> any any (msg:\"other group\"; gid:2; sid:1;)\n"
                          "alert smin any any -> any any (msg:\"two\"; sid:1;)") == SMIN_E_REFUSED);
    cr_expect(smini_rule_set_count(set) == 2);
    cr_assert(smini_rule_set_diagnostic_count(set) == 1);
    cr_expect(smini_rule_set_diagnostic(set, 0)->line == 3);
    cr_expect(strcmp(smini_rule_set_diagnostic(set, 0)->text, "1 is already the number of the rule at test.rules:1; the first one stays") == 0);
}

Test(load, a_later_revision_takes_the_place_of_an_earlier_one)
{
    cr_expect(add("alert smin any any -> any any (msg:\"one\"; sid:1; rev:1;)\n"
                  "alert smin any any -> any any (msg:\"other\"; sid:2;)\n"
                  "alert smin any any -> any any (msg:\"two\"; sid:1; rev:2;)") == SMIN_OK);
    cr_assert(smini_rule_set_count(set) == 2);
    cr_expect(strcmp(smini_rule_set_rule(set, 0)->msg, "two") == 0);
    cr_expect(smini_rule_set_rule(set, 0)->index == 0);
    cr_assert(smini_rule_set_diagnostic_count(set) == 1);
    cr_expect(smini_rule_set_diagnostic(set, 0)->severity == SMINI_DIAGNOSTIC_WARNING);
    cr_expect(smini_rule_set_diagnostic(set, 0)->line == 3);
}

Test(load, rules_over_several_lines_and_headers_without_addresses_are_read)
{
    cr_expect(add("/* of\n Snort 3 */\n"
                  "alert smin\n(\n    msg:\"a\\;) b\";\n  rem:\"x\"; service:smin; sid:1;\n)\n"
                  "alert tcp ( content:\"(\"; reference:url,a.b/c_(d);\n sid:2; )\n"
                  "block TCP any any -> any any (content:\"a\";\n\tpkt_data; content:\"b\"; sid:3;)\n"
                  "alert tcp any any -> any any (content:\"open\";\nalert smin (sid:4;)\n") == SMIN_E_REFUSED);
    cr_assert(smini_rule_set_count(set) == 4, "%u", smini_rule_set_count(set));
    cr_expect(smini_rule_set_rule(set, 0)->line == 3);
    cr_expect(strcmp(smini_rule_set_rule(set, 0)->msg, "a;) b") == 0);
    cr_expect(smini_rule_set_rule(set, 0)->header.service);
    cr_expect(strcmp(smini_rule_set_rule(set, 1)->references[0].value, "a.b/c_(d)") == 0);
    cr_expect(smini_rule_set_rule(set, 2)->sections[0].condition_count == 2);
    cr_assert(smini_rule_set_diagnostic_count(set) == 1);
    cr_expect(smini_rule_set_diagnostic(set, 0)->line == 12, "%u", smini_rule_set_diagnostic(set, 0)->line);
    cr_expect(smini_rule_set_rule(set, 3)->line == 13);
}

Test(load, an_unknown_class_is_a_warning_and_no_refusal)
{
    cr_expect(add("alert smin any any -> any any (classtype:mine; sid:1;)") == SMIN_OK);
    cr_assert(smini_rule_set_diagnostic_count(set) == 1);
    cr_expect(smini_rule_set_diagnostic(set, 0)->severity == SMINI_DIAGNOSTIC_WARNING);
}

/* The timeout is for costs that grow with the square of the text: those take minutes. */
static void expect_refusal(const char *what, const char *unit, size_t bytes)
{
    size_t size = strlen(unit);
    char *text = malloc(bytes + size);
    for (size_t at = 0; at < bytes; at += size)
        memcpy(text + at, unit, size);
    cr_expect(smini_rule_set_add(set, what, smini_span_make(text, bytes)) == SMIN_E_REFUSED);
    cr_expect(smini_rule_set_diagnostic_count(set) > 0, "%s was diagnosed", what);
    cr_expect(smini_rule_set_diagnostic_count(set) <= SMINI_RULE_DIAGNOSTICS_MAX + 1);
    free(text);
}

Test(load, monstrous_texts_are_refused_in_bounded_time, .timeout = 300)
{
    const size_t bytes = 10u << 20;
    expect_refusal("one line", "x", bytes);
    expect_refusal("brackets", "[", bytes);
    expect_refusal("lines", "x\n", bytes);
    expect_refusal("joined lines", "\\\n", bytes);
    expect_refusal("zeros", "\1\2\n\377", bytes);
    expect_refusal("headers", "alert tcp [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]] any -> any any (sid:1;)\n", bytes);
}

Test(load, options_without_end_are_bounded)
{
    static const char head[] = "alert smin any any -> any any (";
    char *text = calloc(1, 60000);
    (void)strcpy(text, head);
    for (size_t at = sizeof(head) - 1; at + 10 < 60000; at += 9)
        memcpy(text + at, "priority;", 9);
    cr_expect(add(text) == SMIN_E_REFUSED);
    free(text);
}

Test(load, nested_variables_cannot_multiply_without_bound)
{
    char name[8] = "A";
    char value[64] = "10.0.0.1";
    for (int level = 0; level < 15; level++) {
        cr_assert(smini_rule_set_variable(set, name, value) == SMIN_OK);
        (void)snprintf(value, sizeof(value), "[$%s,$%s,$%s]", name, name, name);
        name[0]++;
    }
    cr_assert(smini_rule_set_variable(set, name, value) == SMIN_OK);
    char rule[96];
    (void)snprintf(rule, sizeof(rule), "alert smin $%s any -> any any (sid:1;)", name);
    cr_expect(add(rule) == SMIN_E_REFUSED);
}

Test(load, variables_need_a_name)
{
    cr_expect(smini_rule_set_variable(set, "", "any") == SMIN_E_MALFORMED);
    cr_expect(smini_rule_set_variable(set, "A B", "any") == SMIN_E_MALFORMED);
}

Test(load, any_failed_allocation_is_reported_and_nothing_leaks)
{
    static const char text[] =
        "alert tcp [$HOME_NET,10.0.0.1] any -> any [1,2:3] (msg:\"m\"; content:\"ab\"; nocase; content:\"c\"; "
        "distance:1; pcre:\"/x+y/R\"; metadata:a b; reference:url,x; classtype:misc-attack; sid:1;)\n"
        "alert tcp any any -> any any (frobnicate; sid:2;)\n"
        "alert smin any any -> any any (smin.url; content:\"x\"; smin.type:3; app-layer-event:smin.probe; sid:3;)\n";
    struct smini_rule_names names = rule_names();
    bool whole = false;
    for (uint64_t n = 1; !whole; n++) {
        struct failing_alloc failing;
        struct smini_rule_set *other = NULL;
        failing_alloc_open(&failing);
        failing_alloc_fail_nth(&failing, n);
        int32_t status = smini_rule_set_new(&failing.alloc, &names, &other);
        if (status == SMIN_OK)
            status = smini_rule_set_add(other, "f", smini_span_text(text));
        whole = failing.refused == 0;
        cr_expect(status == (whole ? SMIN_E_REFUSED : SMIN_E_NOMEM), "allocation %lu", (unsigned long)n);
        smini_rule_set_free(other);
        cr_assert(failing_alloc_clean(&failing), "allocation %lu", (unsigned long)n);
        cr_assert(n < 1000);
    }
}
