/* SPDX-License-Identifier: BSD-2-Clause */
/* The fast sum against the definition, at every length, alignment and split. */
#include <criterion/criterion.h>
#include <string.h>

#include "replay/checksum.h"

enum { ROOM = 700 };

/* RFC 1071, two bytes at a time. */
static uint32_t slow(const uint8_t *bytes, size_t length)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += (uint32_t)bytes[i] << (i % 2 == 0 ? 8 : 0);
    while (sum >> 16)
        sum = (sum >> 16) + (sum & 0xffff);
    return sum;
}

static uint32_t stored(uint32_t sum)
{
    uint8_t field[2];
    smini_checksum_store(sum, field);
    return (uint32_t)field[0] << 8 | field[1];
}

Test(checksum, the_fast_sum_is_the_slow_sum_at_every_length_and_alignment)
{
    static uint8_t bytes[ROOM + 64];
    for (int fill = 0; fill < 3; fill++) {
        for (size_t i = 0; i < sizeof(bytes); i++)
            bytes[i] = fill == 0 ? 0xff : fill == 1 ? (uint8_t)(i * 167 + i / 7) : (uint8_t)(i % 2 ? 0xff : 0xfe);
        for (size_t from = 0; from < 33; from++)
            for (size_t length = 0; length <= ROOM; length++)
                cr_assert(stored(smini_checksum_add(0, bytes + from, length)) == (~slow(bytes + from, length) & 0xffff),
                          "%zu bytes at %zu", length, from);
    }
}

Test(checksum, a_sum_in_parts_is_the_sum_of_all)
{
    static uint8_t bytes[ROOM];
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i * 89 + 3);
    uint32_t all = smini_checksum_add(0, bytes, ROOM);
    for (size_t split = 0; split <= ROOM; split += 2)
        cr_assert(smini_checksum_add(smini_checksum_add(0, bytes, split), bytes + split, ROOM - split) == all);
    uint32_t numbers = smini_checksum_u16(0x1234) + smini_checksum_u16(0xfedc);
    cr_assert(smini_checksum_add(numbers, bytes, 0) ==
              smini_checksum_add(0, (const uint8_t *)"\x12\x34\xfe\xdc", 4));
}
