/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counters in the engine's statistics: those of the inspector (smin.stats/1) and some of the adapter. The engine counts
 * per thread; what a slot has counted is added to its thread's counters whenever that thread parses.
 */
#ifndef SMINI_SURICATA_COUNTERS_H
#define SMINI_SURICATA_COUNTERS_H

#include <stdint.h>

struct smini_suricata_slot;

/* What the adapter counts itself. */
enum smini_suricata_own_counter {
    SMINI_SURICATA_TRANSACTIONS_LOST, /* a limit or no memory: a message was not logged, nor looked at by rules */
    SMINI_SURICATA_FLOWS_LOST,        /* no memory, or the inspector refused: the flow is parsed no further */
    SMINI_SURICATA_RECORDS_LOST,      /* a record without its object */
    SMINI_SURICATA_OWN_COUNTERS
};

/* Of the inspector. */
enum { SMINI_SURICATA_INSPECTOR_COUNTERS = 9 };

enum { SMINI_SURICATA_COUNTERS = SMINI_SURICATA_INSPECTOR_COUNTERS + SMINI_SURICATA_OWN_COUNTERS };

struct smini_suricata_counters {
    uint64_t own[SMINI_SURICATA_OWN_COUNTERS];
    uint64_t published[SMINI_SURICATA_COUNTERS];
};

/* Every thread that the engine makes from now on gets the counters, named "PROTOCOL.messages" and so on. */
void smini_suricata_counters_register(const char *protocol);

/* The slot is locked by its thread. */
void smini_suricata_counters_publish(struct smini_suricata_slot *slot);

#endif
