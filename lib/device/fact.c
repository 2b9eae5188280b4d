/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/fact.h"

#include <stdbool.h>

const char *smini_answer_name(enum smini_answer answer)
{
    static const char *const names[] = {"unknown", "no", "yes"};
    return answer <= SMINI_YES ? names[answer] : "unknown";
}

struct smini_fact smini_fact_join(const struct smini_fact *facts, uint32_t count)
{
    static const struct smini_fact contradiction = {SMINI_UNKNOWN, 0, "what is known contradicts itself"};
    struct smini_fact joined = facts[0];
    for (uint32_t i = 1; i < count; i++) {
        bool better = joined.answer == SMINI_UNKNOWN && joined.line == 0 && facts[i].line > 0;
        if (facts[i].answer == joined.answer || facts[i].answer == SMINI_UNKNOWN) {
            joined = better ? facts[i] : joined;
            continue;
        }
        if (joined.answer != SMINI_UNKNOWN)
            return contradiction;
        joined = facts[i];
    }
    return joined;
}
