/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/stream_plan.h"

#include "match/bits.h"
#include "match/header_test.h"
#include "match/plan.h"
#include "smin/status.h"

static bool may_go(const struct smini_plan_rule *planned, uint32_t direction)
{
    uint32_t excluded = direction == SMIN_TO_SERVER ? SMINI_FLOW_TO_CLIENT : SMINI_FLOW_TO_SERVER;
    return !(planned->rule->flow & excluded);
}

static bool make_room(struct smini_database *database)
{
    struct smini_stream_plan *plan = &database->stream_plan;
    struct smini_alloc *alloc = database->alloc;
    uint32_t rules = database->stream_rule_count;
    plan->pattern_rule = smini_alloc_array(alloc, (size_t)database->stream_pattern_count + 1, sizeof(uint32_t));
    plan->patternless = smini_alloc_array(alloc, rules, sizeof(uint32_t));
    plan->choosy = smini_alloc_array(alloc, rules, sizeof(uint32_t));
    for (uint32_t i = 0; i < 2; i++)
        plan->open[i] = smini_alloc_array(alloc, smini_bits_words(rules), sizeof(uint64_t));
    return plan->pattern_rule && plan->patternless && plan->choosy && plan->open[0] && plan->open[1];
}

static void add_rule(struct smini_database *database, uint32_t index)
{
    struct smini_stream_plan *plan = &database->stream_plan;
    const struct smini_plan_rule *planned = &database->rules[index];
    for (uint32_t i = 0; i < planned->stream_count; i++)
        plan->pattern_rule[planned->stream_first + i] = index;
    if (planned->stream_count == 0)
        plan->patternless[plan->patternless_count++] = index;
    if (!planned->any_header) {
        plan->choosy[plan->choosy_count++] = index;
        return;
    }
    for (uint32_t direction = SMIN_TO_SERVER; direction <= SMIN_TO_CLIENT; direction++) {
        if (!may_go(planned, direction))
            continue;
        smini_bits_set(plan->open[direction], planned->stream_index);
        plan->open_count[direction]++;
    }
}

int32_t smini_stream_plan_build(struct smini_database *database)
{
    if (database->stream_rule_count == 0)
        return SMIN_OK;
    if (!make_room(database))
        return SMIN_E_NOMEM;
    for (uint32_t i = 0; i < database->rule_count; i++)
        if (database->rules[i].on_stream)
            add_rule(database, i);
    return SMIN_OK;
}

void smini_stream_plan_free(struct smini_database *database)
{
    struct smini_stream_plan *plan = &database->stream_plan;
    struct smini_alloc *alloc = database->alloc;
    uint32_t rules = database->stream_rule_count;
    smini_alloc_free(alloc, plan->pattern_rule, ((size_t)database->stream_pattern_count + 1) * sizeof(uint32_t));
    smini_alloc_free(alloc, plan->patternless, rules * sizeof(uint32_t));
    smini_alloc_free(alloc, plan->choosy, rules * sizeof(uint32_t));
    for (uint32_t i = 0; i < 2; i++)
        smini_alloc_free(alloc, plan->open[i], smini_bits_words(rules) * sizeof(uint64_t));
}

static bool choosy_wants(const struct smini_plan_rule *planned, const struct smini_flow_facts *facts,
                         uint32_t direction)
{
    return may_go(planned, direction) && smini_header_allows(planned->rule, facts, direction);
}

bool smini_stream_plan_wants(const struct smini_database *database, const struct smini_flow_facts *facts,
                             uint32_t direction)
{
    const struct smini_stream_plan *plan = &database->stream_plan;
    if (plan->open_count[direction])
        return true;
    for (uint32_t i = 0; i < plan->choosy_count; i++)
        if (choosy_wants(&database->rules[plan->choosy[i]], facts, direction))
            return true;
    return false;
}

uint32_t smini_stream_plan_open(const struct smini_database *database, const struct smini_flow_facts *facts,
                                uint32_t direction, uint64_t *open)
{
    const struct smini_stream_plan *plan = &database->stream_plan;
    uint32_t count = plan->open_count[direction];
    memcpy(open, plan->open[direction], smini_bits_words(database->stream_rule_count) * sizeof(uint64_t));
    for (uint32_t i = 0; i < plan->choosy_count; i++) {
        const struct smini_plan_rule *planned = &database->rules[plan->choosy[i]];
        if (!choosy_wants(planned, facts, direction))
            continue;
        smini_bits_set(open, planned->stream_index);
        count++;
    }
    return count;
}
