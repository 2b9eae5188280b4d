/* SPDX-License-Identifier: BSD-2-Clause */
/* What is remembered by address, for the ends of the message at hand. */
#include "match/judge.h"

struct smini_host_entry *smini_recall_host(struct smini_matcher *matcher, const struct smini_host_key *key)
{
    struct smini_host_entry *entry = smini_host_table_find(&matcher->hosts, key);
    if (!entry)
        entry = smini_host_table_add(&matcher->hosts, matcher->alloc, matcher->database->limits.hosts, key,
                                     matcher->recall.time_ns, &matcher->counters.host_limit_hits);
    matcher->no_memory |= entry == NULL;
    return entry;
}

/* False when no address is known. */
static bool key_of(const struct smini_recall *recall, const struct smini_state_step *step, struct smini_host_key *key)
{
    if (recall->facts->ip_version != 4 && recall->facts->ip_version != 6)
        return false;
    *key = smini_host_key_of(step->place == SMINI_STATE_PAIR_BIT ? SMINI_PAIR_BIT : SMINI_HOST_BIT, step->ids[0],
                             step->track, recall->facts, recall->direction);
    return true;
}

static bool is_set(const struct smini_host_entry *entry, uint64_t now_ns)
{
    return entry && entry->count.begun && now_ns <= entry->until_ns;
}

bool smini_recall_host_bit_holds(struct smini_matcher *matcher, const struct smini_state_step *step)
{
    struct smini_host_key key;
    if (!key_of(&matcher->recall, step, &key))
        return false;
    bool set = is_set(smini_host_table_find(&matcher->hosts, &key), matcher->recall.time_ns);
    return set == (step->operation == SMINI_STATE_IS_SET);
}

/* What is set already keeps its end, as in Suricata. */
void smini_recall_host_bit_write(struct smini_matcher *matcher, const struct smini_state_step *step)
{
    struct smini_recall *recall = &matcher->recall;
    struct smini_host_key key;
    if (!key_of(recall, step, &key))
        return;
    struct smini_host_entry *entry = smini_host_table_find(&matcher->hosts, &key);
    bool before = is_set(entry, recall->time_ns);
    bool after = step->operation == SMINI_STATE_TOGGLE ? !before : step->operation == SMINI_STATE_SET;
    if (before == after)
        return;
    if (!entry)
        entry = smini_recall_host(matcher, &key);
    if (!entry)
        return;
    entry->count.begun = after;
    entry->until_ns = smini_seconds_later(recall->time_ns, step->expire);
    recall->changes++;
}
