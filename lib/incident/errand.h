/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that a command, or a URL, names: from where, or to be fetched from the device. */
#ifndef SMINI_ERRAND_H
#define SMINI_ERRAND_H

#include "incident/incident.h"

struct smini_errand {
    struct smini_span name; /* without its leading slash; points into the text */
    struct smini_incident_address host; /* version 0: a name, or the device itself */
    bool served;            /* the device becomes the server of it */
};

/* The next one in `text` from `*at` on, which moves behind it. False: there is none. */
bool smini_errand_next(struct smini_span text, size_t *at, struct smini_errand *errand);

#endif
