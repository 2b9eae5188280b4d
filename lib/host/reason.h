/* SPDX-License-Identifier: BSD-2-Clause */
/* The text that goes with a refusal. */
#ifndef SMINI_HOST_REASON_H
#define SMINI_HOST_REASON_H

#include <stdint.h>

/*
 * Writes at most SMIN_HOST_REASON_BYTES to `reason` (NULL: nowhere) and gives
 * back `status`, so that a refusal is one statement.
 */
int32_t smini_reason_say(char *reason, int32_t status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* "" and SMIN_OK. */
int32_t smini_reason_none(char *reason);

#endif
