/* SPDX-License-Identifier: BSD-2-Clause */
/* Checked rules back to text, in one canonical form per dialect. Allocates nothing. */
#ifndef SMINI_RULE_WRITE_H
#define SMINI_RULE_WRITE_H

#include "rule/dialect.h"
#include "rule/load.h"

/*
 * Writes one rule of a set as one line without its end, NUL behind it; variables stay as they were written. `*length` is
 * what it takes without the NUL. SMIN_OK; SMIN_E_REFUSED: the dialect cannot say it, and `text` holds the reason;
 * SMIN_E_LIMIT: `size` is too small, or no reader would take so long a rule (more than SMINI_RULE_BYTES_MAX).
 */
int32_t smini_rule_write(const struct smini_rule_set *set, const struct smini_rule *rule, enum smini_dialect dialect,
                         char *text, size_t size, size_t *length);

#endif
