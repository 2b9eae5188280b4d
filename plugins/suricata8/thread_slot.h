/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scratch of one engine thread. An inspector's flow belongs to the thread object it was made with, but the engine frees
 * flows from other threads. So a flow remembers its slot, and whoever calls the inspector about it holds the slot's lock,
 * which nearly always nobody else wants. Slots of threads that ended wait for the next thread: there are never more
 * than threads were alive at once.
 */
#ifndef SMINI_SURICATA_THREAD_SLOT_H
#define SMINI_SURICATA_THREAD_SLOT_H

#include <pthread.h>

#include "base/bytebuf.h"
#include "host/session.h"
#include "record/message_plan.h"
#include "suricata8/counters.h"

struct smini_suricata_slot {
    pthread_mutex_t lock;
    struct smin_thread *thread;
    struct smini_alloc alloc; /* of what follows */
    struct smini_plan plan;
    struct smini_json json;
    struct smini_bytebuf text; /* where json goes */
    struct smini_suricata_counters counters;
    struct smini_suricata_slot *next;      /* of all */
    struct smini_suricata_slot *next_free; /* of those without a thread */
};

struct smini_suricata_slots {
    const struct smini_session *session;
    pthread_mutex_t lock;
    pthread_key_t key; /* gives a slot back when its thread ends */
    bool has_key;
    uint32_t count;
    struct smini_suricata_slot *all;
    struct smini_suricata_slot *free;
};

/* SMIN_OK, or SMIN_E_INTERNAL. The session must be started before the first slot is asked for. */
int32_t smini_suricata_slots_open(struct smini_suricata_slots *slots, const struct smini_session *session);

/* When no thread uses one any more. */
void smini_suricata_slots_close(struct smini_suricata_slots *slots);

/* The calling thread's slot, the same one until it ends; or NULL, when there is no memory for one. */
struct smini_suricata_slot *smini_suricata_slot_mine(struct smini_suricata_slots *slots);

void smini_suricata_slot_lock(struct smini_suricata_slot *slot);
void smini_suricata_slot_unlock(struct smini_suricata_slot *slot);

#endif
