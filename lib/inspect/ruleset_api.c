/* SPDX-License-Identifier: BSD-2-Clause */
/* smin/ruleset.h: rule texts for programs that want to read and check them without an inspector. */
#define SMIN_BUILDING_LIBRARY
#include "smin/ruleset.h"

#include <stdlib.h>

#include "decode/decode.h"
#include "inspect/rule_info.h"
#include "match/regex.h"
#include "rule/load.h"

struct smin_ruleset {
    struct smini_alloc alloc;
    struct smini_rule_set *rules;
    /* In step with `rules`; pointers handed out must not move, so they are kept one by one. */
    struct listed_rule **listed;
    uint32_t listed_count;
    uint32_t listed_capacity;
    struct smin_diagnostic **diagnostics;
    uint32_t diagnostic_count;
    uint32_t diagnostic_capacity;
};

struct listed_rule {
    size_t size;
    struct smin_rule_info info;
    struct smin_setting pairs[];
};

int32_t smin_ruleset_new(struct smin_ruleset **made)
{
    struct smini_rule_names names = {.protocol = "smin", .check_regex = smini_regex_check};
    if (!made)
        return SMIN_E_MISUSE;
    *made = NULL;
    names.fields = smini_field_table(&names.field_count);
    names.events = smini_event_table(&names.event_count);
    struct smin_ruleset *set = calloc(1, sizeof(*set));
    if (!set)
        return SMIN_E_NOMEM;
    smini_alloc_init(&set->alloc, 0);
    int32_t status = smini_rule_set_new(&set->alloc, &names, &set->rules);
    if (status != SMIN_OK)
        smin_ruleset_free(&set);
    *made = set;
    return status;
}

int32_t smin_ruleset_variable(struct smin_ruleset *set, const char *name, const char *value)
{
    if (!set || !name || !value)
        return SMIN_E_MISUSE;
    return smini_rule_set_variable(set->rules, name, value);
}

/* Makes room for `wanted` pointers. */
static bool grow(struct smini_alloc *alloc, void *list, uint32_t *capacity, uint32_t wanted)
{
    void *old;
    uint32_t size = *capacity ? *capacity : 16;
    if (wanted <= *capacity)
        return true;
    while (size < wanted)
        size *= 2;
    memcpy(&old, list, sizeof(old));
    void *grown = smini_alloc_grow(alloc, old, *capacity * sizeof(void *), size * sizeof(void *));
    if (!grown)
        return false;
    memcpy(list, &grown, sizeof(grown));
    *capacity = size;
    return true;
}

static int32_t list_rules(struct smin_ruleset *set)
{
    uint32_t count = smini_rule_set_count(set->rules);
    if (!grow(&set->alloc, &set->listed, &set->listed_capacity, count))
        return SMIN_E_NOMEM;
    for (; set->listed_count < count; set->listed_count++) {
        const struct smini_rule *rule = smini_rule_set_rule(set->rules, set->listed_count);
        size_t pairs = (size_t)rule->metadata_count + rule->reference_count;
        size_t size = sizeof(struct listed_rule) + pairs * sizeof(struct smin_setting);
        struct listed_rule *listed = smini_alloc_get(&set->alloc, size);
        if (!listed)
            return SMIN_E_NOMEM;
        listed->size = size;
        smini_rule_info_fill(&listed->info, rule, listed->pairs);
        set->listed[set->listed_count] = listed;
    }
    return SMIN_OK;
}

static int32_t list_diagnostics(struct smin_ruleset *set)
{
    uint32_t count = smini_rule_set_diagnostic_count(set->rules);
    if (!grow(&set->alloc, &set->diagnostics, &set->diagnostic_capacity, count))
        return SMIN_E_NOMEM;
    for (; set->diagnostic_count < count; set->diagnostic_count++) {
        struct smin_diagnostic *diagnostic = smini_alloc_get(&set->alloc, sizeof(*diagnostic));
        if (!diagnostic)
            return SMIN_E_NOMEM;
        smini_rule_info_diagnostic(diagnostic, smini_rule_set_diagnostic(set->rules, set->diagnostic_count));
        set->diagnostics[set->diagnostic_count] = diagnostic;
    }
    return SMIN_OK;
}

int32_t smin_ruleset_add(struct smin_ruleset *set, const char *name, const char *text, size_t length)
{
    if (!set || !name || (!text && length))
        return SMIN_E_MISUSE;
    int32_t status = smini_rule_set_add(set->rules, name, smini_span_make(text, length));
    if (list_rules(set) != SMIN_OK || list_diagnostics(set) != SMIN_OK)
        return SMIN_E_NOMEM;
    return status;
}

uint32_t smin_ruleset_count(const struct smin_ruleset *set)
{
    return set ? set->listed_count : 0;
}

const struct smin_rule_info *smin_ruleset_rule(const struct smin_ruleset *set, uint32_t index)
{
    return set && index < set->listed_count ? &set->listed[index]->info : NULL;
}

int32_t smin_ruleset_text(const struct smin_ruleset *set, uint32_t index, uint32_t dialect, char *buffer, size_t size,
                          size_t *length)
{
    return smini_rule_info_text(set ? set->rules : NULL, index, dialect, buffer, size, length);
}

uint32_t smin_ruleset_diagnostic_count(const struct smin_ruleset *set)
{
    return set ? set->diagnostic_count : 0;
}

const struct smin_diagnostic *smin_ruleset_diagnostic(const struct smin_ruleset *set, uint32_t index)
{
    return set && index < set->diagnostic_count ? set->diagnostics[index] : NULL;
}

void smin_ruleset_free(struct smin_ruleset **pointer)
{
    if (!pointer || !*pointer)
        return;
    struct smin_ruleset *set = *pointer;
    for (uint32_t i = 0; i < set->listed_count; i++)
        smini_alloc_free(&set->alloc, set->listed[i], set->listed[i]->size);
    for (uint32_t i = 0; i < set->diagnostic_count; i++)
        smini_alloc_free(&set->alloc, set->diagnostics[i], sizeof(*set->diagnostics[i]));
    smini_alloc_free(&set->alloc, set->listed, set->listed_capacity * sizeof(void *));
    smini_alloc_free(&set->alloc, set->diagnostics, set->diagnostic_capacity * sizeof(void *));
    smini_rule_set_free(set->rules);
    free(set);
    *pointer = NULL;
}
