/* SPDX-License-Identifier: BSD-2-Clause */
#include "incident/match.h"

#include <stdlib.h>

#include "incident/errand.h"

/* Acts that are looked at for one transfer: the nearest in time that name a file alike. */
enum { LOOKUPS_MOST = 64 };

/* What an act can be found by. */
enum entry_kind {
    BY_DEVICE = 1, /* device and file */
    BY_HOST,       /* other end and file */
    BY_PEERS,      /* both ends, where the file is sealed */
    BY_NAME,       /* file alone */
    BY_FLOW        /* flow of a message */
};

struct entry {
    uint64_t key;
    uint64_t began_ns;
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

static uint64_t fold_address(uint64_t state, const struct smini_incident_address *address)
{
    state = fold(state, &address->version, 1);
    return fold(state, address->bytes, address->version == 6 ? 16 : 4);
}

static uint64_t key_begin(const struct smini_incident_set *set, enum entry_kind kind)
{
    return fold(0xcbf29ce484222325u ^ set->options.seed, &kind, sizeof(kind));
}

static uint64_t key_of(const struct smini_incident_set *set, enum entry_kind kind,
                       const struct smini_incident_address *address, struct smini_span name)
{
    return smini_errand_key(fold_address(key_begin(set, kind), address), name);
}

static uint64_t key_of_peers(const struct smini_incident_set *set, const struct smini_incident_address *device,
                             const struct smini_incident_address *host)
{
    return fold_address(fold_address(key_begin(set, BY_PEERS), device), host);
}

static uint64_t key_of_flow(const struct smini_incident_set *set, uint64_t flow_id)
{
    return fold(key_begin(set, BY_FLOW), &flow_id, sizeof(flow_id));
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_key(const void *a, const void *b)
{
    const struct entry *one = a, *two = b;
    int order = compare_numbers(one->key, two->key);
    if (order == 0)
        order = compare_numbers(one->began_ns, two->began_ns);
    return order ? order : compare_numbers(one->act, two->act);
}

static int32_t add_entry(struct smini_incident_set *set, struct smini_list *index, struct entry *entry,
                         enum entry_kind kind, uint64_t key)
{
    struct entry *made = smini_list_add(index, set->alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    *made = *entry;
    made->kind = kind;
    made->key = key;
    return SMIN_OK;
}

static int32_t add_errand(struct smini_incident_set *set, struct smini_list *index, struct entry *entry)
{
    const struct smini_errand *errand = &entry->errand;
    const struct smini_incident_address *device = &smini_set_act(set, entry->act)->incident.device;
    if (errand->sealed)
        return errand->host.version
                   ? add_entry(set, index, entry, BY_PEERS, key_of_peers(set, device, &errand->host))
                   : SMIN_OK;
    int32_t status = add_entry(set, index, entry, BY_DEVICE, key_of(set, BY_DEVICE, device, errand->name));
    if (status == SMIN_OK)
        status = add_entry(set, index, entry, BY_NAME, smini_errand_key(key_begin(set, BY_NAME), errand->name));
    if (status != SMIN_OK || errand->served || errand->host.version == 0)
        return status;
    return add_entry(set, index, entry, BY_HOST, key_of(set, BY_HOST, &errand->host, errand->name));
}

static int32_t add_errands(struct smini_incident_set *set, struct smini_list *index, uint32_t at)
{
    const struct smini_act *act = smini_set_act(set, at);
    struct entry entry = {.act = at, .began_ns = act->began_ns};
    int32_t status = SMIN_OK;
    for (uint32_t i = 0; i < act->incident.commanded.count; i++)
        for (size_t place = 0; status == SMIN_OK &&
                               smini_errand_next(act->incident.commanded.items[i], &place, &entry.errand);)
            status = add_errand(set, index, &entry);
    return status;
}

int32_t smini_match_index(struct smini_incident_set *set, struct smini_list *index)
{
    int32_t status = SMIN_OK;
    for (uint32_t i = 0; i < set->acts.count && status == SMIN_OK; i++) {
        const struct smini_act *act = smini_set_act(set, i);
        status = add_errands(set, index, i);
        for (uint32_t f = 0; f < act->incident.flow_count && status == SMIN_OK; f++) {
            struct entry entry = {.act = i, .began_ns = act->began_ns};
            status = add_entry(set, index, &entry, BY_FLOW, key_of_flow(set, act->incident.flows[f].flow_id));
        }
    }
    if (status == SMIN_OK && index->count > 1)
        qsort(index->items, index->count, sizeof(struct entry), by_key);
    return status;
}

void smini_match_free(struct smini_incident_set *set, struct smini_list *index)
{
    smini_list_free(index, set->alloc, sizeof(struct entry));
}

/* --- one transfer --- */

struct search {
    const struct smini_incident_set *set;
    const struct smini_incident_transfer *transfer;
    struct smini_match match;
    bool suits;   /* the file moved the way that the act is about */
    bool several; /* another act could be meant just as well */
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

/* Over which version of IP must it move? What has no address of its own moves as the command came. */
static bool other_family(const struct smini_incident_transfer *transfer, const struct smini_act *act,
                         const struct smini_errand *errand)
{
    uint8_t named = errand->host.version ? errand->host.version : act->incident.device.version;
    return transfer->server.version != named || transfer->server.version != act->incident.device.version;
}

static enum smini_fit fit_of(const struct search *search, const struct entry *entry)
{
    const struct smini_incident_transfer *transfer = search->transfer;
    const struct smini_act *act = smini_set_act(search->set, entry->act);
    bool sealed = transfer->state == SMINI_TRANSFER_SEALED;
    switch (entry->kind) {
    case BY_FLOW:
        return is_end(transfer, &act->incident.device) && smini_act_moves_files(act) ? SMINI_FIT_EXACT : SMINI_FIT_NONE;
    case BY_PEERS:
        return sealed && smini_address_compare(&transfer->client, &act->incident.device) == 0 &&
                       smini_address_compare(&transfer->server, &entry->errand.host) == 0
                   ? SMINI_FIT_EXACT
                   : SMINI_FIT_NONE;
    default: break;
    }
    if (sealed || !smini_errand_names(&entry->errand, transfer->protocol, transfer->name))
        return SMINI_FIT_NONE;
    if (entry->kind == BY_NAME)
        return other_family(transfer, act, &entry->errand) ? SMINI_FIT_FAMILY : SMINI_FIT_NONE;
    if (entry->kind == BY_DEVICE && !is_end(transfer, &act->incident.device))
        return SMINI_FIT_NONE;
    if (entry->kind == BY_HOST && smini_address_compare(&transfer->server, &entry->errand.host) != 0)
        return SMINI_FIT_NONE;
    bool exact = entry->kind == BY_DEVICE && ends_fit(transfer, &act->incident.device, &entry->errand);
    return exact ? SMINI_FIT_EXACT : other_family(transfer, act, &entry->errand) ? SMINI_FIT_FAMILY : SMINI_FIT_ADDRESS;
}

static bool is_suited(const struct smini_incident_transfer *transfer, const struct smini_act *act)
{
    bool is_server = smini_address_compare(&transfer->server, &act->incident.device) == 0;
    return smini_act_suits(act, is_server != transfer->to_server);
}

/*
 * What fits better stands. Then what was commanded before; then what is about that way of moving, since one message may
 * order a file to leave and another to come; then of what was commanded before the latest, of the rest the earliest.
 */
static bool is_better(const struct search *search, const struct smini_act *act, bool early, bool suits)
{
    const struct smini_match *match = &search->match;
    if (early != match->early)
        return match->early;
    if (suits != search->suits)
        return suits;
    return early ? act->began_ns < match->act->began_ns : act->began_ns > match->act->began_ns;
}

static void consider(struct search *search, const struct entry *entry)
{
    struct smini_match *match = &search->match;
    struct smini_act *act = smini_set_act(search->set, entry->act);
    enum smini_fit fit = fit_of(search, entry);
    bool early = search->transfer->place.time_ns < entry->began_ns;
    if (fit == SMINI_FIT_NONE || fit < match->fit || act == match->act)
        return;
    bool suits = is_suited(search->transfer, act), first = fit > match->fit;
    search->several = !first;
    if (!first && !is_better(search, act, early, suits))
        return;
    *match = (struct smini_match){act, fit, early};
    search->suits = suits;
}

/* The first entry of that key that began after `time_ns`. */
static uint32_t place_of(const struct smini_list *index, uint64_t key, uint64_t time_ns)
{
    const struct entry *all = index->items;
    uint32_t low = 0, high = index->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (all[middle].key < key || (all[middle].key == key && all[middle].began_ns <= time_ns))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void look_up(struct search *search, const struct smini_list *index, uint64_t key)
{
    const struct entry *all = index->items;
    uint64_t time_ns = search->transfer->place.time_ns, window = search->set->options.transfer_window_ns;
    uint32_t place = place_of(index, key, time_ns), looked = 0;
    for (uint32_t i = place; i > 0 && all[i - 1].key == key && looked < LOOKUPS_MOST; i--, looked++) {
        if (time_ns - all[i - 1].began_ns > window)
            break;
        consider(search, &all[i - 1]);
    }
    looked = 0;
    for (uint32_t i = place; i < index->count && all[i].key == key && looked < LOOKUPS_MOST; i++, looked++) {
        if (all[i].began_ns - time_ns > window)
            break;
        consider(search, &all[i]);
    }
}

struct smini_match smini_match_find(struct smini_incident_set *set, const struct smini_list *index,
                                    const struct smini_incident_transfer *transfer)
{
    struct search search = {.set = set, .transfer = transfer};
    bool named = transfer->name.length > 0;
    if (named) {
        look_up(&search, index, key_of(set, BY_DEVICE, &transfer->client, transfer->name));
        look_up(&search, index, key_of(set, BY_DEVICE, &transfer->server, transfer->name));
    }
    if (transfer->state == SMINI_TRANSFER_SEALED)
        look_up(&search, index, key_of_peers(set, &transfer->client, &transfer->server));
    if (!search.match.act && transfer->ordered)
        look_up(&search, index, key_of_flow(set, transfer->ordered_flow_id));
    if (!search.match.act && named)
        look_up(&search, index, key_of(set, BY_HOST, &transfer->server, transfer->name));
    if (!search.match.act && named)
        look_up(&search, index, smini_errand_key(key_begin(set, BY_NAME), transfer->name));
    if (search.several && search.match.fit != SMINI_FIT_EXACT)
        search.match.act = NULL;
    return search.match;
}
