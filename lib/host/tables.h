/* SPDX-License-Identifier: BSD-2-Clause */
/* The judgement of an inspector's field, event and message tables. */
#ifndef SMINI_HOST_TABLES_H
#define SMINI_HOST_TABLES_H

#include "smin/abi.h"

/*
 * `inspector` is of our major and large enough, its id and name are judged.
 * SMIN_OK or SMIN_E_MISUSE with a reason.
 */
int32_t smini_tables_judge(const struct smin_inspector *inspector, char *reason);

#endif
