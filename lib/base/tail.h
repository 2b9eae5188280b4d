/* SPDX-License-Identifier: BSD-2-Clause */
/* Structs that begin with their size and only grow: what may stand behind the part that is known. */
#ifndef SMINI_TAIL_H
#define SMINI_TAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Larger than any version of any struct: not a later version, but garbage. */
enum { SMINI_STRUCT_BYTES_MOST = 4096 };

/* A newer caller's struct may be larger than ours, but what we do not know of it must be zero. */
static inline bool smini_tail_is_zero(const void *object, uint32_t size, size_t known)
{
    if (size > SMINI_STRUCT_BYTES_MOST)
        return false;
    const uint8_t *bytes = object;
    for (size_t i = known; i < size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

#endif
