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
    uint64_t first_ns;
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

static int by_device(const void *a, const void *b)
{
    const struct sorted *one = a, *two = b;
    int order = smini_address_compare(&one->device, &two->device);
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
    }
    qsort(acts, set->acts.count, sizeof(*acts), compare);
    return acts;
}

static void free_sorted(struct smini_incident_set *set, struct sorted *acts)
{
    smini_alloc_free(set->alloc, acts, set->acts.count * sizeof(*acts));
}

/* --- backup responses --- */

static bool may_confirm(const struct smini_incident_set *set, const struct smini_act *act,
                        const struct smini_confirmation *confirmation)
{
    return act->asked_backup && confirmation->reference.time_ns >= act->began_ns &&
           confirmation->reference.time_ns <= act->asked_ns + set->options.confirm_window_ns;
}

static int32_t confirm(struct smini_incident_set *set, struct smini_act *act,
                       const struct smini_confirmation *confirmation)
{
    struct smini_phrase phrase;
    smini_phrase_begin(&phrase);
    bool success = confirmation->has_status && confirmation->status == 1 && !confirmation->disputed;
    act->confirmed |= success;
    act->flow_answered = true;
    if (confirmation->has_md5) {
        act->has_reported_md5 = true;
        memcpy(act->reported_md5, confirmation->md5, sizeof(act->reported_md5));
    }
    smini_phrase_say(&phrase, "the device reported the backup on a connection of its own, status ");
    if (confirmation->has_status)
        smini_phrase_number(&phrase, confirmation->status);
    else
        smini_phrase_say(&phrase, "not captured");
    smini_phrase_place(&phrase, confirmation->reference.capture, confirmation->reference.packet);
    int32_t status = smini_act_reference(set, act, &confirmation->reference);
    return status == SMIN_E_NOMEM ? status : smini_act_reason(set, act, &phrase);
}

static size_t first_of_device(const struct sorted *acts, size_t count, const struct smini_incident_address *device)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (smini_address_compare(&acts[middle].device, device) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_listed(const struct smini_incident_set *set, const struct smini_incident_address *address)
{
    return smini_incident_in_networks(address, set->options.directors, set->options.director_count);
}

/*
 * The response belongs to the requests of whoever it is sent to. When that is
 * nobody who asked, it belongs to the one actor who did; of several nobody can say.
 * A listed director may have asked without being captured: what is sent to it confirms nobody else.
 */
static int32_t apply_confirmation(struct smini_incident_set *set, const struct sorted *acts,
                                  const struct smini_confirmation *confirmation)
{
    size_t first = first_of_device(acts, set->acts.count, &confirmation->device), count = 0;
    const struct smini_incident_address *only = NULL;
    bool addressed = false, several = false;
    for (size_t i = first; i < set->acts.count && smini_address_compare(&acts[i].device, &confirmation->device) == 0;
         i++, count++) {
        const struct smini_act *act = smini_set_act(set, acts[i].act);
        if (!may_confirm(set, act, confirmation))
            continue;
        addressed |= smini_address_compare(&act->incident.actor, &confirmation->director) == 0;
        several |= only && smini_address_compare(only, &act->incident.actor) != 0;
        only = &act->incident.actor;
    }
    if (!only || (!addressed && (several || is_listed(set, &confirmation->director))))
        return SMIN_OK;
    for (size_t i = first; i < first + count; i++) {
        struct smini_act *act = smini_set_act(set, acts[i].act);
        if (!may_confirm(set, act, confirmation) ||
            (addressed && smini_address_compare(&act->incident.actor, &confirmation->director) != 0))
            continue;
        if (confirm(set, act, confirmation) == SMIN_E_NOMEM)
            return SMIN_E_NOMEM;
    }
    return SMIN_OK;
}

static int32_t apply_confirmations(struct smini_incident_set *set)
{
    if (set->confirmations.count == 0 || set->acts.count == 0)
        return SMIN_OK;
    struct sorted *acts = sort_acts(set, by_device);
    if (!acts)
        return SMIN_E_NOMEM;
    int32_t status = SMIN_OK;
    const struct smini_confirmation *all = set->confirmations.items;
    for (uint32_t i = 0; i < set->confirmations.count && status == SMIN_OK; i++)
        status = apply_confirmation(set, acts, &all[i]);
    free_sorted(set, acts);
    return status;
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

/*
 * A probe is told with what the same actor then did to the same device,
 * however much later; a damaged or a harmless message only with what it stands beside.
 */
static bool folds_into(const struct smini_incident_set *set, const struct smini_act *act,
                       const struct smini_act *greater)
{
    uint64_t window = set->options.act_window_ns;
    if (greater == act || greater->absorbed || greater->incident.verdict <= act->incident.verdict)
        return false;
    if (greater->incident.verdict == SMINI_VERDICT_DIRECTOR_ACTIVITY)
        return false;
    if (act->incident.verdict == SMINI_VERDICT_PROBE)
        return greater->incident.last_ns >= act->incident.first_ns;
    return greater->incident.first_ns <= act->incident.last_ns + window &&
           act->incident.first_ns <= greater->incident.last_ns + window;
}

/* Of several the earliest; ties are broken by the order in which acts began. */
static struct smini_act *find_greater(const struct smini_incident_set *set, const struct smini_act *act)
{
    struct smini_act *best = NULL;
    for (uint32_t next = smini_set_pair(set, act->pair)->last_act; next; next = smini_set_act(set, next - 1)->older) {
        struct smini_act *other = smini_set_act(set, next - 1);
        if (!folds_into(set, act, other))
            continue;
        if (!best || other->began_ns <= best->began_ns)
            best = other;
    }
    return best;
}

static int32_t fold_lesser(struct smini_incident_set *set, const struct sorted *acts)
{
    for (uint32_t i = 0; i < set->acts.count; i++) {
        struct smini_act *act = smini_set_act(set, acts[i].act);
        struct smini_act *greater = !act->absorbed && is_lesser(act) ? find_greater(set, act) : NULL;
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
    const struct smini_connection *flows = set->flows.items;
    for (uint32_t i = 0; i < set->flows.count; i++)
        for (uint32_t j = 0; flows[i].used && j < flows[i].act_count; j++) {
            struct smini_act *act = smini_set_act(set, flows[i].acts[j]);
            act->flow_answered |= flows[i].answered[j];
            act->flow_unknown |= !flows[i].answered[j];
        }
    int32_t status = apply_confirmations(set);
    if (status == SMIN_OK)
        status = smini_transfers_apply(set);
    smini_device_sort(set);
    if (set->acts.count == 0)
        return status;
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
    return status == SMIN_OK ? list_incidents(set) : status;
}
