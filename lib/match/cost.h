/* SPDX-License-Identifier: BSD-2-Clause */
/* What each rule costs a matcher, for those who write rules. Counted on request only. */
#ifndef SMINI_MATCH_COST_H
#define SMINI_MATCH_COST_H

#include <stdint.h>

struct smini_rule_cost {
    uint64_t checks;        /* asked about its header, numbers and flow */
    uint64_t verifications; /* its bytes were looked at */
    uint64_t steps;         /* of that */
    uint64_t matches;       /* before thresholds, noalert and pass rules */
    uint64_t limit_hits;    /* verifications that were not decided */
};

#endif
