/* SPDX-License-Identifier: BSD-2-Clause */
/* Every keyword that is known: read, or refused with a reason. Fields and events come on top, by name. */
#ifndef SMINI_RULE_KEYWORD_TABLE_H
#define SMINI_RULE_KEYWORD_TABLE_H

#include "rule/parse.h"

enum smini_value_shape { SMINI_VALUE_NONE, SMINI_VALUE_NEEDED, SMINI_VALUE_OPTIONAL };

struct smini_keyword {
    const char *name;
    enum smini_value_shape shape;
    smini_option_reader *read; /* NULL: refused */
    const char *note;          /* read: what it does; refused: why, and what to write instead */
    const char *dialect;       /* who else writes it so */
};

/* The table, in the order of the documentation. */
const struct smini_keyword *smini_keyword_table(uint32_t *count);
const struct smini_keyword *smini_keyword_find(struct smini_span name);
/* Does only Snort 3 have it? */
bool smini_keyword_is_snort(const struct smini_keyword *keyword);

#endif
