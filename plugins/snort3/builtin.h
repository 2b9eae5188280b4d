/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef SMINI_SNORT_BUILTIN_H
#define SMINI_SNORT_BUILTIN_H

#include "smin/abi.h"

/* The inspector that the adapter brings with it. */
const struct smin_inspector *smini_snort_builtin(void);

#endif
