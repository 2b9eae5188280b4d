/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules in the words of other engines: as dialects.txt says, and stable when they are read and written again. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "rule/limits.h"
#include "rule/write.h"
#include "smin/status.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/rule_names.h"

enum { ROOM = SMINI_RULE_BYTES_MAX + 1, LINE_BYTES = 4096 };

static const char refusal[] = "refused: ";

static struct failing_alloc memory;

/* Reads one rule and writes it in a dialect; "refused: why" when the dialect cannot say it. */
static void convert(const char *rule, enum smini_dialect dialect, char *text)
{
    struct smini_rule_names names = rule_names();
    struct smini_rule_set *set;
    size_t length;
    size_t head = strlen(refusal);
    cr_assert(smini_rule_set_new(&memory.alloc, &names, &set) == SMIN_OK);
    cr_assert(smini_rule_set_add(set, "rule", smini_span_text(rule)) == SMIN_OK, "%s: %s", rule,
              smini_rule_set_diagnostic_count(set) ? smini_rule_set_diagnostic(set, 0)->text : "");
    cr_assert(smini_rule_set_count(set) == 1, "%s", rule);
    int32_t status = smini_rule_write(set, smini_rule_set_rule(set, 0), dialect, text, ROOM - head, &length);
    cr_expect(status == SMIN_OK || status == SMIN_E_REFUSED, "%s: %d", rule, (int)status);
    if (status != SMIN_OK) {
        memmove(text + head, text, length + 1);
        memcpy(text, refusal, head);
    }
    smini_rule_set_free(set);
}

static bool is_refusal(const char *text)
{
    return strncmp(text, refusal, strlen(refusal)) == 0;
}

/* What is written reads as itself; and from there and back to there again, the text stays. */
static void expect_stable(const char *text, enum smini_dialect dialect, enum smini_dialect other)
{
    static char there[ROOM];
    static char back[ROOM];
    static char again[ROOM];
    convert(text, dialect, back);
    cr_expect(strcmp(text, back) == 0, "%s\n     reads as %s", text, back);
    convert(text, other, there);
    if (is_refusal(there))
        return;
    convert(there, dialect, back);
    convert(back, other, again);
    cr_expect(strcmp(there, again) == 0, "%s\n became %s\n    then %s\n     and %s", text, there, back, again);
}

static void expect_line(const char *rule, const char *expected, enum smini_dialect dialect, enum smini_dialect other)
{
    static char text[ROOM];
    convert(rule, dialect, text);
    cr_expect(strcmp(text, expected) == 0, "%s\n gives %s\n   not %s", rule, text, expected);
    if (!is_refusal(text))
        expect_stable(text, dialect, other);
}

Test(dialect, rules_are_converted_as_the_table_says)
{
    static char line[LINE_BYTES];
    static char rule[LINE_BYTES];
    unsigned rules = 0;
    FILE *file = fopen(SMIN_TESTS_SRCDIR "/tests/unit/rule/dialects.txt", "r");
    cr_assert(file != NULL);
    failing_alloc_open(&memory);
    while (fgets(line, sizeof(line), file)) {
        line[strcspn(line, "\n")] = 0;
        if (strncmp(line, "in: ", 4) == 0) {
            (void)strcpy(rule, line + 4);
            rules++;
        } else if (strncmp(line, "suricata8: ", 11) == 0) {
            expect_line(rule, line + 11, SMINI_DIALECT_SURICATA8, SMINI_DIALECT_SNORT3);
        } else if (strncmp(line, "snort3: ", 8) == 0) {
            expect_line(rule, line + 8, SMINI_DIALECT_SNORT3, SMINI_DIALECT_SURICATA8);
        } else {
            cr_expect(line[0] == 0 || line[0] == '#', "%s", line);
        }
    }
    (void)fclose(file);
    cr_expect(rules > 30);
    cr_expect(failing_alloc_clean(&memory));
}
