/* SPDX-License-Identifier: BSD-2-Clause */
/* What the arrangement of the timeline hands to its drawing. */
#ifndef SMINI_TIMELINE_H
#define SMINI_TIMELINE_H

#include "report/svg.h"

enum {
    SMINI_LANE_LEFT = 290,
    SMINI_LANE_RIGHT = 36, /* room for what stands behind the last mark */
    SMINI_LANE_HEIGHT = 42
};

/* An incident on its lane. Addresses of version 0: many share the lane. */
struct smini_lane_entry {
    struct smini_incident_address actor, device;
    uint32_t number;
    uint32_t pairs; /* 1 at the first of each pair of actor and device, so that a lane can count them */
};

struct smini_lane {
    struct smini_incident_address actor, device;
    uint32_t start, count; /* of entries */
    uint32_t pairs, gravity;
    uint64_t first_ns;
};

/* A mark or a bar. */
struct smini_lane_event {
    uint64_t time_ns, end_ns;
    const struct smini_incident_file *file;         /* NULL: a message */
    const struct smini_incident_reference *message; /* NULL: a file, or an incident whose messages are not known */
    uint32_t number;                                /* of the incident */
};

struct smini_timeline {
    struct smini_alloc *alloc;
    struct smini_lane_entry *entries;
    struct smini_lane *lanes; /* by time */
    uint64_t *times;          /* microseconds, ascending */
    struct smini_lane_event *events; /* room for those of the fullest lane */
    size_t room, time_room, event_room;
    uint32_t entry_count, lane_count, pair_count, time_count;
    struct smini_axis axis;
};

void smini_timeline_draw(struct smini_page_work *work, const struct smini_timeline *line);

#endif
