/* SPDX-License-Identifier: BSD-2-Clause */
/* What the inspector's own matcher said of a message, for the engine's records. */
#ifndef SMINI_SURICATA_OWN_ALERTS_H
#define SMINI_SURICATA_OWN_ALERTS_H

#include "record/write_json.h"
#include "smin/abi.h"

/* The alerts as a list of objects, whose members are named like those of the engine's alerts. */
void smini_suricata_own_alerts_write(struct smini_json *json, const struct smin_output *output);

#endif
