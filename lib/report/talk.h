/* SPDX-License-Identifier: BSD-2-Clause */
/* Who talked to whom: what the arrangement hands to the drawing. */
#ifndef SMINI_TALK_H
#define SMINI_TALK_H

#include "report/svg.h"

enum { SMINI_TALK_EDGES_MAX = 6 }; /* on each side of one device; what is beyond is counted on the last */

/* An arrow: an order on the left of a device, a file on its right. */
struct smini_talk_edge {
    struct smini_incident_address other;
    enum smini_verdict verdict;
    enum smini_outcome outcome;
    const struct smini_incident_file *file; /* NULL on the right: a server that was named, and no transfer was seen */
    uint32_t number;                        /* of an incident it stands for */
    uint32_t severity;
    uint32_t count; /* of incidents, or of files */
    uint32_t more;  /* different ones that found no room */
};

/* A device, or several to which exactly the same was done. */
struct smini_talk_node {
    const struct smini_page_subject *subject;
    struct smini_incident_address last; /* the highest address of a group */
    struct smini_talk_edge *left, *right;
    uint32_t left_count, right_count;
    uint32_t members; /* 0: told with another */
    uint32_t order;   /* its place among the subjects */
};

struct smini_talk {
    struct smini_alloc *alloc;
    struct smini_talk_node *nodes;
    struct smini_talk_edge *edges;
    size_t room, edge_room;
    uint32_t node_count;
    uint32_t quiet; /* devices without incidents, which are not drawn */
    uint32_t left_out, grouped;
    bool servers;
};

uint32_t smini_talk_slots(const struct smini_talk_node *node);
void smini_talk_draw(struct smini_page_work *work, const struct smini_talk *talk);

#endif
