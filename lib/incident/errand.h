/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that a command, or a URL, names: from where, or to be fetched from the device. */
#ifndef SMINI_ERRAND_H
#define SMINI_ERRAND_H

#include "incident/incident.h"

struct smini_errand {
    struct smini_span scheme; /* "tftp" */
    struct smini_span name;   /* without its leading slash; points into the text. Empty only where it is sealed */
    struct smini_incident_address host; /* version 0: a name, or the device itself */
    bool served; /* the device becomes the server of it */
    bool sealed; /* nobody but the two ends can read what moves */
};

/* The next one in `text` from `*at` on, which moves behind it. False: there is none. */
bool smini_errand_next(struct smini_span text, size_t *at, struct smini_errand *errand);

/* Would a file of this name, moved over this protocol, be the one that is meant? */
bool smini_errand_names(const struct smini_errand *errand, struct smini_span protocol, struct smini_span name);

/* What all ways to name one file have in common: a hash of its last part, without a query. */
uint64_t smini_errand_key(uint64_t state, struct smini_span name);

#endif
