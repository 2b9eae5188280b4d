/* SPDX-License-Identifier: BSD-2-Clause */
/* How a rule set is judged: what is asked first, which pattern is scanned for in which buffer. Internal to lib/match. */
#ifndef SMINI_MATCH_PLAN_H
#define SMINI_MATCH_PLAN_H

#include <stdatomic.h>

#include "match/candidates.h"
#include "match/database.h"
#include "match/limits.h"
#include "match/regex.h"
#include "match/scan.h"
#include "match/stream_plan.h"
#include "match/widen.h"

struct smini_packet_plan;
struct smini_file_plan;

struct smini_plan_rule {
    const struct smini_rule *rule;
    bool any_header;   /* no address or port to compare */
    bool on_messages;  /* judged on messages */
    bool on_stream;    /* judged on the stream */
    bool has_fast;     /* a pattern has to be found first */
    bool restless;     /* on the stream: bytes that its literals do not cover can decide it */
    bool bare_numbers; /* neither bytes nor events: a message answers it, its trailer does not again */
    uint64_t fields;   /* that have to be there for its bytes, as bits */
    uint32_t exact_field;   /* one of them that has to be these bytes; 0: none */
    struct smini_span exact;
    bool rare_events;  /* some of its events have ids that no bit stands for */
    uint64_t events[SMINI_MATCH_EVENT_INDEX / 64]; /* that have to be there, as bits */
    uint32_t fast_buffer;   /* index into buffers */
    uint32_t fast_pattern;  /* index into that buffer's patterns */
    uint32_t stream_index;  /* among the rules on streams */
    uint32_t stream_first;  /* its patterns in the stream scanner */
    uint32_t stream_count;
};

/* One kind of buffer that rules look into, and the patterns they look for. */
struct smini_plan_buffer {
    uint32_t buffer; /* SMINI_BUFFER_PAYLOAD or a field id */
    uint32_t pattern_count;
    uint32_t *pattern_rule; /* index of the rule that wants the pattern */
    struct smini_pattern *patterns;
    struct smini_scanner *scanner;
};

struct smini_database {
    struct smini_alloc *alloc;
    struct smini_rule_set *set;
    atomic_uint references;
    struct smini_match_limits limits;
    bool want_fast;
    const struct smini_match_host *host; /* while it is made; may be NULL */
    char matcher[64];

    struct smini_plan_rule *rules;
    uint32_t rule_count;
    uint32_t rule_capacity;
    struct smini_candidates candidates;

    struct smini_plan_buffer *buffers;
    uint32_t buffer_count;
    uint32_t buffer_capacity;

    struct smini_pattern *stream_patterns;
    struct smini_scanner *stream_scanner; /* NULL when no rule on streams has a pattern */
    uint32_t stream_pattern_count;
    uint32_t stream_pattern_capacity;
    uint32_t stream_rule_count;
    struct smini_stream_plan stream_plan;
    bool has_pass;
    struct smini_state_sizes state;
    struct smini_packet_plan *packets; /* NULL when no rule is judged on packets or datagrams */
    struct smini_file_plan *files;     /* NULL when none is judged on files */

    struct smini_regex **regexes; /* by condition.regex */
    struct smini_wide *wide;      /* likewise: what the scanner looks for instead, when there is a fast one */
    uint32_t regex_count;
};

/* Buffers as bits. Those beyond the last bit share it: scanning one of them in vain costs time, nothing else. */
static inline uint64_t smini_plan_buffer_bit(uint32_t buffer)
{
    return (uint64_t)1 << (buffer < 63 ? buffer : 63);
}

/* Puts the rules into the order in which Suricata judges them, for only rules that remember can tell. */
void smini_plan_order(struct smini_database *database);
/* Classifies a rule. */
void smini_plan_describe(const struct smini_rule *rule, struct smini_plan_rule *planned);
/* The pattern by which a rule is found, and in which buffer; false: it has to be judged outright. */
bool smini_plan_pattern(const struct smini_database *database, const struct smini_rule *rule,
                        struct smini_pattern *pattern, uint32_t *buffer);
/* Fills rules, buffers and patterns from the set. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_plan_build(struct smini_database *database);

#endif
