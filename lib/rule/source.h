/* SPDX-License-Identifier: BSD-2-Clause */
/* A rule text cut into rules: comments and empty lines left out, continuation lines kept together. */
#ifndef SMINI_RULE_SOURCE_H
#define SMINI_RULE_SOURCE_H

#include "base/span.h"

struct smini_source {
    struct smini_span text;
    size_t at;
    uint32_t line; /* of `at`, from 1 */
};

void smini_source_init(struct smini_source *source, struct smini_span text);

/* The next rule, from its first byte that is no white space; false at the end. */
bool smini_source_next(struct smini_source *source, struct smini_span *rule, uint32_t *line, uint32_t *column);

#endif
