/* SPDX-License-Identifier: BSD-2-Clause */
/* The Internet checksum (RFC 1071). */
#ifndef SMINI_CHECKSUM_H
#define SMINI_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * One's complement sum of `length` bytes onto `sum`, folded to 16 bits, in the
 * machine's own byte order (the sum does not care, as long as all parts share
 * it). All parts but the last must have an even length.
 */
uint32_t smini_checksum_add(uint32_t sum, const uint8_t *bytes, size_t length);

/* The same onto a sum that is not folded yet, below 2^48. */
uint32_t smini_checksum_add_to(uint64_t sum, const uint8_t *bytes, size_t length);

/* The same for short headers: `length` is a multiple of 4, at most 64. Not folded. */
static inline uint64_t smini_checksum_header(const uint8_t *bytes, size_t length)
{
    uint64_t sum = 0;
    for (size_t at = 0; at < length; at += 4) {
        uint32_t word;
        memcpy(&word, bytes + at, sizeof(word));
        sum += word;
    }
    return sum;
}

static inline uint32_t smini_checksum_fold(uint64_t sum)
{
    sum = (sum >> 32) + (sum & 0xffffffff);
    sum = (sum >> 16) + (sum & 0xffff); /* at most 33 bits before, 18 after */
    sum = (sum >> 16) + (sum & 0xffff);
    return (uint32_t)((sum >> 16) + (sum & 0xffff));
}

/* A number as two bytes in network order, ready to be added. */
static inline uint32_t smini_checksum_u16(uint16_t value)
{
    const uint8_t bytes[2] = {(uint8_t)(value >> 8), (uint8_t)value};
    uint16_t word;
    memcpy(&word, bytes, sizeof(word));
    return word;
}

/* The 16 bits to be stored at `at`, as two bytes that can be copied there. */
void smini_checksum_store(uint32_t sum, uint8_t *at);

/* 0xffff when the sum over bytes that hold their own checksum is right. */
enum { SMINI_CHECKSUM_RIGHT = 0xffff };

#endif
