/* SPDX-License-Identifier: BSD-2-Clause */
/* Scratch of one thread, shared by the files that judge messages and streams. Internal to lib/match. */
#ifndef SMINI_MATCH_JUDGE_H
#define SMINI_MATCH_JUDGE_H

#include "match/host_table.h"
#include "match/limits.h"
#include "match/matcher.h"
#include "match/plan.h"
#include "match/recall.h"
#include "match/verify.h"
#include "rule/integer.h"

struct smini_matcher {
    struct smini_alloc *alloc;
    struct smini_database *database;
    struct smini_scan_scratch scratch;
    struct smini_scan_scratch stream_scratch;
    struct smini_regex_scratch *regex_scratch;
    struct smini_match_counters counters;
    struct smini_rule_cost *costs; /* by the rule's index in its set; NULL: not counted */
    uint32_t cost_count;
    uint8_t *marks;    /* per rule, for the message at hand; zero between messages, but for rules that wait */
    bool marks_left;   /* some are not zero */
    bool collecting;   /* rules whose pattern is found are put into the list: */
    uint32_t *found;
    uint32_t found_count;
    uint64_t *fresh;   /* bits per pattern on streams: seen in the piece at hand; zero between pieces */
    uint32_t *touched; /* those patterns */
    uint32_t touched_count;
    uint64_t *queued;  /* bits per rule: to be looked at in the piece at hand, and in `found`; zero between pieces */
    struct smini_hit *hits;
    uint32_t hit_count;
    struct smini_recall recall;
    struct smini_host_table hosts;
    bool limited; /* something about the message at hand was not decided */
    bool no_memory; /* likewise, for want of memory */

    /* The message at hand. Bits stand for ids below the index. */
    const struct smin_message *message;
    uint64_t fields;   /* it has a field with that id */
    uint64_t repeated; /* more than one */
    uint64_t events[SMINI_MATCH_EVENT_INDEX / 64];
    uint32_t first_field[SMINI_MATCH_FIELD_INDEX]; /* index of the first one, where there is one */
};

static inline const struct smin_field *smini_message_field(const struct smin_message *message, uint32_t index)
{
    return (const struct smin_field *)(const void *)((const char *)message->fields +
                                                     (size_t)index * message->field_stride);
}

static inline const struct smin_event *smini_message_event(const struct smin_message *message, uint32_t index)
{
    return (const struct smin_event *)(const void *)((const char *)message->events +
                                                     (size_t)index * message->event_stride);
}

/* The first field with that id at or behind `from`; field_count when there is none. */
uint32_t smini_judge_field(const struct smini_matcher *matcher, uint32_t id, uint32_t from);

static inline uint64_t smini_bit_of(uint32_t id)
{
    return (uint64_t)1 << (id % 64);
}

/* Stands the field there at most once? Then the index says everything about it. */
static inline bool smini_judge_is_plain(const struct smini_matcher *matcher, uint32_t id)
{
    return id < SMINI_MATCH_FIELD_INDEX && !(matcher->repeated & smini_bit_of(id));
}

/* Does a numeric field of the message meet this test? Asked of every rule that may apply. */
static inline bool smini_judge_number(const struct smini_matcher *matcher, const struct smini_field_test *test)
{
    if (test->choice != SMINI_VALUE_ANY || test->sliced || !smini_judge_is_plain(matcher, test->field))
        return smini_field_test_holds(test, matcher->message, smini_judge_field(matcher, test->field, 0));
    return (matcher->fields & smini_bit_of(test->field)) != 0 &&
           smini_integer_holds(&test->test,
                               smini_message_field(matcher->message, matcher->first_field[test->field])->number);
}

/* Rules to be asked, in their order: those that were found and those that no pattern finds. */
struct smini_judge_walk {
    const uint32_t *found, *outright;
    uint32_t found_count, outright_count;
    uint32_t at_found, at_outright;
};

/* The next of them; false: there is none. */
static inline bool smini_judge_next(struct smini_judge_walk *walk, uint32_t *rule)
{
    bool outright = walk->at_outright < walk->outright_count;
    bool found = walk->at_found < walk->found_count;
    if (!outright && !found)
        return false;
    if (found && outright)
        found = walk->found[walk->at_found] < walk->outright[walk->at_outright];
    *rule = found ? walk->found[walk->at_found++] : walk->outright[walk->at_outright++];
    return true;
}

/* Puts `found` into the order of the rules. */
void smini_judge_sort_found(struct smini_matcher *matcher);

/* Verification of one rule, ready to be pointed at bytes; and what it cost, afterwards. */
struct smini_verify smini_judge_begin(struct smini_matcher *matcher);
void smini_judge_end(struct smini_matcher *matcher, const struct smini_rule *rule, const struct smini_verify *verify);

/* The rule is about to be asked. */
static inline void smini_judge_checked(struct smini_matcher *matcher, const struct smini_rule *rule)
{
    if (matcher->costs)
        matcher->costs[rule->index].checks++;
}

void smini_judge_add(struct smini_matcher *matcher, const struct smini_rule *rule, uint64_t offset, uint64_t length);

/* Around the judgement of one message, piece of a stream, datagram or packet. */
void smini_matcher_start(struct smini_matcher *matcher, const struct smini_flow_facts *facts);
int32_t smini_matcher_finish(struct smini_matcher *matcher, int32_t status, struct smini_hits *hits);

/* Judges the message by itself; marks the rules on streams that it answered as reported in `stream`. */
int32_t smini_judge_message(struct smini_matcher *matcher, struct smini_match_stream *stream,
                            const struct smini_flow_facts *facts, const struct smin_message *message);

/* Judges once more what state alone kept from matching; for changes that the search of the stream made. */
void smini_judge_waiting(struct smini_matcher *matcher, struct smini_match_stream *stream);
/* The search has answered a rule, so that the above passes over it. */
void smini_judge_answered(struct smini_matcher *matcher, const struct smini_plan_rule *planned);

/* The next bytes of a stream. SMIN_OK, SMIN_E_NOMEM, SMIN_E_INTERNAL. */
int32_t smini_match_search(struct smini_matcher *matcher, struct smini_match_stream *stream,
                          const struct smini_flow_facts *facts, uint64_t offset, struct smini_span bytes);
void smini_match_reported(struct smini_match_stream *stream, const struct smini_plan_rule *planned);

#endif
