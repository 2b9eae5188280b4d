/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/matcher.h"

#include "match/alert.h"
#include "match/bits.h"
#include "match/file_plan.h"
#include "match/packet_plan.h"
#include "smin/status.h"

static size_t marks_size(const struct smini_database *database)
{
    return (size_t)database->rule_count + 1;
}

static size_t touched_size(const struct smini_database *database)
{
    return (size_t)database->stream_pattern_count + 1;
}

/* Everything that grows with the number of rules. */
static bool make_lists(struct smini_matcher *matcher)
{
    const struct smini_database *database = matcher->database;
    struct smini_alloc *alloc = matcher->alloc;
    matcher->marks = smini_alloc_get(alloc, marks_size(database));
    matcher->found = smini_alloc_array(alloc, marks_size(database), sizeof(matcher->found[0]));
    matcher->fresh = smini_alloc_array(alloc, smini_bits_words(database->stream_pattern_count), sizeof(uint64_t));
    matcher->touched = smini_alloc_array(alloc, touched_size(database), sizeof(matcher->touched[0]));
    matcher->queued = smini_alloc_array(alloc, smini_bits_words(database->rule_count), sizeof(uint64_t));
    matcher->hits = smini_alloc_array(alloc, database->limits.hits, sizeof(matcher->hits[0]));
    return matcher->marks && matcher->found && matcher->fresh && matcher->touched && matcher->queued && matcher->hits;
}

static void free_lists(struct smini_matcher *matcher)
{
    const struct smini_database *database = matcher->database;
    struct smini_alloc *alloc = matcher->alloc;
    smini_alloc_free(alloc, matcher->hits, database->limits.hits * sizeof(matcher->hits[0]));
    smini_alloc_free(alloc, matcher->queued, smini_bits_words(database->rule_count) * sizeof(uint64_t));
    smini_alloc_free(alloc, matcher->touched, touched_size(database) * sizeof(matcher->touched[0]));
    smini_alloc_free(alloc, matcher->fresh, smini_bits_words(database->stream_pattern_count) * sizeof(uint64_t));
    smini_alloc_free(alloc, matcher->found, marks_size(database) * sizeof(matcher->found[0]));
    smini_alloc_free(alloc, matcher->marks, marks_size(database));
}

static int32_t prepare_scanners(struct smini_matcher *matcher)
{
    const struct smini_database *database = matcher->database;
    int32_t status = SMIN_OK;
    for (uint32_t i = 0; i < database->buffer_count && status == SMIN_OK; i++)
        status = smini_scan_prepare(database->buffers[i].scanner, &matcher->scratch);
    if (status == SMIN_OK && database->stream_scanner)
        status = smini_scan_prepare(database->stream_scanner, &matcher->stream_scratch);
    if (status == SMIN_OK)
        status = smini_packet_plan_prepare(database, &matcher->scratch);
    return status == SMIN_OK ? smini_file_plan_prepare(database, &matcher->scratch) : status;
}

int32_t smini_matcher_new(struct smini_alloc *alloc, struct smini_database *database, struct smini_matcher **made)
{
    *made = NULL;
    struct smini_matcher *matcher = smini_alloc_get(alloc, sizeof(*matcher));
    if (!matcher)
        return SMIN_E_NOMEM;
    matcher->alloc = alloc;
    matcher->database = database;
    smini_database_ref(database);
    int32_t status = make_lists(matcher) ? SMIN_OK : SMIN_E_NOMEM;
    if (status == SMIN_OK && database->regex_count)
        status = smini_regex_scratch_new(alloc, database->limits.regex_steps, &matcher->regex_scratch);
    if (status == SMIN_OK)
        status = prepare_scanners(matcher);
    if (status != SMIN_OK) {
        smini_matcher_free(matcher);
        return status;
    }
    *made = matcher;
    return SMIN_OK;
}

void smini_matcher_free(struct smini_matcher *matcher)
{
    if (!matcher)
        return;
    struct smini_database *database = matcher->database;
    smini_scan_release(&matcher->scratch);
    smini_scan_release(&matcher->stream_scratch);
    smini_regex_scratch_free(matcher->regex_scratch);
    free_lists(matcher);
    smini_host_table_free(&matcher->hosts, matcher->alloc);
    smini_alloc_free(matcher->alloc, matcher->costs, matcher->cost_count * sizeof(matcher->costs[0]));
    smini_alloc_free(matcher->alloc, matcher, sizeof(*matcher));
    smini_database_unref(database);
}

int32_t smini_matcher_count_costs(struct smini_matcher *matcher)
{
    uint32_t count = smini_rule_set_count(matcher->database->set);
    if (count == 0 || matcher->costs)
        return SMIN_OK;
    matcher->costs = smini_alloc_array(matcher->alloc, count, sizeof(matcher->costs[0]));
    matcher->cost_count = matcher->costs ? count : 0;
    return matcher->costs ? SMIN_OK : SMIN_E_NOMEM;
}

const struct smini_rule_cost *smini_matcher_cost(const struct smini_matcher *matcher, uint32_t index)
{
    return index < matcher->cost_count ? &matcher->costs[index] : NULL;
}

const struct smini_match_counters *smini_matcher_counters(const struct smini_matcher *matcher)
{
    return &matcher->counters;
}

/* In the order of the rules. There are few, and those of the message alone are in order already. */
static void sort_hits(struct smini_hit *hits, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        struct smini_hit hit = hits[i];
        uint32_t at = i;
        for (; at > 0 && hits[at - 1].rule->index > hit.rule->index; at--)
            hits[at] = hits[at - 1];
        hits[at] = hit;
    }
}

void smini_matcher_start(struct smini_matcher *matcher, const struct smini_flow_facts *facts)
{
    matcher->recall.facts = facts;
    matcher->hit_count = 0;
    matcher->limited = matcher->no_memory = false;
    matcher->recall.changes = 0;
}

int32_t smini_matcher_finish(struct smini_matcher *matcher, int32_t status, struct smini_hits *hits)
{
    smini_alert_settle(matcher);
    matcher->recall.memory = NULL;
    sort_hits(matcher->hits, matcher->hit_count);
    matcher->counters.hits += matcher->hit_count;
    hits->list = matcher->hits;
    hits->count = matcher->hit_count;
    if (status != SMIN_OK)
        return status;
    if (matcher->no_memory)
        return SMIN_E_NOMEM;
    return matcher->limited ? SMIN_E_LIMIT : SMIN_OK;
}

int32_t smini_match_message(struct smini_matcher *matcher, struct smini_match_stream *stream,
                            const struct smini_flow_facts *facts, const struct smin_message *message,
                            struct smini_hits *hits)
{
    smini_matcher_start(matcher, facts);
    smini_recall_message(matcher, message);
    int32_t status = smini_judge_message(matcher, stream, facts, message);
    if (status == SMIN_OK && stream && message->kind != SMIN_KIND_STREAM)
        status = smini_match_search(matcher, stream, facts, message->offset,
                                   smini_span_make(message->bytes, message->size));
    if (status == SMIN_OK && stream && matcher->recall.changes)
        smini_judge_waiting(matcher, stream);
    return smini_matcher_finish(matcher, status, hits);
}

int32_t smini_match_stream_bytes(struct smini_matcher *matcher, struct smini_match_stream *stream,
                                 const struct smini_flow_facts *facts, uint64_t offset, struct smini_span bytes,
                                 struct smini_hits *hits)
{
    smini_matcher_start(matcher, facts);
    matcher->recall.kind = SMIN_KIND_STREAM;
    int32_t status = stream ? smini_match_search(matcher, stream, facts, offset, bytes) : SMIN_OK;
    return smini_matcher_finish(matcher, status, hits);
}
