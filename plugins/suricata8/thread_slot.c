/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/thread_slot.h"

#include <stdlib.h>

#include "suricata8/record.h"

/* The destructor of a key has no other way to know whose the slot is. One engine, one pool. */
static struct smini_suricata_slots *pool;

static void give_back(void *memory)
{
    struct smini_suricata_slot *slot = memory;
    pthread_mutex_lock(&pool->lock);
    slot->next_free = pool->free;
    pool->free = slot;
    pthread_mutex_unlock(&pool->lock);
}

int32_t smini_suricata_slots_open(struct smini_suricata_slots *slots, const struct smini_session *session)
{
    memset(slots, 0, sizeof(*slots));
    slots->session = session;
    if (pthread_mutex_init(&slots->lock, NULL) != 0)
        return SMIN_E_INTERNAL;
    if (pthread_key_create(&slots->key, give_back) != 0) {
        pthread_mutex_destroy(&slots->lock);
        return SMIN_E_INTERNAL;
    }
    slots->has_key = true;
    pool = slots;
    return SMIN_OK;
}

static void slot_free(struct smini_suricata_slots *slots, struct smini_suricata_slot *slot)
{
    if (slot->thread)
        slots->session->inspector->thread_free(slot->thread);
    smini_suricata_record_close(slot);
    pthread_mutex_destroy(&slot->lock);
    free(slot);
}

void smini_suricata_slots_close(struct smini_suricata_slots *slots)
{
    if (!slots->has_key)
        return;
    pthread_key_delete(slots->key);
    while (slots->all) {
        struct smini_suricata_slot *slot = slots->all;
        slots->all = slot->next;
        slot_free(slots, slot);
    }
    pthread_mutex_destroy(&slots->lock);
    memset(slots, 0, sizeof(*slots));
    pool = NULL;
}

static struct smini_suricata_slot *slot_new(struct smini_suricata_slots *slots)
{
    const struct smini_session *session = slots->session;
    struct smini_suricata_slot *slot = calloc(1, sizeof(*slot));
    if (!slot)
        return NULL;
    if (pthread_mutex_init(&slot->lock, NULL) != 0) {
        free(slot);
        return NULL;
    }
    if (session->inspector->thread_new(session->instance, &slot->thread) != SMIN_OK ||
        smini_suricata_record_open(slot, session->inspector) != SMIN_OK) {
        slot_free(slots, slot);
        return NULL;
    }
    return slot;
}

struct smini_suricata_slot *smini_suricata_slot_mine(struct smini_suricata_slots *slots)
{
    struct smini_suricata_slot *slot = pthread_getspecific(slots->key);
    if (slot)
        return slot;
    pthread_mutex_lock(&slots->lock);
    slot = slots->free;
    if (slot) {
        slots->free = slot->next_free;
    } else {
        slot = slot_new(slots);
        if (slot) {
            slot->next = slots->all;
            slots->all = slot;
            slots->count++;
        }
    }
    pthread_mutex_unlock(&slots->lock);
    if (slot && pthread_setspecific(slots->key, slot) != 0) {
        give_back(slot);
        return NULL;
    }
    return slot;
}

void smini_suricata_slot_lock(struct smini_suricata_slot *slot)
{
    pthread_mutex_lock(&slot->lock);
}

void smini_suricata_slot_unlock(struct smini_suricata_slot *slot)
{
    pthread_mutex_unlock(&slot->lock);
}
