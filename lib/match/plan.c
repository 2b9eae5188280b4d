/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/plan.h"

#include "match/header_test.h"
#include "smin/status.h"

/* A content that can only lie in one or two places is cheaper to compare than to scan for. */
static bool is_anchored(const struct smini_content *content)
{
    return content->has_depth && !content->depth.variable &&
           (uint64_t)content->depth.number < content->pattern.length + 4;
}

/* How much of a match a condition fixes, in bits; 0: it has no pattern. A literal costs less to look for than an
 * expression, so one that is long enough is not given up for any; and what was asked for is better than anything. */
static uint32_t score(const struct smini_database *database, const struct smini_condition *condition)
{
    if (condition->kind == SMINI_CONDITION_PCRE && database->wide)
        return database->wide[condition->regex].bits;
    if (condition->kind != SMINI_CONDITION_CONTENT || condition->u.content.negated)
        return 0;
    const struct smini_content *content = &condition->u.content;
    if (content->fast_pattern)
        return UINT32_MAX;
    uint32_t bits = is_anchored(content) ? 0 : (uint32_t)content->pattern.length * 8;
    return bits < SMINI_MATCH_GOOD_LITERAL_BITS ? bits : UINT32_MAX / 2 + bits;
}

/* The condition by which a rule is found, or NULL: it has to be judged outright. */
static const struct smini_condition *choose_condition(const struct smini_database *database,
                                                      const struct smini_rule *rule, uint32_t *buffer)
{
    const struct smini_condition *best = NULL;
    for (uint32_t s = 0; s < rule->section_count; s++) {
        const struct smini_section *section = &rule->sections[s];
        if (section->or_absent)
            continue; /* nothing of it has to be found */
        for (uint32_t i = 0; i < section->condition_count; i++) {
            const struct smini_condition *condition = &section->conditions[i];
            if (score(database, condition) > (best ? score(database, best) : 0)) {
                best = condition;
                *buffer = section->buffer;
            }
        }
    }
    return best;
}

static bool is_restless(const struct smini_condition *condition)
{
    return condition->kind != SMINI_CONDITION_CONTENT || condition->u.content.negated ||
           condition->u.content.ends_with;
}

/* A message lacks most events: a word of bits tells it at once. */
static void note_events(const struct smini_rule *rule, struct smini_plan_rule *planned)
{
    for (uint32_t i = 0; i < rule->event_count; i++) {
        uint32_t id = rule->events[i];
        if (id < SMINI_MATCH_EVENT_INDEX)
            planned->events[id / 64] |= (uint64_t)1 << (id % 64);
        else
            planned->rare_events = true;
    }
}

/* The content is all of its buffer, to the letter. */
static bool is_exact(const struct smini_condition *condition)
{
    const struct smini_content *content = &condition->u.content;
    return condition->kind == SMINI_CONDITION_CONTENT && !content->negated && !content->nocase &&
           !content->relative && content->starts_with && content->ends_with;
}

/* A message lacks most fields, too; and what one of them has to be is compared before anything else is begun. */
static void note_fields(const struct smini_rule *rule, struct smini_plan_rule *planned)
{
    for (uint32_t s = 0; s < rule->section_count; s++) {
        const struct smini_section *section = &rule->sections[s];
        if (section->buffer == SMINI_BUFFER_PAYLOAD || section->buffer >= SMINI_MATCH_FIELD_INDEX ||
            section->absent || section->or_absent)
            continue;
        planned->fields |= (uint64_t)1 << section->buffer;
        for (uint32_t i = 0; i < section->condition_count; i++) {
            if (!is_exact(&section->conditions[i]))
                continue;
            planned->exact_field = section->buffer;
            planned->exact = section->conditions[i].u.content.pattern;
        }
    }
}

void smini_plan_describe(const struct smini_rule *rule, struct smini_plan_rule *planned)
{
    bool payload_only = rule->section_count > 0 && !rule->field_test_count && !rule->event_count;
    for (uint32_t s = 0; s < rule->section_count; s++) {
        payload_only &= rule->sections[s].buffer == SMINI_BUFFER_PAYLOAD;
        for (uint32_t i = 0; i < rule->sections[s].condition_count; i++)
            planned->restless |= is_restless(&rule->sections[s].conditions[i]);
    }
    planned->rule = rule;
    note_events(rule, planned);
    note_fields(rule, planned);
    planned->any_header = smini_header_is_any(rule);
    planned->bare_numbers = rule->section_count == 0 && rule->event_count == 0;
    planned->on_messages = (rule->judged_on & SMINI_ON_MESSAGES) && !(rule->flow & SMINI_FLOW_ONLY_STREAM) && !rule->app_protocol_negated;
    planned->on_stream = payload_only && (rule->judged_on & SMINI_ON_MESSAGES) &&
                         rule->header.protocol != SMINI_PROTOCOL_APP && !rule->app_protocol &&
                         !(rule->flow & SMINI_FLOW_NO_STREAM);
}

/* Doubles a list when it is full. */
static int32_t make_room(struct smini_alloc *alloc, void **list, uint32_t count, uint32_t *capacity, size_t size)
{
    if (count < *capacity)
        return SMIN_OK;
    uint32_t wanted = *capacity ? *capacity * 2 : 8;
    void *grown = smini_alloc_grow(alloc, *list, *capacity * size, wanted * size);
    if (!grown)
        return SMIN_E_NOMEM;
    *list = grown;
    *capacity = wanted;
    return SMIN_OK;
}

static int32_t find_buffer(struct smini_database *database, uint32_t buffer, uint32_t *index)
{
    for (uint32_t i = 0; i < database->buffer_count; i++) {
        if (database->buffers[i].buffer == buffer) {
            *index = i;
            return SMIN_OK;
        }
    }
    void *list = database->buffers;
    int32_t status = make_room(database->alloc, &list, database->buffer_count, &database->buffer_capacity,
                               sizeof(database->buffers[0]));
    database->buffers = list;
    if (status != SMIN_OK)
        return status;
    *index = database->buffer_count++;
    database->buffers[*index].buffer = buffer;
    return SMIN_OK;
}

static struct smini_pattern pattern_of(const struct smini_database *database, const struct smini_condition *condition)
{
    struct smini_pattern pattern = {.expression = NULL};
    if (condition->kind == SMINI_CONDITION_PCRE) {
        pattern.expression = database->wide[condition->regex].text;
        return pattern;
    }
    const struct smini_content *content = &condition->u.content;
    pattern.literal.bytes = smini_span_part(content->pattern, content->fast_from, content->fast_length);
    pattern.literal.nocase = content->nocase;
    return pattern;
}

bool smini_plan_pattern(const struct smini_database *database, const struct smini_rule *rule,
                        struct smini_pattern *pattern, uint32_t *buffer)
{
    const struct smini_condition *condition = choose_condition(database, rule, buffer);
    if (condition)
        *pattern = pattern_of(database, condition);
    return condition != NULL;
}

/* Compiling takes time for every position of every expression. What is beyond the budget PCRE2 looks for alone. */
static void keep_to_budget(struct smini_database *database)
{
    uint64_t left = SMINI_MATCH_WIDE_POSITIONS_OF_ALL;
    for (uint32_t i = 0; i < database->rule_count && database->wide; i++) {
        const struct smini_plan_rule *planned = &database->rules[i];
        const struct smini_condition *condition;
        uint32_t ignored;
        while ((condition = choose_condition(database, planned->rule, &ignored)) != NULL &&
               condition->kind == SMINI_CONDITION_PCRE) {
            struct smini_wide *wide = &database->wide[condition->regex];
            uint32_t databases = (planned->on_messages ? 1u : 0u) + (planned->on_stream ? 1u : 0u) +
                                 (planned->rule->judged_on & SMINI_ON_FILES ? 1u : 0u);
            if ((uint64_t)wide->positions * databases <= left) {
                left -= (uint64_t)wide->positions * databases;
                break;
            }
            smini_wide_free(database->alloc, wide);
        }
    }
}

/* Counts first, so that every buffer's list is allocated once. */
static int32_t choose_fast(struct smini_database *database)
{
    for (uint32_t i = 0; i < database->rule_count; i++) {
        struct smini_plan_rule *planned = &database->rules[i];
        uint32_t buffer = 0;
        if (!planned->on_messages || !choose_condition(database, planned->rule, &buffer))
            continue;
        int32_t status = find_buffer(database, buffer, &planned->fast_buffer);
        if (status != SMIN_OK)
            return status;
        planned->has_fast = true;
        planned->fast_pattern = database->buffers[planned->fast_buffer].pattern_count++;
    }
    return SMIN_OK;
}

static int32_t gather_patterns(struct smini_database *database)
{
    for (uint32_t i = 0; i < database->buffer_count; i++) {
        struct smini_plan_buffer *buffer = &database->buffers[i];
        buffer->patterns = smini_alloc_array(database->alloc, buffer->pattern_count, sizeof(buffer->patterns[0]));
        buffer->pattern_rule =
            smini_alloc_array(database->alloc, buffer->pattern_count, sizeof(buffer->pattern_rule[0]));
        if (!buffer->patterns || !buffer->pattern_rule)
            return SMIN_E_NOMEM;
    }
    for (uint32_t i = 0; i < database->rule_count; i++) {
        const struct smini_plan_rule *planned = &database->rules[i];
        uint32_t ignored;
        if (!planned->has_fast)
            continue;
        struct smini_plan_buffer *buffer = &database->buffers[planned->fast_buffer];
        buffer->patterns[planned->fast_pattern] =
            pattern_of(database, choose_condition(database, planned->rule, &ignored));
        buffer->pattern_rule[planned->fast_pattern] = i;
    }
    return SMIN_OK;
}

/* On streams every content that has to be there is scanned for, and an expression when it tells more: a rule is looked
 * at when all of it was seen. */
static int32_t gather_stream_patterns(struct smini_database *database, struct smini_plan_rule *planned)
{
    const struct smini_section *section = &planned->rule->sections[0];
    uint32_t ignored;
    const struct smini_condition *best = choose_condition(database, planned->rule, &ignored);
    planned->stream_index = database->stream_rule_count++;
    planned->stream_first = database->stream_pattern_count;
    for (uint32_t i = 0; i < section->condition_count; i++) {
        const struct smini_condition *condition = &section->conditions[i];
        bool is_content = condition->kind == SMINI_CONDITION_CONTENT && !condition->u.content.negated;
        if (!is_content && condition != best)
            continue;
        void *list = database->stream_patterns;
        int32_t status = make_room(database->alloc, &list, database->stream_pattern_count,
                                   &database->stream_pattern_capacity, sizeof(database->stream_patterns[0]));
        database->stream_patterns = list;
        if (status != SMIN_OK)
            return status;
        struct smini_pattern pattern = pattern_of(database, condition);
        if (!pattern.expression)
            pattern.literal.bytes = condition->u.content.pattern;
        database->stream_patterns[database->stream_pattern_count++] = pattern;
    }
    planned->stream_count = database->stream_pattern_count - planned->stream_first;
    return SMIN_OK;
}

int32_t smini_plan_build(struct smini_database *database)
{
    keep_to_budget(database);
    for (uint32_t i = 0; i < database->rule_count; i++) {
        struct smini_plan_rule *planned = &database->rules[i];
        database->has_pass |= planned->rule->header.action == SMINI_ACTION_PASS;
        if (planned->on_stream && gather_stream_patterns(database, planned) != SMIN_OK)
            return SMIN_E_NOMEM;
    }
    int32_t status = smini_stream_plan_build(database);
    if (status == SMIN_OK)
        status = choose_fast(database);
    if (status == SMIN_OK)
        status = gather_patterns(database);
    if (status == SMIN_OK)
        status = smini_candidates_build(&database->candidates, database->alloc, database->rules, database->rule_count);
    return status;
}
