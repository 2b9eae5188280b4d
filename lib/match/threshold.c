/* SPDX-License-Identifier: BSD-2-Clause */
/* The arithmetic is Suricata's, so that the same matches give the same alerts. */
#include "match/threshold.h"

uint64_t smini_threshold_until(const struct smini_threshold *threshold, const struct smini_count *count)
{
    return smini_seconds_later(count->since_ns, threshold->seconds);
}

static void raise_next(const struct smini_threshold *threshold, struct smini_count *count)
{
    uint64_t next = (uint64_t)count->next * threshold->multiplier;
    count->next = next > UINT32_MAX ? UINT32_MAX : (uint32_t)next;
}

/* The first match of all. */
static bool begin(const struct smini_threshold *threshold, struct smini_count *count, uint64_t now_ns)
{
    count->begun = true;
    count->since_ns = now_ns;
    count->matches = 1;
    count->next = threshold->count;
    if (threshold->type == SMINI_THRESHOLD_LIMIT)
        return true;
    if (threshold->type == SMINI_THRESHOLD_DETECTION || threshold->count != 1)
        return false;
    if (threshold->type == SMINI_THRESHOLD_BACKOFF)
        raise_next(threshold, count);
    return true;
}

/* The first match of a later period. */
static bool begin_again(const struct smini_threshold *threshold, struct smini_count *count, uint64_t now_ns)
{
    count->since_ns = now_ns;
    count->matches = 1;
    return threshold->type == SMINI_THRESHOLD_LIMIT ||
           (threshold->type == SMINI_THRESHOLD_BOTH && threshold->count == 1);
}

static bool count_backoff(const struct smini_threshold *threshold, struct smini_count *count)
{
    if (count->matches == UINT32_MAX)
        return false;
    count->matches++;
    if (count->matches != count->next)
        return false;
    raise_next(threshold, count);
    return true;
}

bool smini_threshold_count(const struct smini_threshold *threshold, struct smini_count *count, uint64_t now_ns)
{
    if (!count->begun)
        return begin(threshold, count, now_ns);
    if (threshold->type == SMINI_THRESHOLD_BACKOFF)
        return count_backoff(threshold, count);
    if (now_ns > smini_threshold_until(threshold, count))
        return begin_again(threshold, count, now_ns);
    count->matches += count->matches < UINT32_MAX ? 1 : 0;
    switch (threshold->type) {
    case SMINI_THRESHOLD_LIMIT:
        return count->matches <= threshold->count;
    case SMINI_THRESHOLD_EVERY:
        if (count->matches < threshold->count)
            return false;
        count->matches = 0;
        return true;
    case SMINI_THRESHOLD_BOTH:
        return count->matches == threshold->count;
    case SMINI_THRESHOLD_DETECTION:
        return count->matches > threshold->count;
    case SMINI_THRESHOLD_BACKOFF:
        break;
    }
    return false;
}
