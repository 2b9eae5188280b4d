/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/store.h"

enum { FIRST_CAPACITY = 8 };

static struct smini_suricata_transaction **slot(const struct smini_suricata_store *store, uint64_t id)
{
    return &store->ring[id & (store->capacity - 1)];
}

/* Live ones keep their number, but not their place: that depends on the capacity. */
static int32_t grow(struct smini_suricata_store *store)
{
    struct smini_suricata_store larger = *store;
    larger.capacity = store->capacity ? store->capacity * 2 : FIRST_CAPACITY;
    larger.ring = smini_alloc_array(store->alloc, larger.capacity, sizeof(*larger.ring));
    if (!larger.ring)
        return SMIN_E_NOMEM;
    for (uint64_t id = store->first; id < store->next; id++)
        *slot(&larger, id) = *slot(store, id);
    smini_alloc_free(store->alloc, store->ring, store->capacity * sizeof(*store->ring));
    *store = larger;
    return SMIN_OK;
}

int32_t smini_suricata_store_add(struct smini_suricata_store *store, struct smini_suricata_transaction *transaction)
{
    uint64_t live = store->next - store->first;
    if (live >= SMINI_SURICATA_LIVE_TRANSACTIONS)
        return SMIN_E_LIMIT;
    if (live == store->capacity && grow(store) != SMIN_OK)
        return SMIN_E_NOMEM;
    transaction->id = store->next++;
    *slot(store, transaction->id) = transaction;
    return SMIN_OK;
}

struct smini_suricata_transaction *smini_suricata_store_get(const struct smini_suricata_store *store, uint64_t id)
{
    return id >= store->first && id < store->next ? *slot(store, id) : NULL;
}

struct smini_suricata_transaction *smini_suricata_store_from(const struct smini_suricata_store *store, uint64_t id)
{
    for (uint64_t at = id < store->first ? store->first : id; at < store->next; at++)
        if (*slot(store, at))
            return *slot(store, at);
    return NULL;
}

void smini_suricata_store_free_one(struct smini_suricata_store *store, uint64_t id)
{
    struct smini_suricata_transaction *transaction = smini_suricata_store_get(store, id);
    if (!transaction)
        return;
    *slot(store, id) = NULL;
    smini_suricata_transaction_free(store->alloc, transaction);
    while (store->first < store->next && !*slot(store, store->first))
        store->first++;
}

void smini_suricata_store_free_all(struct smini_suricata_store *store)
{
    for (uint64_t id = store->first; id < store->next; id++)
        smini_suricata_transaction_free(store->alloc, *slot(store, id));
    smini_alloc_free(store->alloc, store->ring, store->capacity * sizeof(*store->ring));
    store->ring = NULL;
    store->capacity = 0;
    store->first = store->next;
}
