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

/* Higher is better: what was asked for, then long, then not anchored. Negated contents have none. */
static uint32_t score(const struct smini_condition *condition)
{
    if (condition->kind != SMINI_CONDITION_CONTENT || condition->u.content.negated)
        return 0;
    const struct smini_content *content = &condition->u.content;
    if (content->fast_pattern)
        return UINT32_MAX;
    return is_anchored(content) ? 0 : (uint32_t)content->pattern.length;
}

const struct smini_condition *smini_plan_fast(const struct smini_rule *rule, uint32_t *buffer)
{
    const struct smini_condition *best = NULL;
    for (uint32_t s = 0; s < rule->section_count; s++) {
        const struct smini_section *section = &rule->sections[s];
        for (uint32_t i = 0; i < section->condition_count; i++) {
            const struct smini_condition *condition = &section->conditions[i];
            if (score(condition) > (best ? score(best) : 0)) {
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
    planned->any_header = smini_header_is_any(rule);
    planned->bare_numbers = rule->section_count == 0 && rule->event_count == 0;
    planned->on_messages = !(rule->flow & SMINI_FLOW_ONLY_STREAM) && !rule->app_protocol_negated;
    planned->on_stream = payload_only && rule->header.protocol == SMINI_PROTOCOL_TCP && !rule->app_protocol &&
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

static struct smini_literal fast_part(const struct smini_content *content)
{
    struct smini_literal literal = {
        .bytes = smini_span_part(content->pattern, content->fast_from, content->fast_length),
        .nocase = content->nocase};
    return literal;
}

/* Counts first, so that every buffer's list is allocated once. */
static int32_t choose_fast(struct smini_database *database)
{
    for (uint32_t i = 0; i < database->rule_count; i++) {
        struct smini_plan_rule *planned = &database->rules[i];
        uint32_t buffer = 0;
        if (!planned->on_messages || !smini_plan_fast(planned->rule, &buffer))
            continue;
        int32_t status = find_buffer(database, buffer, &planned->fast_buffer);
        if (status != SMIN_OK)
            return status;
        planned->has_fast = true;
        planned->fast_literal = database->buffers[planned->fast_buffer].literal_count++;
    }
    return SMIN_OK;
}

static int32_t gather_literals(struct smini_database *database)
{
    for (uint32_t i = 0; i < database->buffer_count; i++) {
        struct smini_plan_buffer *buffer = &database->buffers[i];
        buffer->literals = smini_alloc_array(database->alloc, buffer->literal_count, sizeof(buffer->literals[0]));
        buffer->literal_rule =
            smini_alloc_array(database->alloc, buffer->literal_count, sizeof(buffer->literal_rule[0]));
        if (!buffer->literals || !buffer->literal_rule)
            return SMIN_E_NOMEM;
    }
    for (uint32_t i = 0; i < database->rule_count; i++) {
        const struct smini_plan_rule *planned = &database->rules[i];
        uint32_t ignored;
        if (!planned->has_fast)
            continue;
        struct smini_plan_buffer *buffer = &database->buffers[planned->fast_buffer];
        buffer->literals[planned->fast_literal] = fast_part(&smini_plan_fast(planned->rule, &ignored)->u.content);
        buffer->literal_rule[planned->fast_literal] = i;
    }
    return SMIN_OK;
}

/* On streams every content that has to be there is scanned for: a rule is looked at when all of them were seen. */
static int32_t gather_stream_literals(struct smini_database *database, struct smini_plan_rule *planned)
{
    const struct smini_section *section = &planned->rule->sections[0];
    planned->stream_index = database->stream_rule_count++;
    planned->stream_first = database->stream_literal_count;
    for (uint32_t i = 0; i < section->condition_count; i++) {
        const struct smini_condition *condition = &section->conditions[i];
        if (condition->kind != SMINI_CONDITION_CONTENT || condition->u.content.negated)
            continue;
        void *list = database->stream_literals;
        int32_t status = make_room(database->alloc, &list, database->stream_literal_count,
                                   &database->stream_literal_capacity, sizeof(database->stream_literals[0]));
        database->stream_literals = list;
        if (status != SMIN_OK)
            return status;
        struct smini_literal literal = {.bytes = condition->u.content.pattern, .nocase = condition->u.content.nocase};
        database->stream_literals[database->stream_literal_count++] = literal;
    }
    planned->stream_count = database->stream_literal_count - planned->stream_first;
    return SMIN_OK;
}

int32_t smini_plan_build(struct smini_database *database)
{
    for (uint32_t i = 0; i < database->rule_count; i++) {
        struct smini_plan_rule *planned = &database->rules[i];
        database->has_pass |= planned->rule->header.action == SMINI_ACTION_PASS;
        if (planned->on_stream && gather_stream_literals(database, planned) != SMIN_OK)
            return SMIN_E_NOMEM;
    }
    int32_t status =
        smini_candidates_build(&database->candidates, database->alloc, database->rules, database->rule_count);
    if (status == SMIN_OK)
        status = choose_fast(database);
    return status == SMIN_OK ? gather_literals(database) : status;
}
