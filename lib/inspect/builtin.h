/* SPDX-License-Identifier: BSD-2-Clause */
/* The table itself, for a plugin's entry, which is constant data and cannot call smin_inspector_builtin(). */
#ifndef SMINI_BUILTIN_H
#define SMINI_BUILTIN_H

#include "smin/abi.h"

extern const struct smin_inspector smini_builtin_inspector;

#endif
