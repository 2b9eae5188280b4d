/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/candidates.h"

#include "match/limits.h"
#include "match/plan.h"
#include "rule/integer.h"
#include "smin/status.h"

static bool knows_value(const struct smini_candidates *candidates, uint64_t value)
{
    for (uint32_t i = 0; i < candidates->value_count; i++)
        if (candidates->values[i] == value)
            return true;
    return false;
}

/* About any value of the field: with a single value it holds or not, and that is all. */
static bool is_simple(const struct smini_field_test *test)
{
    return test->choice == SMINI_VALUE_ANY && !test->sliced;
}

/* The values that rules ask of a field by equality, each once, as many as there is room for. */
static void gather_values(struct smini_candidates *candidates, const struct smini_plan_rule *rules, uint32_t count,
                          uint32_t field)
{
    candidates->field = field;
    candidates->value_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t t = 0; t < rules[i].rule->field_test_count; t++) {
            const struct smini_field_test *test = &rules[i].rule->field_tests[t];
            if (test->field != field || !is_simple(test) || test->test.compare != SMINI_COMPARE_EQUAL)
                continue;
            if (candidates->value_count < SMINI_CANDIDATE_VALUES_MAX && !knows_value(candidates, test->test.first))
                candidates->values[candidates->value_count++] = test->test.first;
        }
    }
}

/* The field with the most values; the first of several. One pass per field, so that a large set stays linear. */
static void choose_field(struct smini_candidates *candidates, const struct smini_plan_rule *rules, uint32_t count)
{
    uint32_t best = 0;
    uint32_t most = 1; /* one value tells nothing apart */
    for (uint32_t field = 1; field < SMINI_MATCH_FIELD_INDEX; field++) {
        gather_values(candidates, rules, count, field);
        if (candidates->value_count > most) {
            best = field;
            most = candidates->value_count;
        }
    }
    gather_values(candidates, rules, count, best);
    if (best == 0)
        candidates->value_count = 0;
}

static bool can_hold(const struct smini_rule *rule, uint32_t field, uint64_t value)
{
    for (uint32_t t = 0; t < rule->field_test_count; t++)
        if (rule->field_tests[t].field == field && is_simple(&rule->field_tests[t]) &&
            !smini_integer_holds(&rule->field_tests[t].test, value))
            return false;
    return true;
}

static uint32_t *fill_list(struct smini_candidate_list *list, const struct smini_plan_rule *rules, uint32_t *at)
{
    list->outright = at;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct smini_plan_rule *planned = &rules[list->rules[i]];
        if (planned->has_fast)
            list->buffers |= smini_plan_buffer_bit(planned->fast_buffer);
        else
            *at++ = list->rules[i];
    }
    list->outright_count = (uint32_t)(at - list->outright);
    return at;
}

int32_t smini_candidates_build(struct smini_candidates *candidates, struct smini_alloc *alloc,
                               const struct smini_plan_rule *rules, uint32_t count)
{
    choose_field(candidates, rules, count);
    if (count == 0)
        return SMIN_OK;
    candidates->room = (size_t)count * (candidates->value_count + 1) * 2;
    candidates->rules = smini_alloc_array(alloc, candidates->room, sizeof(candidates->rules[0]));
    if (!candidates->rules)
        return SMIN_E_NOMEM;
    uint32_t *at = candidates->rules;
    for (uint32_t v = 0; v <= candidates->value_count; v++) {
        bool every = v == candidates->value_count;
        struct smini_candidate_list *list = every ? &candidates->all : &candidates->lists[v];
        list->rules = at;
        for (uint32_t i = 0; i < count; i++)
            if (rules[i].on_messages && (every || can_hold(rules[i].rule, candidates->field, candidates->values[v])))
                *at++ = i;
        list->count = (uint32_t)(at - list->rules);
        at = fill_list(list, rules, at);
    }
    return SMIN_OK;
}

void smini_candidates_free(struct smini_candidates *candidates, struct smini_alloc *alloc)
{
    smini_alloc_free(alloc, candidates->rules, candidates->room * sizeof(candidates->rules[0]));
    candidates->rules = NULL;
}
