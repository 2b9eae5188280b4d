/* SPDX-License-Identifier: BSD-2-Clause */
/* Regular expressions: PCRE2 with bounded work, its memory counted. */
#ifndef SMINI_MATCH_REGEX_H
#define SMINI_MATCH_REGEX_H

#include "base/alloc.h"
#include "rule/rule.h"

struct smini_regex; /* compiled, immutable, shared by threads */

/* For struct smini_rule_names. SMIN_OK; SMIN_E_REFUSED with the reason in `problem`; SMIN_E_NOMEM. */
int32_t smini_regex_check(struct smini_alloc *alloc, const struct smini_regex_text *text, char *problem,
                          size_t problem_size);
int32_t smini_regex_new(struct smini_alloc *alloc, const struct smini_regex_text *text, char *problem,
                        size_t problem_size, struct smini_regex **regex);
void smini_regex_free(struct smini_regex *regex); /* NULL is fine */

/* Scratch of one thread. */
struct smini_regex_scratch;
int32_t smini_regex_scratch_new(struct smini_alloc *alloc, uint32_t steps, struct smini_regex_scratch **scratch);
void smini_regex_scratch_free(struct smini_regex_scratch *scratch); /* NULL is fine */

/* Of the bytes at hand, as bits: they are a part only. */
enum {
    SMINI_REGEX_NOT_BEGINNING = 1, /* bytes[0] is not where the subject begins */
    SMINI_REGEX_NOT_END = 2        /* it goes on behind the last of them */
};

/*
 * Searches `bytes` from `from` on. SMIN_OK: found, `*begin` and `*end` say where; SMIN_DONE: not there; SMIN_E_LIMIT
 * and SMIN_E_NOMEM: not decided. `part` is SMINI_REGEX_*.
 */
int32_t smini_regex_find(const struct smini_regex *regex, struct smini_regex_scratch *scratch, struct smini_span bytes,
                         size_t from, uint32_t part, size_t *begin, size_t *end);

#endif
