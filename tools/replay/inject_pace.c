/* SPDX-License-Identifier: BSD-2-Clause */
#include "inject_pace.h"

#include <string.h>

#include "smin/status.h"

static const uint64_t second_ns = 1000000000;

int32_t smini_rate_parse(const char *word, struct smini_rate *rate)
{
    uint32_t value = 0;
    *rate = (struct smini_rate){.kind = SMINI_RATE_ORIGINAL};
    if (strcmp(word, "original") == 0)
        return SMIN_OK;
    rate->kind = SMINI_RATE_MAX;
    if (strcmp(word, "max") == 0)
        return SMIN_OK;
    rate->kind = SMINI_RATE_COUNT;
    for (; *word; word++) {
        if (*word < '0' || *word > '9')
            return SMIN_E_MISUSE;
        value = value * 10 + (uint32_t)(*word - '0');
        if (value > SMINI_RATE_PER_SECOND_MAX)
            return SMIN_E_MISUSE;
    }
    rate->per_second = value;
    return value ? SMIN_OK : SMIN_E_MISUSE;
}

void smini_pace_start(struct smini_pace *pace, const struct smini_rate *rate, uint64_t now_ns)
{
    *pace = (struct smini_pace){.rate = *rate, .start_ns = now_ns};
}

void smini_pace_capture(struct smini_pace *pace)
{
    pace->begun = false;
}

static uint64_t due_as_captured(struct smini_pace *pace, uint64_t time_ns, uint64_t now_ns)
{
    uint64_t step = time_ns > pace->last_ns ? time_ns - pace->last_ns : pace->last_ns - time_ns;
    bool jump = pace->begun && step > SMINI_PACE_PAUSE_MAX;
    pace->jumps += jump;
    if (!pace->begun || jump) {
        pace->base_ns = now_ns;
        pace->origin_ns = time_ns;
    }
    pace->begun = true;
    pace->last_ns = time_ns;
    return time_ns > pace->origin_ns ? pace->base_ns + (time_ns - pace->origin_ns) : now_ns;
}

uint64_t smini_pace_due(struct smini_pace *pace, uint64_t time_ns, uint64_t now_ns)
{
    uint64_t sent = pace->sent++, per_second = pace->rate.per_second;
    switch (pace->rate.kind) {
    case SMINI_RATE_ORIGINAL: return due_as_captured(pace, time_ns, now_ns);
    case SMINI_RATE_COUNT:
        return pace->start_ns + sent / per_second * second_ns + sent % per_second * second_ns / per_second;
    case SMINI_RATE_MAX: break;
    }
    return now_ns;
}
