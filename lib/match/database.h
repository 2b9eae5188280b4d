/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The compiled form of a rule set: immutable, shared by threads, counted. The
 * rule set must outlive it. Rules whose expression does not compile are left
 * out and diagnosed in the set.
 */
#ifndef SMINI_MATCH_DATABASE_H
#define SMINI_MATCH_DATABASE_H

#include "match/facts.h"
#include "match/host.h"
#include "rule/load.h"

enum smini_scanner_choice {
    SMINI_SCANNER_BEST, /* Hyperscan where it was built in and runs on this processor */
    SMINI_SCANNER_PLAIN /* the reference scanner */
};

/* Every limit of the matcher. Zero means the default of match/limits.h. */
struct smini_match_limits {
    uint32_t steps;         /* of verification, per rule and message */
    uint32_t stream_window; /* bytes of a stream that a rule can look back on */
    uint32_t hits;          /* per message */
    uint32_t regex_steps;   /* PCRE2's own match limit */
    uint32_t hosts;         /* counts of thresholds and bits of hosts, per thread */
};

struct smini_database;

/* SMIN_OK, SMIN_E_NOMEM, SMIN_E_INTERNAL (the pattern compiler failed). `limits` may be NULL. */
int32_t smini_database_new(struct smini_alloc *alloc, struct smini_rule_set *rules,
                           const struct smini_match_limits *limits, enum smini_scanner_choice choice,
                           struct smini_database **database);

/* As above, with what the host lends until it returns. */
int32_t smini_database_new_with(struct smini_alloc *alloc, struct smini_rule_set *rules,
                                const struct smini_match_limits *limits, enum smini_scanner_choice choice,
                                const struct smini_match_host *host, struct smini_database **database);

/* The count is atomic; the last unref frees and uses the allocator, so it must come from its thread. NULL is fine. */
void smini_database_ref(struct smini_database *database);
void smini_database_unref(struct smini_database *database);

/* "hyperscan 5.4.0" or "plain". */
const char *smini_database_matcher(const struct smini_database *database);

/* How many rules take part in matching. */
uint32_t smini_database_rule_count(const struct smini_database *database);

/* Would any plain tcp rule look at a flow between these ends, in either direction? */
bool smini_database_wants_tcp(const struct smini_database *database, const struct smini_flow_facts *facts);

/* Does any rule remember something? If not, no flow needs a memory. */
bool smini_database_has_state(const struct smini_database *database);

/* Would any rule look at the datagrams of a flow between these ends, in either direction? */
bool smini_database_wants_udp(const struct smini_database *database, const struct smini_flow_facts *facts);

/* What rules are judged on besides messages and streams: SMINI_ON_DATAGRAMS, SMINI_ON_PACKETS. */
uint32_t smini_database_judged_on(const struct smini_database *database);
/* Does a rule on packets look at what only a flow keeps: what rules remember, or the sizes of streams? */
bool smini_database_packets_remember(const struct smini_database *database);

/* Does any rule search streams? If not, no stream state is ever needed. */
bool smini_database_has_stream_rules(const struct smini_database *database);

#endif
