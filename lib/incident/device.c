/* SPDX-License-Identifier: BSD-2-Clause */
/* What is known about one address: role, state, and why. */
#include <stdlib.h>

#include "incident/internal.h"

/* A device shows its state in a few ways; more lines of one kind add nothing. */
enum { EVIDENCE_MAX = 8 };

static int32_t find_device(struct smini_incident_set *set, const struct smini_incident_address *address,
                           struct smini_device **device)
{
    struct smini_key key = {{0}};
    smini_set_key_address(&key, 0, address);
    uint32_t found = smini_keymap_get(&set->device_map, &key);
    if (found != SMINI_KEY_ABSENT) {
        *device = (struct smini_device *)set->devices.items + (found - 1);
        return SMIN_OK;
    }
    if (set->devices.count >= set->options.devices_max)
        return SMIN_E_LIMIT;
    *device = smini_list_add(&set->devices, set->alloc, sizeof(**device));
    if (!*device)
        return SMIN_E_NOMEM;
    if (smini_keymap_put(&set->device_map, &key, set->devices.count - 1) != SMIN_OK) {
        set->devices.count--;
        return SMIN_E_NOMEM;
    }
    (*device)->address = *address;
    (*device)->first_ns = UINT64_MAX;
    return SMIN_OK;
}

/* A sentence of evidence is told once, with the first packet that gives it. */
static bool told(const struct smini_device *device, struct smini_span sentence)
{
    for (uint32_t i = 0; i < device->evidence.count; i++)
        if (device->evidence.items[i].length >= sentence.length &&
            memcmp(device->evidence.items[i].bytes, sentence.bytes, sentence.length) == 0)
            return true;
    return false;
}

int32_t smini_device_note(struct smini_incident_set *set, const struct smini_incident_address *address,
                          const struct smini_device_claim *claim, const struct smini_incident_place *place)
{
    struct smini_device *device = NULL;
    int32_t status = find_device(set, address, &device);
    if (status != SMIN_OK)
        return smini_set_note(set, status);
    if (place->time_ns < device->first_ns)
        device->first_ns = place->time_ns;
    if (place->time_ns > device->last_ns)
        device->last_ns = place->time_ns;
    if (claim->port && !device->port)
        device->port = claim->port;
    if (claim->role != SMINI_ROLE_UNKNOWN)
        device->role = claim->role;
    /* An answer proves that Smart Install was there; a refusal at another time does not take that back. */
    if (claim->state == SMINI_STATE_ENABLED || device->state == SMINI_STATE_UNKNOWN)
        device->state = claim->state;
    struct smini_phrase phrase;
    smini_phrase_begin(&phrase);
    smini_phrase_say(&phrase, claim->evidence);
    if (claim->name.length > 0) {
        smini_phrase_say(&phrase, " ");
        smini_phrase_add(&phrase, claim->name);
    }
    if (told(device, smini_phrase_span(&phrase)))
        return SMIN_OK;
    smini_phrase_place(&phrase, place->capture, place->packet);
    status = smini_texts_add(&device->evidence, set->alloc, EVIDENCE_MAX, smini_phrase_span(&phrase));
    return smini_set_note(set, status);
}

bool smini_device_takes_part(const struct smini_incident_set *set, const struct smini_incident_address *address)
{
    struct smini_key key = {{0}};
    smini_set_key_address(&key, 0, address);
    uint32_t found = smini_keymap_get(&set->device_map, &key);
    if (found == SMINI_KEY_ABSENT)
        return false;
    const struct smini_device *device = (const struct smini_device *)set->devices.items + (found - 1);
    return device->state != SMINI_STATE_CLOSED && device->role != SMINI_ROLE_DIRECTOR;
}

static int compare(const void *a, const void *b)
{
    const struct smini_device *one = a, *two = b;
    return smini_address_compare(&one->address, &two->address);
}

void smini_device_sort(struct smini_incident_set *set)
{
    if (set->devices.count > 1)
        qsort(set->devices.items, set->devices.count, sizeof(struct smini_device), compare);
}
