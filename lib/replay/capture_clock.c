/* SPDX-License-Identifier: BSD-2-Clause */
/* From what a capture counts to nanoseconds since 1970. */
#include "replay/capture_state.h"

enum { NS = 1000000000 };

/* The top bit of `resolution` says a power of two, else of ten: units of a second, negative exponent. */
void smini_clock_set(struct smini_clock *clock, uint8_t resolution, int64_t offset)
{
    uint32_t exponent = resolution & 0x7f;
    clock->offset = offset;
    clock->coarsen = 1;
    clock->units = 1;
    if ((resolution & 0x80) != 0) {
        /* 2^34 units a second keep the product with 10^9 below 2^64; finer ones are cut to that. */
        uint32_t spare = exponent > 34 ? exponent - 34 : 0;
        clock->coarsen = spare < 64 ? UINT64_C(1) << spare : 0;
        clock->units = UINT64_C(1) << (exponent - spare);
    } else {
        for (; exponent > 9; exponent--)
            clock->coarsen = clock->coarsen <= UINT64_MAX / 10 ? clock->coarsen * 10 : 0;
        for (; exponent > 0; exponent--)
            clock->units *= 10;
    }
    clock->per_unit = NS % clock->units == 0 ? NS / clock->units : 0;
}

/* Seconds that do not fit are cut to the last nanosecond that does: absurd times stay absurd, nothing wraps. */
uint64_t smini_clock_ns(const struct smini_clock *clock, uint64_t count)
{
    count = clock->coarsen == 0 ? 0 : count / clock->coarsen; /* 0: so fine that 64 bits hold less than a second */
    uint64_t seconds = count / clock->units;
    uint64_t rest = count % clock->units;
    uint64_t ns = clock->per_unit ? rest * clock->per_unit : rest * NS / clock->units;
    if (clock->offset < 0) {
        uint64_t back = (uint64_t)-(clock->offset + 1) + 1;
        seconds = back > seconds ? 0 : seconds - back;
    } else {
        uint64_t ahead = (uint64_t)clock->offset;
        seconds = ahead > UINT64_MAX - seconds ? UINT64_MAX : seconds + ahead;
    }
    if (seconds > (UINT64_MAX - ns) / NS)
        return UINT64_MAX;
    return seconds * NS + ns;
}
