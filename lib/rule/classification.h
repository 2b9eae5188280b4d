/* SPDX-License-Identifier: BSD-2-Clause */
/* The well-known classtypes: description and default priority. */
#ifndef SMINI_RULE_CLASSIFICATION_H
#define SMINI_RULE_CLASSIFICATION_H

#include "base/span.h"

struct smini_classification {
    const char *name;
    const char *category;
    uint32_t priority;
};

/* Used where a rule names neither a priority nor a known classtype. */
#define SMINI_PRIORITY_DEFAULT 3u

/* NULL when unknown. */
const struct smini_classification *smini_classification_find(struct smini_span name);

#endif
