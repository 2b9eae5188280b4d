/* SPDX-License-Identifier: BSD-2-Clause */
/* Rule keywords from the inspector's tables. */
#ifndef SMINI_SURICATA_KEYWORD_H
#define SMINI_SURICATA_KEYWORD_H

#include "smin/abi.h"

/*
 * Called once, when the engine registers its own keywords. `inspector` lives for ever; `protocol` is its number in the
 * engine. Transactions are struct smini_suricata_transaction.
 */
void smini_suricata_keywords_register(const struct smin_inspector *inspector, uint16_t protocol);

#endif
