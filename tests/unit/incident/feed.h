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
/* Every line in an order made of `seed`; every one twice where that is odd. A line's packet is its place in `seen`. */
int32_t feed_mixed(struct smini_incident_set *set, const char *seen, uint32_t seed);
/* A set that was fed and finished. The worst status. */
int32_t feed_situation(struct smini_alloc *alloc, const struct situation *situation, struct smini_incident_set **set);
/* Facts are taken as soon as `held` bytes of them wait; 0: the default. */
extern size_t feed_held_bytes;
int32_t feed_situation_mixed(struct smini_alloc *alloc, const struct situation *situation, uint32_t seed,
                             struct smini_incident_set **set);

#endif
