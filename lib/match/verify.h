/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Do the conditions of a section hold on these bytes? In order, with another
 * try at every earlier occurrence that a relative condition may still like,
 * within a number of steps.
 */
#ifndef SMINI_MATCH_VERIFY_H
#define SMINI_MATCH_VERIFY_H

#include "match/regex.h"
#include "rule/limits.h"

struct smini_verify {
    struct smini_span bytes;
    uint64_t base; /* position of bytes[0]: 0 for messages and buffers, more when a stream's beginning was dropped */
    bool open_end; /* what the bytes are the beginning of goes on: what asks for its end does not hold */
    struct smini_regex *const *regexes;
    struct smini_regex_scratch *regex_scratch;
    uint64_t steps;
    uint64_t step_limit;
    bool limited;       /* out of steps: the answer "no" is not an answer */
    bool regex_limited; /* likewise, by an expression */
    bool no_memory;     /* likewise, for want of memory */
    uint64_t values[SMINI_RULE_BYTE_VARIABLES_MAX]; /* of the rule's variables; never read before they are set */
    size_t match_at;    /* the last positive match of the way that held */
    size_t match_length;
};

bool smini_verify_section(struct smini_verify *verify, const struct smini_section *section);

#endif
