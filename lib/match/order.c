/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The order in which rules are judged once some of them remember: that of
 * Suricata, so that what one rule sets is seen by the same rules on the same
 * message. Actions first, then rules that write before those that also test
 * before those that only test, then priority, then sid.
 */
#include <stdlib.h>

#include "match/plan.h"
#include "rule/state.h"

static int action_rank(const struct smini_rule *rule)
{
    switch (rule->header.action) {
    case SMINI_ACTION_PASS:
        return 0;
    case SMINI_ACTION_DROP:
        return 1;
    case SMINI_ACTION_REJECT:
        return 2;
    case SMINI_ACTION_ALERT:
        break;
    }
    return 3;
}

static int place_rank(const struct smini_rule *rule, enum smini_state_place place)
{
    bool tests = false;
    bool writes = false;
    for (uint32_t i = 0; rule->state && i < rule->state->test_count; i++)
        tests |= rule->state->tests[i].place == place;
    for (uint32_t i = 0; rule->state && i < rule->state->write_count; i++)
        writes |= rule->state->writes[i].place == place;
    if (place == SMINI_STATE_HOST_BIT || place == SMINI_STATE_PAIR_BIT)
        return tests ? 0 : 1; /* there Suricata overlooks the writes: what a message sets is seen from the next one on */
    return writes ? (tests ? 1 : 0) : (tests ? 2 : 3);
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int compare(const void *left, const void *right)
{
    const struct smini_rule *a = ((const struct smini_plan_rule *)left)->rule;
    const struct smini_rule *b = ((const struct smini_plan_rule *)right)->rule;
    int order = action_rank(a) - action_rank(b);
    for (int place = 0; order == 0 && place < SMINI_STATE_PLACES; place++)
        order = place_rank(a, (enum smini_state_place)place) - place_rank(b, (enum smini_state_place)place);
    if (order == 0)
        order = compare_numbers(a->priority, b->priority);
    if (order == 0)
        order = compare_numbers(a->sid, b->sid);
    return order ? order : compare_numbers(a->index, b->index);
}

void smini_plan_order(struct smini_database *database)
{
    qsort(database->rules, database->rule_count, sizeof(database->rules[0]), compare);
}
