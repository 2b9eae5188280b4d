/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Several captures at a time, one order of results. Each capture has a lane.
 * The lane whose turn it is writes straight on; the others keep what they have,
 * and wait when that is much. So the output is the same for any number of
 * threads, and memory stays bounded without a file to spill to.
 */
#ifndef SMINI_TOOL_ORDER_H
#define SMINI_TOOL_ORDER_H

#include "facts.h"
#include "tool.h"

enum {
    SMINI_LANE_BYTES_MAX = 8 << 20, /* kept by a lane that has to wait for its turn */
    SMINI_LANES_PER_THREAD = 2
};

struct smini_order;

struct smini_lane {
    struct smini_order *order;
    uint32_t index;
    bool taken, done, is_head;
    struct smini_alloc alloc;
    struct smini_bytebuf json, facts;
    struct smini_tally tally;
};

struct smini_order {
    struct smini_alloc *alloc;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    uint32_t head, next, count, lane_count;
    struct smini_lane *lanes;
    struct smini_json_output output;
    struct smini_incident_set *incidents;
    struct smini_tally *tally;
    int output_error;
    int32_t status;
};

/* SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_order_init(struct smini_order *order, struct smini_alloc *alloc, uint32_t threads, uint32_t count);
void smini_order_free(struct smini_order *order);

/* The next capture's lane, or NULL when there is none left. Blocks while too many wait for their turn. */
struct smini_lane *smini_order_take(struct smini_order *order);
/* The capture was read to its end. */
void smini_order_done(struct smini_lane *lane);

/* For smini_json_output; `user` is a lane. */
int smini_lane_write(void *user, const uint8_t *bytes, size_t length);
void smini_lane_message(struct smini_lane *lane, const struct smini_incident_message *message);
void smini_lane_transfer(struct smini_lane *lane, const struct smini_incident_transfer *transfer);
void smini_lane_flow(struct smini_lane *lane, const struct smini_incident_flow *flow);

/* --- tally.c --- */
void smini_tally_init(struct smini_tally *tally);
void smini_tally_alert(struct smini_tally *tally, const struct smin_rule_info *rule, uint64_t count);
/* One line on what was incomplete; made of its parts. */
void smini_tally_note(struct smini_tally *tally, struct smini_alloc *alloc, const char *capture,
                      const struct smini_problem *problem);
/* `from` is added to `into` and emptied; its notes were made with `from_alloc`. */
void smini_tally_merge(struct smini_tally *into, struct smini_alloc *into_alloc, struct smini_tally *from,
                       struct smini_alloc *from_alloc);
void smini_tally_free(struct smini_tally *tally, struct smini_alloc *alloc);

#endif
