/* SPDX-License-Identifier: BSD-2-Clause */
/* Everything is in: join acts, fold the lesser into the greater, say what came of each. */
#include <sha2.h>
#include <stdlib.h>

#include "incident/internal.h"

/* --- sorting: qsort has no context, so what is compared is copied out --- */

struct sorted {
    struct smini_incident_address device;
    uint32_t pair, act;
    enum smini_verdict verdict;
    uint64_t first_ns, last_ns;
};

static int compare_numbers(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_pair(const void *a, const void *b)
{
    const struct sorted *one = a, *two = b;
    int order = compare_numbers(one->pair, two->pair);
    if (order == 0)
        order = compare_numbers(one->verdict, two->verdict);
    if (order == 0)
        order = compare_numbers(one->first_ns, two->first_ns);
    return order ? order : compare_numbers(one->act, two->act);
}

static struct sorted *sort_acts(struct smini_incident_set *set, int (*compare)(const void *, const void *))
{
    struct sorted *acts = smini_alloc_array(set->alloc, set->acts.count, sizeof(*acts));
    if (!acts)
        return NULL;
    for (uint32_t i = 0; i < set->acts.count; i++) {
        const struct smini_act *act = smini_set_act(set, i);
        acts[i].device = act->incident.device;
        acts[i].pair = act->pair;
        acts[i].act = i;
        acts[i].verdict = act->incident.verdict;
        acts[i].first_ns = act->incident.first_ns;
        acts[i].last_ns = act->incident.last_ns;
    }
    qsort(acts, set->acts.count, sizeof(*acts), compare);
    return acts;
}

static void free_sorted(struct smini_incident_set *set, struct sorted *acts)
{
    smini_alloc_free(set->alloc, acts, set->acts.count * sizeof(*acts));
}

/* --- joining and folding --- */

/* Captures need not come in the order of time: acts that turned out to touch become one. */
static int32_t join_neighbours(struct smini_incident_set *set, const struct sorted *acts)
{
    struct smini_act *open = NULL;
    for (uint32_t i = 0; i < set->acts.count; i++) {
        struct smini_act *act = smini_set_act(set, acts[i].act);
        bool touches = open && open->pair == act->pair && open->incident.verdict == act->incident.verdict &&
                       act->incident.first_ns <= open->incident.last_ns + set->options.act_window_ns;
        if (!touches)
            open = act;
        else if (smini_act_merge(set, open, act) != SMIN_OK)
            return SMIN_E_NOMEM;
    }
    return SMIN_OK;
}

/* Nothing was commanded and nobody said who the director is: to call its sender one would be a guess. */
static bool is_nobodys(const struct smini_act *act)
{
    return act->incident.verdict == SMINI_VERDICT_DIRECTOR_ACTIVITY && act->support &&
           act->incident.authorised == SMINI_TRUST_UNKNOWN;
}

static bool is_lesser(const struct smini_act *act)
{
    return act->incident.verdict == SMINI_VERDICT_PROBE || act->incident.verdict == SMINI_VERDICT_MALFORMED ||
           (act->incident.verdict == SMINI_VERDICT_DIRECTOR_ACTIVITY && act->support);
}

/* Those that are still acts of their own, with the times that joining gave them. Gives their number. */
static uint32_t keep_own(struct smini_incident_set *set, struct sorted *acts)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < set->acts.count; i++) {
        const struct smini_act *act = smini_set_act(set, acts[i].act);
        if (act->absorbed)
            continue;
        acts[kept] = acts[i];
        acts[kept].first_ns = act->incident.first_ns;
        acts[kept++].last_ns = act->incident.last_ns;
    }
    return kept;
}

/* The first of that pair and verdict that ends at `time_ns` or later: acts of one verdict follow each other. */
static uint32_t first_until(const struct sorted *acts, uint32_t count, uint32_t pair, enum smini_verdict verdict,
                            uint64_t time_ns)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct sorted *at = &acts[middle];
        int order = compare_numbers(at->pair, pair);
        if (order == 0)
            order = compare_numbers(at->verdict, verdict);
        if (order < 0 || (order == 0 && at->last_ns < time_ns))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/*
 * A probe is told with what the same actor then did to the same device, however much later; a damaged or a harmless
 * message only with what it stands beside. Of several the earliest; ties are broken by the order in which acts began.
 */
static struct smini_act *find_greater(const struct smini_incident_set *set, const struct sorted *acts, uint32_t count,
                                      const struct sorted *lesser)
{
    bool probe = lesser->verdict == SMINI_VERDICT_PROBE;
    uint64_t window = probe ? 0 : set->options.act_window_ns, best_ns = 0;
    uint64_t from = lesser->first_ns > window ? lesser->first_ns - window : 0;
    const struct sorted *best = NULL;
    for (int verdict = SMINI_VERDICT_PROBE; verdict < SMINI_VERDICTS; verdict++) {
        uint32_t at = first_until(acts, count, lesser->pair, (enum smini_verdict)verdict, from);
        if (verdict <= (int)lesser->verdict || at == count || acts[at].pair != lesser->pair ||
            acts[at].verdict != (enum smini_verdict)verdict)
            continue;
        if (!probe && acts[at].first_ns > lesser->last_ns + window)
            continue;
        uint64_t began_ns = smini_set_act(set, acts[at].act)->began_ns;
        if (!best || began_ns < best_ns || (began_ns == best_ns && acts[at].act < best->act)) {
            best = &acts[at];
            best_ns = began_ns;
        }
    }
    return best ? smini_set_act(set, best->act) : NULL;
}

static int32_t fold_lesser(struct smini_incident_set *set, struct sorted *acts)
{
    uint32_t count = keep_own(set, acts);
    for (uint32_t i = 0; i < count; i++) {
        struct smini_act *act = smini_set_act(set, acts[i].act);
        struct smini_act *greater = is_lesser(act) ? find_greater(set, acts, count, &acts[i]) : NULL;
        if (greater && smini_act_absorb(set, greater, act) != SMIN_OK)
            return SMIN_E_NOMEM;
        if (is_nobodys(act))
            act->absorbed = true;
    }
    return SMIN_OK;
}

/* --- verdict by verdict --- */

static int32_t tell_empties(struct smini_incident_set *set, struct smini_act *act)
{
    const struct smini_pair *pair = smini_set_pair(set, act->pair);
    for (uint32_t i = 0; i < pair->empty_count && i < SMINI_EMPTIES_MAX; i++) {
        const struct smini_incident_flow_reference *empty = &pair->empties[i];
        if (empty->time_ns > act->incident.first_ns ||
            act->incident.first_ns - empty->time_ns > set->options.empty_window_ns)
            continue;
        struct smini_phrase phrase;
        smini_phrase_begin(&phrase);
        smini_phrase_say(&phrase, "a connection without data came just before, as the tool SIET makes one");
        smini_phrase_place(&phrase, empty->capture, empty->packet);
        if (smini_act_flow(set, act, empty) == SMIN_E_NOMEM)
            return SMIN_E_NOMEM;
        if (smini_act_reason(set, act, &phrase) == SMIN_E_NOMEM)
            return SMIN_E_NOMEM;
    }
    return SMIN_OK;
}

static uint32_t severity_of(const struct smini_act *act)
{
    const struct smini_incident *incident = &act->incident;
    if (incident->verdict == SMINI_VERDICT_DIRECTOR_ACTIVITY)
        return incident->authorised == SMINI_TRUST_NO ? SMIN_SEVERITY_MEDIUM : SMIN_SEVERITY_INFO;
    uint32_t severity = smini_words_verdict(incident->verdict)->severity;
    /* Nobody said who the director is, and it looks like one at its nightly work. */
    if (incident->verdict == SMINI_VERDICT_CONFIG_EXFILTRATION && act->rotation &&
        incident->authorised == SMINI_TRUST_UNKNOWN)
        return SMIN_SEVERITY_LOW;
    if (incident->outcome == SMINI_OUTCOME_SUCCEEDED && severity >= SMIN_SEVERITY_HIGH)
        return SMIN_SEVERITY_CRITICAL;
    return severity;
}

static void put_big_endian(uint8_t bytes[8], uint64_t value)
{
    for (int i = 7; i >= 0; i--, value >>= 8)
        bytes[i] = (uint8_t)value;
}

/* Of content only: no path and no order, so that runs on many machines give one incident one name. */
static void name_incident(struct smini_act *act)
{
    static const char digits[] = "0123456789abcdef";
    struct smini_incident *incident = &act->incident;
    const char *verdict = smini_incident_verdict_text(incident->verdict);
    uint8_t tail[24], digest[SHA256_DIGEST_LENGTH];
    put_big_endian(tail, act->first_flow);
    put_big_endian(tail + 8, act->first_offset);
    put_big_endian(tail + 16, act->began_ns);
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, &incident->device.version, 1);
    SHA256Update(&context, incident->device.bytes, 16);
    SHA256Update(&context, &incident->actor.version, 1);
    SHA256Update(&context, incident->actor.bytes, 16);
    SHA256Update(&context, (const uint8_t *)verdict, strlen(verdict) + 1);
    SHA256Update(&context, (const uint8_t *)act->first_name, strlen(act->first_name) + 1);
    SHA256Update(&context, tail, sizeof(tail));
    SHA256Final(digest, &context);
    for (size_t i = 0; i < 8; i++) {
        incident->id[2 * i] = digits[digest[i] >> 4];
        incident->id[2 * i + 1] = digits[digest[i] & 15];
    }
    incident->id[16] = 0;
}

static void conclude(struct smini_act *act)
{
    struct smini_incident *incident = &act->incident;
    const struct smini_verdict_word *word = smini_words_verdict(incident->verdict);
    incident->outcome = smini_act_outcome(act);
    incident->severity = severity_of(act);
    memcpy(incident->techniques, word->techniques, sizeof(incident->techniques));
    incident->cve = word->cve;
    name_incident(act);
}

static int by_time(const void *a, const void *b)
{
    const struct sorted *one = a, *two = b;
    int order = compare_numbers(one->first_ns, two->first_ns);
    if (order == 0)
        order = smini_address_compare(&one->device, &two->device);
    if (order == 0)
        order = compare_numbers(one->verdict, two->verdict);
    return order ? order : compare_numbers(one->act, two->act);
}

static int32_t list_incidents(struct smini_incident_set *set)
{
    struct sorted *acts = sort_acts(set, by_time);
    set->order = smini_alloc_array(set->alloc, set->acts.count, sizeof(*set->order));
    set->order_capacity = set->order ? set->acts.count : 0;
    bool whole = acts && set->order;
    for (uint32_t i = 0; whole && i < set->acts.count; i++)
        if (!smini_set_act(set, acts[i].act)->absorbed)
            set->order[set->order_count++] = acts[i].act;
    if (acts)
        free_sorted(set, acts);
    return whole ? SMIN_OK : SMIN_E_NOMEM;
}

int32_t smini_incident_finish(struct smini_incident_set *set)
{
    int32_t released = smini_hold_release(set);
    const struct smini_connection *flows = set->flows.items;
    for (uint32_t i = 0; i < set->flows.count; i++)
        for (uint32_t j = 0; flows[i].used && j < flows[i].act_count; j++) {
            struct smini_act *act = smini_set_act(set, flows[i].acts[j]);
            act->flow_answered |= flows[i].answered[j];
            act->flow_unknown |= !flows[i].answered[j];
        }
    int32_t status = smini_confirmations_apply(set);
    if (status == SMIN_OK)
        status = smini_transfers_apply(set);
    smini_device_sort(set);
    if (set->acts.count == 0)
        return released == SMIN_E_NOMEM ? released : status;
    struct sorted *acts = status == SMIN_OK ? sort_acts(set, by_pair) : NULL;
    if (!acts)
        return SMIN_E_NOMEM;
    status = join_neighbours(set, acts);
    if (status == SMIN_OK)
        status = fold_lesser(set, acts);
    free_sorted(set, acts);
    for (uint32_t i = 0; i < set->acts.count && status == SMIN_OK; i++) {
        status = tell_empties(set, smini_set_act(set, i));
        if (status == SMIN_OK)
            status = smini_transfer_compare(set, smini_set_act(set, i));
        conclude(smini_set_act(set, i));
        smini_evidence_sort(&smini_set_act(set, i)->incident);
    }
    if (status == SMIN_OK)
        status = list_incidents(set);
    return status == SMIN_OK && released == SMIN_E_NOMEM ? released : status;
}
