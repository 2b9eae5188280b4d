/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file inspector.h
 * The built-in Smart Install inspector as a value: the same table that the
 * plugin smartinstall.so exports. A program that links libsmin drives it as
 * any host does, through abi.h; nothing is loaded.
 */
#ifndef SMIN_INSPECTOR_H
#define SMIN_INSPECTOR_H

#include "smin/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The built-in inspector. Never NULL. Lifetime: for ever. Thread: [any]. */
SMIN_PUBLIC const struct smin_inspector *smin_inspector_builtin(void);

#ifdef __cplusplus
}
#endif

#endif
