/* SPDX-License-Identifier: BSD-2-Clause */
/* Protocols by which files move, as rules name them. */
#ifndef SMINI_RULE_TRANSFER_H
#define SMINI_RULE_TRANSFER_H

#include "base/span.h"

/* The number of a protocol's word, from 1; 0: it is none. */
uint32_t smini_transfer_number(struct smini_span word);
/* The word of a number. */
const char *smini_transfer_word(uint32_t number);
/* Does the word mean the files of that inspector? */
bool smini_transfer_is(uint32_t number, const char *inspector);

#endif
