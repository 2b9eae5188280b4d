/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the secrets of any text are: commands, URLs, names, and sentences that
 * quote them. What a secret looks like is known to lib/device; here it is asked
 * about the whole text and about each part that may be a command of its own.
 */
#ifndef SMINI_SECRET_H
#define SMINI_SECRET_H

#include "base/span.h"

/* When there are more, everything from the last one on is secret. */
enum { SMINI_SECRETS_MAX = 32, SMINI_SECRET_READINGS_MAX = 24 };

struct smini_secret {
    size_t start, length;
};

struct smini_secrets {
    struct smini_secret part[SMINI_SECRETS_MAX]; /* ascending, apart from each other */
    uint32_t count;
};

void smini_secrets_find(struct smini_secrets *secrets, struct smini_span text);

#endif
