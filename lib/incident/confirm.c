/* SPDX-License-Identifier: BSD-2-Clause */
/* Backup responses: which requests do they report on? */
#include <stdlib.h>

#include "incident/internal.h"

/* Requests that are looked at for one response: as many actors may have asked one device within the window. */
enum { LOOKUPS_MOST = 1024 };

/* An act that asked for a backup. */
struct asked {
    struct smini_incident_address device;
    uint64_t began_ns;
    uint64_t asked_ns; /* the latest of this and of all before it, of the same device */
    uint32_t act;
};

static int by_device(const void *a, const void *b)
{
    const struct asked *one = a, *two = b;
    int order = smini_address_compare(&one->device, &two->device);
    if (order == 0)
        order = one->began_ns < two->began_ns ? -1 : one->began_ns > two->began_ns;
    return order ? order : (one->act < two->act ? -1 : one->act > two->act);
}

/* `count` becomes how many there are. */
static struct asked *list_asked(struct smini_incident_set *set, uint32_t *count)
{
    struct asked *asked = smini_alloc_array(set->alloc, set->acts.count, sizeof(*asked));
    *count = 0;
    for (uint32_t i = 0; asked && i < set->acts.count; i++) {
        const struct smini_act *act = smini_set_act(set, i);
        if (act->asked_backup)
            asked[(*count)++] = (struct asked){act->incident.device, act->began_ns, act->asked_ns, i};
    }
    if (*count > 1)
        qsort(asked, *count, sizeof(*asked), by_device);
    for (uint32_t i = 1; i < *count; i++)
        if (smini_address_compare(&asked[i].device, &asked[i - 1].device) == 0 &&
            asked[i].asked_ns < asked[i - 1].asked_ns)
            asked[i].asked_ns = asked[i - 1].asked_ns;
    return asked;
}

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

/* The first one behind those of this device that began until `time_ns`. */
static uint32_t place_of(const struct asked *asked, uint32_t count, const struct smini_incident_address *device,
                         uint64_t time_ns)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = smini_address_compare(&asked[middle].device, device);
        if (order < 0 || (order == 0 && asked[middle].began_ns <= time_ns))
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
static int32_t apply(struct smini_incident_set *set, const struct asked *asked, uint32_t count,
                     const struct smini_confirmation *confirmation)
{
    uint32_t behind = place_of(asked, count, &confirmation->device, confirmation->reference.time_ns), first = behind;
    const struct smini_incident_address *only = NULL;
    bool addressed = false, several = false;
    for (; first > 0 && smini_address_compare(&asked[first - 1].device, &confirmation->device) == 0; first--) {
        const struct smini_act *act = smini_set_act(set, asked[first - 1].act);
        if (confirmation->reference.time_ns > asked[first - 1].asked_ns + set->options.confirm_window_ns)
            break;
        if (behind - first >= LOOKUPS_MOST) {
            (void)smini_set_note(set, SMIN_E_LIMIT);
            break;
        }
        if (!may_confirm(set, act, confirmation))
            continue;
        addressed |= smini_address_compare(&act->incident.actor, &confirmation->director) == 0;
        several |= only && smini_address_compare(only, &act->incident.actor) != 0;
        only = &act->incident.actor;
    }
    if (!only || (!addressed && (several || is_listed(set, &confirmation->director))))
        return SMIN_OK;
    for (uint32_t i = first; i < behind; i++) {
        struct smini_act *act = smini_set_act(set, asked[i].act);
        if (!may_confirm(set, act, confirmation) ||
            (addressed && smini_address_compare(&act->incident.actor, &confirmation->director) != 0))
            continue;
        if (confirm(set, act, confirmation) == SMIN_E_NOMEM)
            return SMIN_E_NOMEM;
    }
    return SMIN_OK;
}

int32_t smini_confirmations_apply(struct smini_incident_set *set)
{
    uint32_t count;
    if (set->confirmations.count == 0 || set->acts.count == 0)
        return SMIN_OK;
    struct asked *asked = list_asked(set, &count);
    if (!asked)
        return SMIN_E_NOMEM;
    int32_t status = SMIN_OK;
    const struct smini_confirmation *all = set->confirmations.items;
    for (uint32_t i = 0; i < set->confirmations.count && status == SMIN_OK; i++)
        status = apply(set, asked, count, &all[i]);
    smini_alloc_free(set->alloc, asked, set->acts.count * sizeof(*asked));
    return status;
}
