/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The transactions of one flow that are not freed yet, by their number. Numbers are dense and mostly freed in their order,
 * so the live ones are a window of an array: a look-up is one step.
 */
#ifndef SMINI_SURICATA_STORE_H
#define SMINI_SURICATA_STORE_H

#include "suricata8/transaction.h"

/*
 * Live at once in one flow. The engine frees a transaction when it was inspected and logged, after each packet; so this
 * many wait only when one packet brings more messages, or when logging hangs. A megabyte of the shortest messages has
 * fewer.
 */
#define SMINI_SURICATA_LIVE_TRANSACTIONS 65536u

struct smini_suricata_store {
    struct smini_alloc *alloc;
    struct smini_suricata_transaction **ring;
    size_t capacity; /* a power of two, or 0 */
    uint64_t first;  /* number of the oldest that may be live */
    uint64_t next;   /* number of the next one: so many there ever were */
};

/* Takes over `transaction` and numbers it. SMIN_OK; SMIN_E_LIMIT, SMIN_E_NOMEM: it stays the caller's. */
int32_t smini_suricata_store_add(struct smini_suricata_store *store, struct smini_suricata_transaction *transaction);

/* NULL when it is freed, or was never there. */
struct smini_suricata_transaction *smini_suricata_store_get(const struct smini_suricata_store *store, uint64_t id);

/* The live one with the lowest number from `id` on, or NULL. */
struct smini_suricata_transaction *smini_suricata_store_from(const struct smini_suricata_store *store, uint64_t id);

void smini_suricata_store_free_one(struct smini_suricata_store *store, uint64_t id);
void smini_suricata_store_free_all(struct smini_suricata_store *store);

#endif
