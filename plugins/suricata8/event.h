/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The events of the inspector's table as the engine's app-layer events. The engine numbers events with one byte; ours are
 * places in the table, so any ids of an inspector will do.
 */
#ifndef SMINI_SURICATA_EVENT_H
#define SMINI_SURICATA_EVENT_H

#include "suricata8/transaction.h"

/* Places that the engine's byte can say. Events behind them exist in records, but not in rules. */
#define SMINI_SURICATA_EVENTS_MAX 256u

/* Of a table with more events: how many the engine does not get to know. */
uint32_t smini_suricata_events_beyond(const struct smin_inspector *inspector);

/* The engine's callbacks: 0, or -1 when there is no such event. */
int smini_suricata_event_by_name(const char *name, uint8_t *id, int *type);
int smini_suricata_event_by_id(uint8_t id, const char **name, int *type);

/* Sets the events of the transaction's message, each once. */
void smini_suricata_events_set(struct smini_suricata_transaction *transaction);

#endif
