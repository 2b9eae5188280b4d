/* SPDX-License-Identifier: BSD-2-Clause */
/* Which flows of which captures a slice holds. */
#ifndef SMINI_TOOL_EVIDENCE_WANTED_H
#define SMINI_TOOL_EVIDENCE_WANTED_H

#include "incident/incident.h"
#include "rows.h"

enum {
    /* A folder each: a sweep of a large network is told by the records. */
    SMINI_EVIDENCE_SLICES_MAX = 9999,
    /* Flows that came as others had announced; a capture of a million transfers is cut into several. */
    SMINI_EVIDENCE_LINKS_MAX = 1 << 20,
    SMINI_EVIDENCE_FLOWS_MAX = 1 << 22
};

/* A flow that came as another one had announced, or carries a file that it ordered. */
struct smini_evidence_link {
    uint64_t flow_id, announcer_id;
    uint64_t own; /* one more part of the same transfer: 1 or 0 */
};

/* A flow of one incident. Those of the same flow stand together; the index of the first stands for the flow. */
struct smini_wanted {
    uint64_t flow_id;
    const char *capture; /* of the incident */
    uint32_t incident;
    uint32_t kind; /* SMINI_EVIDENCE_* */
};

/*
 * The flows that incidents rest on, those that announced them, and all parts of
 * their transfers: without them a transfer on ports of its own would not be
 * known again, and one that lacks a part would be told otherwise. `links` is
 * sorted on the way. SMIN_OK, SMIN_E_NOMEM; SMIN_E_LIMIT: not all of them.
 */
int32_t smini_wanted_gather(struct smini_rows *wanted, const struct smini_incident_set *incidents,
                            struct smini_rows *links);

/* Index of the first row of that flow in that capture, or SIZE_MAX. */
size_t smini_wanted_find(const struct smini_rows *wanted, uint64_t flow_id, const char *capture);

/* Do two rows stand for the same flow? */
bool smini_wanted_same_flow(const struct smini_wanted *a, const struct smini_wanted *b);

#endif
