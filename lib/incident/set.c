/* SPDX-License-Identifier: BSD-2-Clause */
/* The set: its lists, its limits, its life. */
#include "incident/internal.h"

void smini_incident_options_default(struct smini_incident_options *options)
{
    static const uint64_t second = 1000000000U;
    memset(options, 0, sizeof(*options));
    options->act_window_ns = 600 * second; /* an operator at work; a next attempt later is another act */
    options->confirm_window_ns = 600 * second; /* three copies over TFTP on a slow link */
    options->transfer_window_ns = 3600 * second; /* a file that was put up for fetching waits for its thief */
    options->empty_window_ns = 2 * second; /* SIET opens its second connection at once */
    options->incidents_max = 100000;
    options->devices_max = 262144;
    options->flows_max = 262144;
    options->transfers_max = 100000;
    options->held_bytes_max = 32U << 20; /* a hundred thousand facts: far more than captures of one event */
    options->list_max = 64; /* enough to judge by; the totals say how much more there was */
}

int32_t smini_incident_new(struct smini_incident_set **set, struct smini_alloc *alloc,
                           const struct smini_incident_options *options)
{
    *set = smini_alloc_get(alloc, sizeof(**set));
    if (!*set)
        return SMIN_E_NOMEM;
    (*set)->alloc = alloc;
    (*set)->options = *options;
    smini_keymap_init(&(*set)->pair_map, alloc, options->seed);
    smini_keymap_init(&(*set)->device_map, alloc, options->seed);
    smini_keymap_init(&(*set)->flow_map, alloc, options->seed);
    smini_keymap_init(&(*set)->capture_map, alloc, options->seed);
    smini_bytebuf_init(&(*set)->held, alloc, options->held_bytes_max);
    return SMIN_OK;
}

void *smini_list_add(struct smini_list *list, struct smini_alloc *alloc, size_t size)
{
    if (list->count == list->capacity) {
        uint32_t capacity = list->capacity ? list->capacity * 2 : 8;
        void *items = smini_alloc_grow(alloc, list->items, list->capacity * size, capacity * size);
        if (!items)
            return NULL;
        list->items = items;
        list->capacity = capacity;
    }
    uint8_t *item = (uint8_t *)list->items + list->count * size;
    memset(item, 0, size);
    list->count++;
    return item;
}

void smini_list_free(struct smini_list *list, struct smini_alloc *alloc, size_t size)
{
    smini_alloc_free(alloc, list->items, list->capacity * size);
    memset(list, 0, sizeof(*list));
}

void smini_set_release(struct smini_alloc *alloc, struct smini_span bytes)
{
    union {
        const uint8_t *given;
        void *ours;
    } at = {.given = bytes.bytes};
    smini_alloc_free(alloc, at.ours, bytes.length);
}

int32_t smini_set_note(struct smini_incident_set *set, int32_t status)
{
    if (status != SMIN_OK)
        set->left_out++;
    return status;
}

/* Two different names that hash alike must not become one: the next number is tried. */
static struct smini_key capture_key(const struct smini_incident_set *set, const char *capture, uint64_t attempt)
{
    uint64_t one = 0xcbf29ce484222325u ^ set->options.seed, two = ~one;
    size_t length = 0;
    for (; capture[length]; length++) {
        one = (one ^ (uint8_t)capture[length]) * 0x100000001b3u;
        two = (two ^ (uint8_t)capture[length]) * 0xc6a4a7935bd1e995u;
    }
    return (struct smini_key){{one, two, length, attempt}};
}

int32_t smini_set_intern(struct smini_incident_set *set, const char *capture, uint32_t *index)
{
    struct smini_key key = {{0}};
    for (uint64_t attempt = 0;; attempt++) {
        key = capture_key(set, capture, attempt);
        uint32_t found = smini_keymap_get(&set->capture_map, &key);
        if (found == SMINI_KEY_ABSENT)
            break;
        *index = found - 1;
        if (strcmp(smini_set_capture(set, *index), capture) == 0)
            return SMIN_OK;
    }
    size_t length = strlen(capture) + 1;
    char *copy = smini_alloc_get(set->alloc, length);
    if (!copy)
        return SMIN_E_NOMEM;
    memcpy(copy, capture, length);
    char **slot = smini_list_add(&set->captures, set->alloc, sizeof(*slot));
    if (!slot || smini_keymap_put(&set->capture_map, &key, set->captures.count - 1) != SMIN_OK) {
        set->captures.count -= slot != NULL;
        smini_alloc_free(set->alloc, copy, length);
        return SMIN_E_NOMEM;
    }
    *slot = copy;
    *index = set->captures.count - 1;
    return SMIN_OK;
}

void smini_set_key_address(struct smini_key *key, size_t word, const struct smini_incident_address *address)
{
    memcpy(&key->words[word], address->bytes, sizeof(address->bytes));
    key->words[SMINI_KEY_BYTES / 8 - 1] = key->words[SMINI_KEY_BYTES / 8 - 1] * 16 + address->version;
}

int32_t smini_set_find_pair(struct smini_incident_set *set, const struct smini_incident_address *actor,
                            const struct smini_incident_address *device, uint32_t *index)
{
    struct smini_key key = {{0}};
    smini_set_key_address(&key, 0, actor);
    smini_set_key_address(&key, 2, device);
    uint32_t found = smini_keymap_get(&set->pair_map, &key);
    if (found != SMINI_KEY_ABSENT) {
        *index = found - 1;
        return SMIN_OK;
    }
    /* Pairs without an incident come from empty connections: as many again. */
    if (set->pairs.count >= 2 * (uint64_t)set->options.incidents_max)
        return SMIN_E_LIMIT;
    if (!smini_list_add(&set->pairs, set->alloc, sizeof(struct smini_pair)))
        return SMIN_E_NOMEM;
    if (smini_keymap_put(&set->pair_map, &key, set->pairs.count - 1) != SMIN_OK) {
        set->pairs.count--;
        return SMIN_E_NOMEM;
    }
    *index = set->pairs.count - 1;
    return SMIN_OK;
}

uint64_t smini_incident_repeated(const struct smini_incident_set *set)
{
    return set->repeated;
}

uint64_t smini_incident_left_out(const struct smini_incident_set *set)
{
    return set->left_out;
}

const struct smini_incident *smini_incident_get(const struct smini_incident_set *set, uint32_t index)
{
    return index < set->order_count ? &smini_set_act(set, set->order[index])->incident : NULL;
}

const struct smini_device *smini_incident_device(const struct smini_incident_set *set, uint32_t index)
{
    return index < set->devices.count ? (const struct smini_device *)set->devices.items + index : NULL;
}

static void free_captures(struct smini_incident_set *set)
{
    char **names = set->captures.items;
    for (uint32_t i = 0; i < set->captures.count; i++)
        smini_alloc_free(set->alloc, names[i], strlen(names[i]) + 1);
    smini_list_free(&set->captures, set->alloc, sizeof(char *));
}

void smini_incident_free(struct smini_incident_set **set)
{
    struct smini_incident_set *old = *set;
    if (!old)
        return;
    for (uint32_t i = 0; i < old->acts.count; i++)
        smini_act_free(old, smini_set_act(old, i));
    struct smini_device *devices = old->devices.items;
    for (uint32_t i = 0; i < old->devices.count; i++)
        smini_texts_free(&devices[i].evidence, old->alloc);
    free_captures(old);
    smini_list_free(&old->pairs, old->alloc, sizeof(struct smini_pair));
    smini_list_free(&old->acts, old->alloc, sizeof(struct smini_act));
    smini_list_free(&old->devices, old->alloc, sizeof(struct smini_device));
    smini_list_free(&old->flows, old->alloc, sizeof(struct smini_connection));
    smini_list_free(&old->confirmations, old->alloc, sizeof(struct smini_confirmation));
    smini_transfers_free(old);
    smini_keymap_free(&old->pair_map);
    smini_keymap_free(&old->device_map);
    smini_keymap_free(&old->flow_map);
    smini_keymap_free(&old->capture_map);
    smini_bytebuf_free(&old->held);
    smini_alloc_free(old->alloc, old->order, old->order_capacity * sizeof(*old->order));
    smini_alloc_free(old->alloc, old, sizeof(*old));
    *set = NULL;
}
