/* SPDX-License-Identifier: BSD-2-Clause */
/* What rules remembered, as a call of the matcher sees it. Internal to lib/match. */
#ifndef SMINI_MATCH_RECALL_H
#define SMINI_MATCH_RECALL_H

#include "match/matcher.h"
#include "match/host_table.h"
#include "rule/state.h"

/* State of the call that is going on. */
struct smini_recall {
    struct smini_flow_memory *memory; /* NULL: no flow */
    const struct smini_flow_facts *facts;
    uint64_t time_ns;
    uint32_t direction;
    uint32_t kind;    /* SMIN_KIND_* */
    uint64_t changes; /* in this call */
};

/* A message begins: rules that answered the one before may answer again, unless it is that one's trailer. */
void smini_recall_message(struct smini_matcher *matcher, const struct smin_message *message);

/* Did the rule match the message that this trailer belongs to? Then it has counted and written already. */
bool smini_recall_answered(const struct smini_matcher *matcher, const struct smini_rule_state *state);

/* Do the rule's tests hold? */
bool smini_recall_holds(struct smini_matcher *matcher, const struct smini_rule_state *state);

/* The flow's own count of a rule, or NULL without a flow. */
struct smini_count *smini_recall_count(struct smini_matcher *matcher, const struct smini_rule_state *state);

/* The rule has matched. */
void smini_recall_write(struct smini_matcher *matcher, const struct smini_rule_state *state);

/* The thread's entry of that key, a new one when there is none; NULL: no memory, which is noted. */
struct smini_host_entry *smini_recall_host(struct smini_matcher *matcher, const struct smini_host_key *key);

/* One step on the bits of hosts and pairs of hosts. Without addresses no test holds and nothing is written. */
bool smini_recall_host_bit_holds(struct smini_matcher *matcher, const struct smini_state_step *step);
void smini_recall_host_bit_write(struct smini_matcher *matcher, const struct smini_state_step *step);

#endif
