/* SPDX-License-Identifier: BSD-2-Clause */
/* An answer with its proof. What is missing or contradictory is unknown, never "no". */
#ifndef SMINI_DEVICE_FACT_H
#define SMINI_DEVICE_FACT_H

#include <stdint.h>

enum smini_answer {
    SMINI_UNKNOWN,
    SMINI_NO,
    SMINI_YES
};

struct smini_fact {
    enum smini_answer answer;
    uint32_t line;      /* that proves it; 0: none does */
    const char *reason; /* plain words, static */
};

/* "unknown", "no", "yes". */
const char *smini_answer_name(enum smini_answer answer);

/*
 * What several proofs say together: the first that says something, unless
 * another contradicts it; then it is unknown. Of several that say nothing, the
 * first that can point to a line. `count` is at least 1.
 */
struct smini_fact smini_fact_join(const struct smini_fact *facts, uint32_t count);

#endif
