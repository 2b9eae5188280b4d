/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that moved: which act ordered them, and what that says about its outcome. */
#include <stdlib.h>

#include "incident/errand.h"
#include "incident/internal.h"

enum {
    LOOKUPS_MOST = 4096 /* acts that are looked at for one transfer; that many name the same file of the same device */
};

int32_t smini_incident_add_transfer(struct smini_incident_set *set, const struct smini_incident_transfer *transfer)
{
    uint32_t capture;
    int32_t status = smini_set_intern(set, transfer->place.capture, &capture);
    if (status == SMIN_OK && set->transfers.count >= set->options.incidents_max)
        status = SMIN_E_LIMIT;
    if (status != SMIN_OK)
        return smini_set_note(set, status);
    uint8_t *name = transfer->name.length ? smini_alloc_get(set->alloc, transfer->name.length) : NULL;
    if (transfer->name.length && !name)
        return smini_set_note(set, SMIN_E_NOMEM);
    struct smini_moved *moved = smini_list_add(&set->transfers, set->alloc, sizeof(*moved));
    if (!moved) {
        smini_alloc_free(set->alloc, name, transfer->name.length);
        return smini_set_note(set, SMIN_E_NOMEM);
    }
    if (name)
        memcpy(name, transfer->name.bytes, transfer->name.length);
    moved->transfer = *transfer;
    moved->transfer.name = smini_span_make(name, transfer->name.length);
    moved->transfer.place.capture = NULL;
    moved->capture = capture;
    return SMIN_OK;
}

void smini_transfers_free(struct smini_incident_set *set)
{
    struct smini_moved *moved = set->transfers.items;
    for (uint32_t i = 0; i < set->transfers.count; i++) {
        union {
            const uint8_t *given;
            void *ours;
        } name = {.given = moved[i].transfer.name.bytes};
        smini_alloc_free(set->alloc, name.ours, moved[i].transfer.name.length);
    }
    smini_list_free(&set->transfers, set->alloc, sizeof(*moved));
}

/* --- looking up: by device and file, by the other host and file, by the flow of the message --- */

enum entry_kind { BY_DEVICE = 1, BY_HOST, BY_FLOW };

struct entry {
    uint64_t key;
    uint32_t act;
    uint32_t kind;
    struct smini_errand errand;
};

static uint64_t fold(uint64_t state, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < length; i++)
        state = (state ^ at[i]) * 0x100000001b3u;
    return state;
}

static uint64_t key_of(const struct smini_incident_set *set, enum entry_kind kind,
                       const struct smini_incident_address *address, struct smini_span name)
{
    uint64_t state = fold(0xcbf29ce484222325u ^ set->options.seed, &kind, sizeof(kind));
    state = fold(state, &address->version, 1);
    state = fold(state, address->bytes, address->version == 6 ? 16 : 4);
    return fold(state, name.bytes, name.length);
}

static int by_key(const void *a, const void *b)
{
    const struct entry *one = a, *two = b;
    if (one->key != two->key)
        return one->key < two->key ? -1 : 1;
    return one->act < two->act ? -1 : one->act > two->act;
}

static int32_t add_entry(struct smini_incident_set *set, struct smini_list *entries, const struct entry *entry)
{
    struct entry *made = smini_list_add(entries, set->alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    *made = *entry;
    return SMIN_OK;
}

static int32_t add_errands(struct smini_incident_set *set, struct smini_list *entries, uint32_t index)
{
    const struct smini_incident *incident = &smini_set_act(set, index)->incident;
    struct entry entry = {.act = index};
    for (uint32_t i = 0; i < incident->commanded.count; i++) {
        size_t at = 0;
        while (smini_errand_next(incident->commanded.items[i], &at, &entry.errand)) {
            entry.kind = BY_DEVICE;
            entry.key = key_of(set, BY_DEVICE, &incident->device, entry.errand.name);
            if (add_entry(set, entries, &entry) != SMIN_OK)
                return SMIN_E_NOMEM;
            if (entry.errand.served || entry.errand.host.version == 0)
                continue;
            entry.kind = BY_HOST;
            entry.key = key_of(set, BY_HOST, &entry.errand.host, entry.errand.name);
            if (add_entry(set, entries, &entry) != SMIN_OK)
                return SMIN_E_NOMEM;
        }
    }
    return SMIN_OK;
}

static int32_t list_entries(struct smini_incident_set *set, struct smini_list *entries)
{
    int32_t status = SMIN_OK;
    for (uint32_t i = 0; i < set->acts.count && status == SMIN_OK; i++) {
        const struct smini_act *act = smini_set_act(set, i);
        status = add_errands(set, entries, i);
        for (uint32_t f = 0; f < act->incident.flow_count && status == SMIN_OK; f++) {
            struct entry entry = {.act = i, .kind = BY_FLOW, .key = act->incident.flows[f].flow_id};
            status = add_entry(set, entries, &entry);
        }
    }
    if (status == SMIN_OK && entries->count > 1)
        qsort(entries->items, entries->count, sizeof(struct entry), by_key);
    return status;
}

static uint32_t first_of(const struct smini_list *entries, uint64_t key)
{
    const struct entry *all = entries->items;
    uint32_t low = 0, high = entries->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (all[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* --- which act a transfer belongs to --- */

struct match {
    struct smini_act *act;
    bool exact;    /* device, other host and name are those of the command */
    bool early;    /* it moved before it was commanded */
    bool several;  /* more than one act could be meant */
};

static bool is_end(const struct smini_incident_transfer *transfer, const struct smini_incident_address *address)
{
    return smini_address_compare(&transfer->client, address) == 0 ||
           smini_address_compare(&transfer->server, address) == 0;
}

/* Is the other end the one that was named? Where the device serves, anybody may come. */
static bool ends_fit(const struct smini_incident_transfer *transfer, const struct smini_incident_address *device,
                     const struct smini_errand *errand)
{
    bool is_server = smini_address_compare(&transfer->server, device) == 0;
    if (errand->served)
        return is_server;
    return !is_server && (errand->host.version == 0 || smini_address_compare(&transfer->server, &errand->host) == 0);
}

/* Of the acts that are meant the latest that began before: what was repeated is done for the last time it was asked. */
static void consider(const struct smini_incident_set *set, struct match *match, struct smini_act *act, bool exact,
                     uint64_t time_ns)
{
    uint64_t window = set->options.transfer_window_ns;
    bool early = time_ns < act->began_ns;
    if (early ? act->began_ns - time_ns > window : time_ns - act->began_ns > window)
        return;
    if (match->act && match->exact != exact) {
        if (match->exact)
            return;
        match->act = NULL; /* what fits better stands */
    }
    if (match->act && match->early != early && !match->early)
        return;
    bool later = match->act && act->began_ns <= match->act->began_ns;
    match->several |= !exact && match->act && match->act != act;
    if (match->act && match->early == early && later)
        return;
    match->act = act;
    match->exact = exact;
    match->early = early;
}

static void search(struct smini_incident_set *set, const struct smini_list *entries, uint64_t key,
                   const struct smini_incident_transfer *transfer, enum entry_kind kind, struct match *match)
{
    const struct entry *all = entries->items;
    uint32_t looked = 0;
    for (uint32_t i = first_of(entries, key); i < entries->count && all[i].key == key; i++) {
        struct smini_act *act = smini_set_act(set, all[i].act);
        if (all[i].kind != (uint32_t)kind)
            continue;
        if (kind == BY_HOST && match->several)
            return;
        if (++looked > LOOKUPS_MOST) {
            (void)smini_set_note(set, SMIN_E_LIMIT);
            return;
        }
        if (kind == BY_FLOW) {
            if (is_end(transfer, &act->incident.device) && smini_act_moves_files(act))
                consider(set, match, act, true, transfer->place.time_ns);
        } else if (smini_span_equal(all[i].errand.name, transfer->name)) {
            bool exact = kind == BY_DEVICE && ends_fit(transfer, &act->incident.device, &all[i].errand);
            consider(set, match, act, exact, transfer->place.time_ns);
        }
    }
}

static struct match find_match(struct smini_incident_set *set, const struct smini_list *entries,
                               const struct smini_incident_transfer *transfer)
{
    struct match match = {.act = NULL};
    if (transfer->name.length > 0) {
        search(set, entries, key_of(set, BY_DEVICE, &transfer->client, transfer->name), transfer, BY_DEVICE, &match);
        search(set, entries, key_of(set, BY_DEVICE, &transfer->server, transfer->name), transfer, BY_DEVICE, &match);
    }
    if (!match.act && transfer->ordered)
        search(set, entries, transfer->ordered_flow_id, transfer, BY_FLOW, &match);
    if (!match.act && transfer->name.length > 0)
        search(set, entries, key_of(set, BY_HOST, &transfer->server, transfer->name), transfer, BY_HOST, &match);
    return match;
}

int32_t smini_transfers_apply(struct smini_incident_set *set)
{
    struct smini_list entries = {NULL, 0, 0};
    struct smini_moved *moved = set->transfers.items;
    if (set->transfers.count == 0 || set->acts.count == 0)
        return SMIN_OK;
    int32_t status = list_entries(set, &entries);
    for (uint32_t i = 0; i < set->transfers.count && status == SMIN_OK; i++) {
        struct match match = find_match(set, &entries, &moved[i].transfer);
        if (match.act && !(match.several && !match.exact))
            status = smini_transfer_tell(set, match.act, &moved[i], match.exact, match.early);
    }
    smini_list_free(&entries, set->alloc, sizeof(struct entry));
    return status;
}
