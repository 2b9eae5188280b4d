/* SPDX-License-Identifier: BSD-2-Clause */
/* From the lines of situations.h to facts. */
#ifndef SMINI_TEST_FEED_H
#define SMINI_TEST_FEED_H

#include "incident/incident.h"

struct situation {
    const char *label;
    const char *directors, *file_servers;
    const char *seen;
    const char *incidents; /* "actor>device verdict outcome severity authorised messages", one per line */
    const char *devices;   /* "device role state" */
};

struct smini_incident_address people_address(char letter);
char people_letter(const struct smini_incident_address *address);

/* Feeds every line; the worst status. */
int32_t feed(struct smini_incident_set *set, const char *seen);
/* A set that was fed and finished. The worst status. */
int32_t feed_situation(struct smini_alloc *alloc, const struct situation *situation, struct smini_incident_set **set);

#endif
