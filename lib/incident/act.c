/* SPDX-License-Identifier: BSD-2-Clause */
/* One act: found, made, told, joined with another. */
#include "incident/internal.h"

int32_t smini_act_reason(struct smini_incident_set *set, struct smini_act *act, const struct smini_phrase *phrase)
{
    return smini_set_note(set, smini_texts_add(&act->incident.reasons, set->alloc, set->options.list_max,
                                               smini_phrase_span(phrase)));
}

bool smini_act_takes_capabilities(const struct smini_act *act)
{
    return act->incident.verdict == SMINI_VERDICT_PROBE || act->incident.verdict == SMINI_VERDICT_DIRECTOR_ACTIVITY;
}

static bool within(uint64_t time_ns, uint64_t first, uint64_t last, uint64_t window)
{
    if (time_ns < first)
        return first - time_ns <= window;
    return time_ns <= last || time_ns - last <= window;
}

/* Acts of one pair and verdict that a message is compared with, latest first; what lies further back is joined at the end. */
enum { LOOK_BACK = 4 };

static uint32_t find_open(const struct smini_incident_set *set, const struct smini_connection *flow, uint32_t pair,
                          enum smini_verdict verdict, uint64_t time_ns)
{
    for (uint32_t i = 0; i < flow->act_count; i++) {
        const struct smini_act *act = smini_set_act(set, flow->acts[i]);
        if (act->pair == pair && act->incident.verdict == verdict)
            return flow->acts[i] + 1;
    }
    uint32_t next = smini_set_pair(set, pair)->last_act[verdict];
    for (int looked = 0; next && looked < LOOK_BACK; looked++) {
        const struct smini_act *act = smini_set_act(set, next - 1);
        if (within(time_ns, act->incident.first_ns, act->incident.last_ns, set->options.act_window_ns))
            return next;
        next = act->older;
    }
    return 0;
}

int32_t smini_act_find(struct smini_incident_set *set, const struct smini_connection *flow, uint32_t pair,
                       enum smini_verdict verdict, uint64_t time_ns, uint32_t *index)
{
    uint32_t found = find_open(set, flow, pair, verdict, time_ns);
    if (found) {
        *index = found - 1;
        return SMIN_OK;
    }
    if (set->acts.count >= set->options.incidents_max)
        return SMIN_E_LIMIT;
    struct smini_act *act = smini_list_add(&set->acts, set->alloc, sizeof(*act));
    if (!act)
        return SMIN_E_NOMEM;
    act->incident.verdict = verdict;
    act->incident.first_ns = UINT64_MAX;
    act->rotation = true;
    act->support = true;
    act->pair = pair;
    act->older = smini_set_pair(set, pair)->last_act[verdict];
    *index = set->acts.count - 1;
    smini_set_pair(set, pair)->last_act[verdict] = set->acts.count;
    return SMIN_OK;
}

static int32_t merge_texts(struct smini_incident_set *set, struct smini_text_list *into,
                           const struct smini_text_list *from)
{
    int32_t status = SMIN_OK;
    for (uint32_t i = 0; i < from->count && status != SMIN_E_NOMEM; i++)
        status = smini_set_note(set, smini_texts_add(into, set->alloc, set->options.list_max, from->items[i]));
    into->total += from->total - from->count;
    return status == SMIN_E_NOMEM ? status : SMIN_OK;
}

int32_t smini_act_absorb(struct smini_incident_set *set, struct smini_act *into, struct smini_act *from)
{
    for (uint32_t i = 0; i < from->incident.message_count; i++)
        if (smini_act_reference(set, into, &from->incident.messages[i]) == SMIN_E_NOMEM)
            return SMIN_E_NOMEM;
    into->incident.message_total += from->incident.message_total - from->incident.message_count;
    from->absorbed = true;
    int32_t status = smini_evidence_merge(set, &into->incident, &from->incident);
    if (status == SMIN_OK)
        status = merge_texts(set, &into->incident.commanded, &from->incident.commanded);
    return status == SMIN_OK ? merge_texts(set, &into->incident.reasons, &from->incident.reasons) : status;
}

static void merge_digests(struct smini_act *into, const struct smini_act *from)
{
    if (!into->has_file_md5 && from->has_file_md5)
        memcpy(into->file_md5, from->file_md5, sizeof(into->file_md5));
    if (!into->has_reported_md5 && from->has_reported_md5)
        memcpy(into->reported_md5, from->reported_md5, sizeof(into->reported_md5));
    into->has_file_md5 |= from->has_file_md5;
    into->has_reported_md5 |= from->has_reported_md5;
}

int32_t smini_act_merge(struct smini_incident_set *set, struct smini_act *into, struct smini_act *from)
{
    if (from->began_ns < into->began_ns) {
        into->began_ns = from->began_ns;
        into->first_name = from->first_name;
        into->first_flow = from->first_flow;
        into->first_offset = from->first_offset;
    }
    into->flow_answered |= from->flow_answered;
    into->flow_quiet |= from->flow_quiet;
    into->flow_unknown |= from->flow_unknown;
    into->flow_refused |= from->flow_refused;
    into->transfer_whole |= from->transfer_whole;
    into->transfer_list |= from->transfer_list;
    into->transfer_unknown |= from->transfer_unknown;
    into->transfer_refused |= from->transfer_refused;
    merge_digests(into, from);
    into->asked_backup |= from->asked_backup;
    into->confirmed |= from->confirmed;
    into->foreign |= from->foreign;
    into->rotation &= from->rotation;
    into->support &= from->support;
    if (from->asked_ns > into->asked_ns)
        into->asked_ns = from->asked_ns;
    return smini_act_absorb(set, into, from);
}

void smini_act_free(struct smini_incident_set *set, struct smini_act *act)
{
    smini_alloc_free(set->alloc, act->incident.messages,
                     act->incident.message_capacity * sizeof(*act->incident.messages));
    smini_alloc_free(set->alloc, act->incident.files, act->incident.file_capacity * sizeof(*act->incident.files));
    smini_alloc_free(set->alloc, act->incident.flows, act->incident.flow_capacity * sizeof(*act->incident.flows));
    smini_texts_free(&act->incident.commanded, set->alloc);
    smini_texts_free(&act->incident.reasons, set->alloc);
}
