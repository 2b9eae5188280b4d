/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <string.h>

#include "smin/ruleset.h"

static int32_t add(struct smin_ruleset *set, const char *text)
{
    return smin_ruleset_add(set, "x.rules", text, strlen(text));
}

Test(ruleset_api, rules_and_problems_are_listed_and_stay_where_they_are)
{
    struct smin_ruleset *set;
    cr_assert(smin_ruleset_new(&set) == SMIN_OK);
    cr_expect(smin_ruleset_variable(set, "ROUTERS", "[10.0.0.1,10.0.0.2]") == SMIN_OK);
    cr_expect(smin_ruleset_variable(set, "NO NAME", "any") == SMIN_E_MALFORMED);
    cr_expect(add(set, "alert smin $ROUTERS any -> any any (msg:\"one\"; metadata:k v; reference:cve,1; sid:1;)") == SMIN_OK);
    const struct smin_rule_info *first = smin_ruleset_rule(set, 0);
    cr_expect(add(set, "alert smin any any -> any any (sid:2;)\nalert smin any any -> any any (pcre:\"/(/\"; sid:3;)") ==
              SMIN_E_REFUSED);
    for (int i = 0; i < 40; i++)
        cr_expect(add(set, "nonsense") == SMIN_E_REFUSED);
    cr_expect(smin_ruleset_count(set) == 2);
    cr_expect(smin_ruleset_rule(set, 0) == first && first->sid == 1 && strcmp(first->msg, "one") == 0);
    cr_expect(first->metadata_count == 1 && strcmp(first->metadata[0].value, "v") == 0);
    cr_expect(first->reference_count == 1 && strcmp(first->references[0].name, "cve") == 0);
    cr_expect(smin_ruleset_rule(set, 2) == NULL);
    cr_assert(smin_ruleset_diagnostic_count(set) == 41);
    const struct smin_diagnostic *problem = smin_ruleset_diagnostic(set, 0);
    cr_expect(problem->line == 2 && problem->column == 32 && strcmp(problem->option, "pcre") == 0);
    cr_expect(smin_ruleset_diagnostic(set, 41) == NULL);
    smin_ruleset_free(&set);
    cr_expect(set == NULL);
    smin_ruleset_free(&set);
}

Test(ruleset_api, rules_are_written_back_as_text)
{
    struct smin_ruleset *set;
    size_t length;
    static char text[SMIN_RULE_TEXT_ROOM];
    static const char rule[] = "alert smin $ROUTERS any -> any any (msg:\"one\"; smin.type:8; sid:1; rev:2;)";
    cr_assert(smin_ruleset_new(&set) == SMIN_OK);
    cr_expect(smin_ruleset_variable(set, "ROUTERS", "10.0.0.1") == SMIN_OK);
    cr_assert(add(set, rule) == SMIN_OK);
    cr_expect(smin_ruleset_text(set, 0, SMIN_DIALECT_OWN, text, sizeof(text), &length) == SMIN_OK);
    cr_expect(strcmp(text, rule) == 0 && length == strlen(rule), "%s", text);
    cr_expect(smin_ruleset_text(set, 0, SMIN_DIALECT_SURICATA8, text, sizeof(text), &length) == SMIN_OK);
    cr_expect(smin_ruleset_text(set, 0, SMIN_DIALECT_SNORT3, text, sizeof(text), &length) == SMIN_OK);
    cr_expect(strstr(text, " smin_type:8;") != NULL, "%s", text);
    cr_expect(smin_ruleset_text(set, 0, SMIN_DIALECT_OWN, text, 10, &length) == SMIN_E_LIMIT);
    cr_expect(length == strlen(rule), "the room it takes is told");
    cr_expect(smin_ruleset_text(set, 1, SMIN_DIALECT_OWN, text, sizeof(text), &length) == SMIN_E_MISUSE);
    cr_expect(smin_ruleset_text(set, 0, 99, text, sizeof(text), &length) == SMIN_E_MISUSE);
    cr_expect(smin_ruleset_text(NULL, 0, SMIN_DIALECT_OWN, text, sizeof(text), &length) == SMIN_E_MISUSE);
    cr_expect(smin_ruleset_text(set, 0, SMIN_DIALECT_OWN, NULL, 0, &length) == SMIN_E_MISUSE);
    cr_expect(smin_ruleset_text(set, 0, SMIN_DIALECT_OWN, text, sizeof(text), NULL) == SMIN_E_MISUSE);
    smin_ruleset_free(&set);
}

Test(ruleset_api, misuse_is_answered)
{
    struct smin_ruleset *set;
    cr_expect(smin_ruleset_new(NULL) == SMIN_E_MISUSE);
    cr_assert(smin_ruleset_new(&set) == SMIN_OK);
    cr_expect(smin_ruleset_add(set, NULL, "", 0) == SMIN_E_MISUSE);
    cr_expect(smin_ruleset_add(set, "x", NULL, 1) == SMIN_E_MISUSE);
    cr_expect(smin_ruleset_add(set, "x", NULL, 0) == SMIN_OK);
    cr_expect(smin_ruleset_count(NULL) == 0 && smin_ruleset_rule(NULL, 0) == NULL);
    smin_ruleset_free(&set);
    smin_ruleset_free(NULL);
}
