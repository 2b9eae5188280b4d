/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/alert.h"

static bool alerts(struct smini_matcher *matcher, const struct smini_rule_state *state)
{
    const struct smini_recall *recall = &matcher->recall;
    const struct smini_threshold *threshold = state ? state->threshold : NULL;
    if (!threshold || (recall->facts->ip_version != 4 && recall->facts->ip_version != 6))
        return true; /* without addresses Suricata does not count either */
    if (threshold->type == SMINI_THRESHOLD_EVERY && threshold->count == 1 && threshold->track != SMINI_TRACK_FLOW)
        return true; /* Suricata does not look at the period then */
    if (threshold->track == SMINI_TRACK_FLOW) {
        struct smini_count *count = smini_recall_count(matcher, state);
        return count && smini_threshold_count(threshold, count, recall->time_ns);
    }
    struct smini_host_key key = smini_host_key_of(SMINI_HOST_COUNT, state->index, threshold->track, recall->facts,
                                                  recall->direction);
    struct smini_host_entry *entry = smini_recall_host(matcher, &key);
    if (!entry)
        return false;
    bool alerting = smini_threshold_count(threshold, &entry->count, recall->time_ns);
    entry->until_ns = smini_threshold_until(threshold, &entry->count);
    return alerting;
}

/* Those of one kind that do not alert become NULL; has any left? */
static bool count_hits(struct smini_matcher *matcher, bool passing)
{
    bool any = false;
    for (uint32_t i = 0; i < matcher->hit_count; i++) {
        struct smini_hit *hit = &matcher->hits[i];
        if ((hit->rule->header.action == SMINI_ACTION_PASS) != passing)
            continue;
        if (alerts(matcher, hit->rule->state))
            any = true;
        else
            hit->rule = NULL;
        if (passing && any)
            break;
    }
    return any;
}

static void drop_silent(struct smini_matcher *matcher)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < matcher->hit_count; i++)
        if (matcher->hits[i].rule)
            matcher->hits[kept++] = matcher->hits[i];
    matcher->hit_count = kept;
}

void smini_alert_settle(struct smini_matcher *matcher)
{
    const struct smini_database *database = matcher->database;
    /* A pass rule comes first in Suricata's order, so that the others are not even counted. */
    if (database->has_pass && count_hits(matcher, true))
        matcher->hit_count = 0;
    else if (database->has_pass)
        drop_silent(matcher);
    if (database->state.thresholds) {
        (void)count_hits(matcher, false);
        drop_silent(matcher);
    }
}
