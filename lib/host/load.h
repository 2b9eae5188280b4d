/* SPDX-License-Identifier: BSD-2-Clause */
/* From a file name to the entry of a plugin. */
#ifndef SMINI_HOST_LOAD_H
#define SMINI_HOST_LOAD_H

#include <stddef.h>
#include <stdint.h>

#include "smin/abi.h"

/*
 * Does the file at `path` offer the entry as data? Reads the file only, runs
 * nothing. `*slots` becomes the number of pointers that the entry holds.
 * SMIN_OK; SMIN_E_REFUSED or SMIN_E_NOT_FOUND with a reason.
 */
int32_t smini_load_examine(const char *path, size_t *slots, char *reason);

/*
 * Opens an examined file for ever. `*entry` becomes its array and `*count` the
 * number of inspectors before the NULL. Statuses as above.
 */
int32_t smini_load_open(const char *path, size_t slots, const struct smin_inspector *const **entry, uint32_t *count,
                        char *reason);

#endif
