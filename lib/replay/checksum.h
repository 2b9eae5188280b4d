/* SPDX-License-Identifier: BSD-2-Clause */
/* The Internet checksum (RFC 1071). */
#ifndef SMINI_CHECKSUM_H
#define SMINI_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/*
 * One's complement sum of `length` bytes onto `sum`, folded to 16 bits, in the
 * machine's own byte order (the sum does not care, as long as all parts share
 * it). All parts but the last must have an even length.
 */
uint32_t smini_checksum_add(uint32_t sum, const uint8_t *bytes, size_t length);

/* A number as two bytes in network order, ready to be added. */
uint32_t smini_checksum_u16(uint16_t value);

/* The 16 bits to be stored at `at`, as two bytes that can be copied there. */
void smini_checksum_store(uint32_t sum, uint8_t *at);

/* 0xffff when the sum over bytes that hold their own checksum is right. */
enum { SMINI_CHECKSUM_RIGHT = 0xffff };

#endif
