/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages in, hits out. A matcher is the scratch of one thread; nothing is
 * allocated per message. One hit per message and rule, in the order of the
 * rules; the result does not depend on how the stream was cut into segments.
 */
#ifndef SMINI_MATCH_MATCHER_H
#define SMINI_MATCH_MATCHER_H

#include "match/cost.h"
#include "match/database.h"

struct smini_matcher;

/* What rules remember about one flow, for both of its directions. */
struct smini_flow_memory;

/* Search state of one direction of one flow, for rules that look at streams. */
struct smini_match_stream;

struct smini_hit {
    const struct smini_rule *rule;
    uint64_t offset; /* in the stream: first byte of the deciding match; of the message when no bytes decided */
    uint32_t length; /* of that match; 0 when none */
};

/* Valid until the next call with the same matcher. */
struct smini_hits {
    const struct smini_hit *list;
    uint32_t count;
};

struct smini_match_counters {
    uint64_t scans;
    uint64_t scanned_bytes;
    uint64_t verifications;
    uint64_t steps;
    uint64_t hits;
    uint64_t step_limit_hits;
    uint64_t regex_limit_hits;
    uint64_t hit_limit_hits;
    uint64_t host_limit_hits;   /* counts and bits of hosts that gave way while they still meant something */
    uint64_t window_limit_hits; /* stream bytes that left the window */
};

/* Holds a reference on the database. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_matcher_new(struct smini_alloc *alloc, struct smini_database *database, struct smini_matcher **matcher);
void smini_matcher_free(struct smini_matcher *matcher); /* NULL is fine */
const struct smini_match_counters *smini_matcher_counters(const struct smini_matcher *matcher);
/* Counts from now on what each rule costs. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_matcher_count_costs(struct smini_matcher *matcher);
/* By the rule's index in its set; NULL when nothing is counted or there is no such rule. */
const struct smini_rule_cost *smini_matcher_cost(const struct smini_matcher *matcher, uint32_t index);

/*
 * State for one direction (SMIN_TO_SERVER or SMIN_TO_CLIENT). `*stream` stays
 * NULL, with SMIN_OK, when no stream rule can apply to this flow and direction;
 * NULL is fine in every call below. SMIN_OK, SMIN_E_NOMEM. `offset` is where
 * the direction begins (not 0 midstream).
 */
int32_t smini_match_stream_new(struct smini_matcher *matcher, const struct smini_flow_facts *facts, uint32_t direction,
                               uint64_t offset, struct smini_match_stream **stream);
void smini_match_stream_free(struct smini_matcher *matcher, struct smini_match_stream *stream);

/* For a flow, when smini_database_has_state(). SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_flow_memory_new(struct smini_matcher *matcher, struct smini_flow_memory **memory);
void smini_flow_memory_free(struct smini_matcher *matcher, struct smini_flow_memory *memory); /* NULL is fine */

/* What the next call below may look up and change, and the time it is judged at. Without it, or with NULL, there is no
 * flow: whatever is asked of its bits does not hold, and none is set. */
void smini_matcher_recall(struct smini_matcher *matcher, struct smini_flow_memory *memory, uint64_t time_ns);

/*
 * Judges one message (or trailer, or bare stream events). When `stream` is
 * given, the message's bytes are also searched as the next piece of it; bytes
 * of the message that were not retained break the stream. A message whose
 * offset lies behind what the stream has seen is a gap; one before it is
 * judged, but not searched twice.
 * SMIN_OK; SMIN_E_LIMIT: some rule was not decided (counted); SMIN_E_NOMEM:
 * the stream could not be kept or an expression not be tried; the hits are right as far as they go.
 */
int32_t smini_match_message(struct smini_matcher *matcher, struct smini_match_stream *stream,
                            const struct smini_flow_facts *facts, const struct smin_message *message,
                            struct smini_hits *hits);

/* As above for stream bytes that are no message: only plain tcp rules look at them. To be called at positions that do
 * not depend on segmentation. */
int32_t smini_match_stream_bytes(struct smini_matcher *matcher, struct smini_match_stream *stream,
                                 const struct smini_flow_facts *facts, uint64_t offset, struct smini_span bytes,
                                 struct smini_hits *hits);

#endif
