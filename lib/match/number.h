/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers in bytes, as the byte_ options read and compare them. */
#ifndef SMINI_MATCH_NUMBER_H
#define SMINI_MATCH_NUMBER_H

#include "rule/rule.h"

/* Reads a number out of exactly these bytes. `*used`: how many of them it took. False: there is none, or too large. */
bool smini_number_read(const struct smini_byte_read *read, struct smini_span bytes, uint64_t *value, size_t *used);

/* The bits under the mask, moved right by its trailing zeros; the value itself when the mask is 0. */
uint64_t smini_number_mask(uint64_t value, uint32_t mask);

bool smini_number_test(enum smini_byte_operator operation, uint64_t value, uint64_t wanted);

#endif
