/* SPDX-License-Identifier: BSD-2-Clause */
/* A transaction as an object in the engine's records, byte for byte that of the replay harness. */
#ifndef SMINI_SURICATA_RECORD_H
#define SMINI_SURICATA_RECORD_H

#include <stdbool.h>

#include "smin/abi.h"

struct smini_suricata_slot;

/* The scratch that writing needs. SMIN_OK, or SMIN_E_NOMEM. */
int32_t smini_suricata_record_open(struct smini_suricata_slot *slot, const struct smin_inspector *inspector);
void smini_suricata_record_close(struct smini_suricata_slot *slot);

/* The engine's callback: puts the object into `json`. False: there is nothing to say, or it could not be said. */
bool smini_suricata_record_write(const void *transaction, void *json);

#endif
