/* SPDX-License-Identifier: BSD-2-Clause */
/* Which of the matches that are counted together become alerts. Internal to lib/match. */
#ifndef SMINI_MATCH_THRESHOLD_H
#define SMINI_MATCH_THRESHOLD_H

#include "rule/state.h"

/* That many seconds after a time; times stop at their largest value. */
static inline uint64_t smini_seconds_later(uint64_t time_ns, uint32_t seconds)
{
    uint64_t length = (uint64_t)seconds * 1000000000u;
    return time_ns > UINT64_MAX - length ? UINT64_MAX : time_ns + length;
}

/* What was counted for one threshold and one thing it tracks. All zero: nothing yet. */
struct smini_count {
    uint64_t since_ns; /* when the period began */
    uint32_t matches;  /* in the period */
    uint32_t next;     /* of backoff: the match that alerts next */
    bool begun;
};

/* Counts a match at that time. Does it alert? Times that run backwards belong to the period at hand. */
bool smini_threshold_count(const struct smini_threshold *threshold, struct smini_count *count, uint64_t now_ns);

/* The last instant of the period at hand: later, forgetting the count changes nothing. */
uint64_t smini_threshold_until(const struct smini_threshold *threshold, const struct smini_count *count);

#endif
