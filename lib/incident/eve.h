/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Records as JSON lines, of smin-replay or of Suricata 8 with our plugin, read
 * back into facts. What is read is not trusted: a damaged line is one damaged
 * line, and what an engine does not record stays unknown.
 */
#ifndef SMINI_EVE_H
#define SMINI_EVE_H

#include "base/bytebuf.h"
#include "incident/incident.h"

/* A message of 64 KB, every byte of it escaped, and as many events and alerts beside it, stay far below. */
enum { SMINI_EVE_LINE_MAX = 1U << 20 };

struct smini_eve_counts {
    uint64_t lines;
    uint64_t facts;       /* records that said something of a message, a flow or a file */
    uint64_t passed_over; /* records of other kinds */
    uint64_t malformed;   /* lines that are no record, or lack what theirs must say */
    uint64_t too_long;    /* lines longer than SMINI_EVE_LINE_MAX */
};

struct smini_eve {
    struct smini_incident_set *set;
    struct smini_bytebuf line;  /* the beginning of one whose end has not come */
    struct smini_bytebuf texts; /* of the record at hand, as bytes */
    bool skipping;              /* the rest of a line that is too long */
    const char *name;           /* what records without a capture are told to come from */
    struct smini_eve_counts counts;
    /* A line that was not taken, and why: SMIN_E_MALFORMED or SMIN_E_LIMIT. May be NULL. */
    void (*on_problem)(void *user, uint64_t line, int32_t status, const char *detail);
    void *user;
};

void smini_eve_init(struct smini_eve *eve, struct smini_alloc *alloc, struct smini_incident_set *set, const char *name);
void smini_eve_free(struct smini_eve *eve);

/* Bytes as they come. SMIN_OK, SMIN_E_NOMEM; damaged lines are counted and told. */
int32_t smini_eve_push(struct smini_eve *eve, struct smini_span bytes);
/* The last line may have no end. */
int32_t smini_eve_end(struct smini_eve *eve);

/* "2026-01-02T03:04:05.678901+0000" as nanoseconds since 1970, UTC. SMIN_OK, SMIN_E_MALFORMED. */
int32_t smini_eve_time(struct smini_span text, uint64_t *time_ns);

#endif
