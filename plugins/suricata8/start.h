/* SPDX-License-Identifier: BSD-2-Clause */
/* What happens when the engine loads the adapter. */
#ifndef SMINI_SURICATA_START_H
#define SMINI_SURICATA_START_H

#include "smin/abi.h"

/*
 * Chooses and starts the inspector, and hands the engine what it calls later. When something is wrong, a line in the log
 * says what, and the engine goes on without us.
 */
void smini_suricata_start(const struct smin_inspector *built_in);

#endif
