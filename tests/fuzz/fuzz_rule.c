/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a rule text: bounded, every refusal diagnosed; what is honoured can be compiled, and written back. */
#include "match/database.h"
#include "rule/limits.h"
#include "smin/status.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/rule_names.h"
#include "tests/support/same_rule.h"

const char *const fuzz_seed_folder = NULL;

static uint32_t condition_count(const struct smini_rule *rule)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < rule->section_count; i++)
        count += rule->sections[i].condition_count;
    return count;
}

/*
 * What another dialect can say is read here, too, and is said in it again. One condition may become two there; rules
 * that could grow beyond the limit are left out.
 */
static void convert(struct smini_alloc *alloc, const struct smini_rule_set *set, uint32_t index,
                    enum smini_dialect dialect, char *text)
{
    struct smini_rule_names names = rule_names();
    struct smini_rule_set *again = NULL;
    size_t length = 0;
    int32_t status = smini_rule_write(set, smini_rule_set_rule(set, index), dialect, text, SMINI_RULE_BYTES_MAX + 1,
                                      &length);
    FUZZ_CHECK(status == SMIN_OK || status == SMIN_E_REFUSED || status == SMIN_E_LIMIT);
    if (status != SMIN_OK || condition_count(smini_rule_set_rule(set, index)) > SMINI_RULE_CONDITIONS_MAX / 2)
        return;
    FUZZ_CHECK(smini_rule_set_new(alloc, &names, &again) == SMIN_OK);
    FUZZ_CHECK(smini_rule_set_add(again, "converted", smini_span_make(text, length)) == SMIN_OK);
    FUZZ_CHECK(smini_rule_set_count(again) == 1);
    status = smini_rule_write(again, smini_rule_set_rule(again, 0), dialect, text, SMINI_RULE_BYTES_MAX + 1, &length);
    FUZZ_CHECK(status == SMIN_OK || status == SMIN_E_LIMIT);
    smini_rule_set_free(again);
}

/* Every rule reads the same when it was written back. */
static void write_back(struct smini_alloc *alloc, const struct smini_rule_set *set)
{
    static char text[SMINI_RULE_BYTES_MAX + 1];
    struct smini_rule_names names = rule_names();
    struct smini_rule_set *again = NULL;
    FUZZ_CHECK(smini_rule_set_new(alloc, &names, &again) == SMIN_OK);
    for (uint32_t i = 0; i < smini_rule_set_count(set); i++)
        FUZZ_CHECK(same_rule_again(set, smini_rule_set_rule(set, i), again, text) == NULL);
    for (uint32_t i = 0; i < smini_rule_set_count(set); i++) {
        convert(alloc, set, i, SMINI_DIALECT_SURICATA8, text);
        convert(alloc, set, i, SMINI_DIALECT_SNORT3, text);
    }
    smini_rule_set_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct smini_rule_names names = rule_names();
    struct smini_alloc alloc;
    struct smini_rule_set *set = NULL;
    struct smini_database *database = NULL;
    smini_alloc_init(&alloc, 0);
    FUZZ_CHECK(smini_rule_set_new(&alloc, &names, &set) == SMIN_OK);
    int32_t status = smini_rule_set_add(set, "fuzz", smini_span_make(data, size));
    uint64_t refused = smini_rule_set_refused(set);
    FUZZ_CHECK(smini_rule_set_finish(set) == SMIN_OK);
    FUZZ_CHECK(status == (refused ? SMIN_E_REFUSED : SMIN_OK));
    FUZZ_CHECK(refused == 0 || smini_rule_set_diagnostic_count(set) > 0);
    for (uint32_t i = 0; i < smini_rule_set_diagnostic_count(set); i++) {
        const struct smini_rule_diagnostic *problem = smini_rule_set_diagnostic(set, i);
        FUZZ_CHECK(problem->line > 0 && problem->column > 0 && problem->text[0]);
    }
    FUZZ_CHECK(smini_database_new(&alloc, set, NULL, SMINI_SCANNER_PLAIN, &database) == SMIN_OK);
    FUZZ_CHECK(smini_rule_set_refused(set) == refused && smini_database_rule_count(database) == smini_rule_set_count(set));
    smini_database_unref(database);
    write_back(&alloc, set);
    smini_rule_set_free(set);
    FUZZ_CHECK(alloc.used == 0);
    return 0;
}
