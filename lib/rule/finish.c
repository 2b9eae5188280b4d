/* SPDX-License-Identifier: BSD-2-Clause */
/* Sections and conditions while they are gathered, the checks that need the whole rule, and its final shape. */
#include "rule/content.h"
#include "rule/parse.h"

void smini_rule_section(struct smini_rule_parser *parser, uint32_t buffer, bool repeats)
{
    parser->section_left = false;
    /* A buffer that occurs once is one list however often it is named; one that repeats begins a new instance. */
    for (uint32_t i = 0; i < parser->section_count && !repeats; i++) {
        if (parser->section_buffer[i] == buffer) {
            parser->section = i;
            return;
        }
    }
    if (parser->section_count >= SMINI_RULE_SECTIONS_MAX) {
        smini_rule_refuse(parser, "more than %u buffers in one rule", SMINI_RULE_SECTIONS_MAX);
        return;
    }
    parser->section = parser->section_count++;
    parser->section_buffer[parser->section] = buffer;
    parser->section_at[parser->section] = parser->option.at;
    parser->section_absence[parser->section] = SMINI_ABSENT_NEVER;
}

struct smini_condition *smini_rule_condition(struct smini_rule_parser *parser, enum smini_condition_kind kind)
{
    if (parser->condition_count >= SMINI_RULE_CONDITIONS_MAX) {
        smini_rule_refuse(parser, "more than %u conditions on bytes in one rule", SMINI_RULE_CONDITIONS_MAX);
        return NULL;
    }
    if (parser->section_count == 0)
        smini_rule_section(parser, SMINI_BUFFER_PAYLOAD, false);
    if (parser->section_left && !parser->snort && parser->section_buffer[parser->section] != SMINI_BUFFER_PAYLOAD) {
        smini_rule_refuse(parser, "stands behind a number or event, where Suricata is back at the payload and Snort still "
                                  "in the buffer: name the buffer again, or pkt_data");
        return NULL;
    }
    uint32_t index = parser->condition_count++;
    struct smini_condition *condition = &parser->conditions[index];
    parser->section_of[index] = parser->section;
    parser->condition_at[index] = parser->option.at;
    memset(condition, 0, sizeof(*condition));
    condition->kind = kind;
    smini_rule_locate(parser, parser->option.at, &condition->line, &condition->column);
    return condition;
}

struct smini_condition *smini_rule_last_content(struct smini_rule_parser *parser)
{
    for (uint32_t i = parser->condition_count; i-- > 0;)
        if (parser->section_of[i] == parser->section && parser->conditions[i].kind == SMINI_CONDITION_CONTENT)
            return &parser->conditions[i];
    return NULL;
}

static void refuse_at(struct smini_rule_parser *parser, size_t at, const char *name, const char *problem)
{
    parser->option.at = at;
    parser->option.name = smini_span_text(name);
    smini_rule_refuse(parser, "%s", problem);
}

bool smini_condition_is_relative(const struct smini_condition *condition)
{
    switch (condition->kind) {
    case SMINI_CONDITION_CONTENT:
        return condition->u.content.relative;
    case SMINI_CONDITION_BYTE_TEST:
        return condition->u.byte_test.read.relative;
    case SMINI_CONDITION_BYTE_JUMP:
        return condition->u.byte_jump.read.relative;
    case SMINI_CONDITION_BYTE_EXTRACT:
        return condition->u.byte_extract.read.relative;
    case SMINI_CONDITION_BYTE_MATH:
        return condition->u.byte_math.read.relative;
    case SMINI_CONDITION_PCRE:
        return condition->u.pcre.relative;
    case SMINI_CONDITION_DATA_AT:
        return condition->u.data_at.relative;
    case SMINI_CONDITION_SIZE:
        return condition->u.size.relative;
    }
    return false;
}

/* Something that has to be found in the bytes. */
static bool is_found(const struct smini_condition *condition)
{
    return (condition->kind == SMINI_CONDITION_CONTENT && !condition->u.content.negated) ||
           (condition->kind == SMINI_CONDITION_PCRE && !condition->u.pcre.negated);
}

static bool moves_cursor(const struct smini_condition *condition)
{
    return is_found(condition) || condition->kind == SMINI_CONDITION_BYTE_JUMP ||
           condition->kind == SMINI_CONDITION_BYTE_EXTRACT || condition->kind == SMINI_CONDITION_BYTE_MATH;
}

/* Does the outcome of a later condition depend on where `conditions[at]` matched? */
static bool next_depends(const struct smini_condition *conditions, uint32_t count, uint32_t at)
{
    for (uint32_t i = at + 1; i < count; i++) {
        if (smini_condition_is_relative(&conditions[i]))
            return true;
        if (moves_cursor(&conditions[i]))
            return false;
    }
    return false;
}

static void settle_contents(struct smini_rule_parser *parser)
{
    uint32_t fast = 0;
    for (uint32_t i = 0; i < parser->condition_count; i++) {
        struct smini_content *content = &parser->conditions[i].u.content;
        if (parser->conditions[i].kind != SMINI_CONDITION_CONTENT)
            continue;
        const char *problem = smini_content_settle(content);
        fast += content->fast_pattern ? 1 : 0;
        if (!problem && content->fast_pattern && fast > 1)
            problem = "a rule has one fast_pattern, and this is its second";
        if (problem)
            refuse_at(parser, parser->condition_at[i], "content", problem);
        if (!content->nocase)
            continue;
        uint8_t *lower = smini_rule_arena_get(parser->arena, content->pattern.length);
        if (!lower) {
            parser->no_memory = true;
            return;
        }
        for (size_t k = 0; k < content->pattern.length; k++)
            lower[k] = smini_ascii_lower(content->pattern.bytes[k]);
        content->pattern.bytes = lower;
    }
}

static void check_absence(struct smini_rule_parser *parser, uint32_t index, uint32_t conditions)
{
    size_t at = parser->section_at[index];
    if (parser->section_absence[index] == SMINI_ABSENT_ONLY && conditions)
        refuse_at(parser, at, "absent", "says that the buffer is not there, and conditions on its bytes follow; write "
                                        "absent:or_else");
    else if (parser->section_absence[index] != SMINI_ABSENT_ONLY && !conditions)
        refuse_at(parser, at, "", "a buffer is named, but nothing is asked of it; write content or another "
                                  "condition behind it, or absent");
}

/* The conditions of one section, in order, into the arena. */
static void build_section(struct smini_rule_parser *parser, uint32_t index, struct smini_section *section)
{
    struct smini_condition *list = smini_rule_arena_array(parser->arena, parser->condition_count + 1, sizeof(*list));
    if (!list) {
        parser->no_memory = true;
        return;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < parser->condition_count; i++)
        if (parser->section_of[i] == index)
            list[count++] = parser->conditions[i];
    for (uint32_t i = 0; i < count; i++) {
        list[i].next_depends = next_depends(list, count, i);
        if (list[i].next_depends && list[i].kind == SMINI_CONDITION_CONTENT && list[i].u.content.fast_only)
            refuse_at(parser, parser->section_at[index], "fast_pattern",
                      "only gives up the position that a later condition counts from");
    }
    check_absence(parser, index, count);
    section->absent = parser->section_absence[index] == SMINI_ABSENT_ONLY;
    section->or_absent = parser->section_absence[index] == SMINI_ABSENT_OR_ELSE;
    section->buffer = parser->section_buffer[index];
    section->condition_count = count;
    section->conditions = list;
}

static void *keep_array(struct smini_rule_parser *parser, const void *items, size_t count, size_t size)
{
    void *copy = smini_rule_arena_array(parser->arena, count + 1, size);
    if (!copy)
        parser->no_memory = true;
    else
        memcpy(copy, items, count * size);
    return copy;
}

static void check_whole(struct smini_rule_parser *parser)
{
    bool decoded = parser->rule.field_test_count || parser->rule.event_count;
    for (uint32_t i = 0; i < parser->section_count; i++)
        decoded |= parser->section_buffer[i] != SMINI_BUFFER_PAYLOAD && !smini_buffer_of_files(parser->section_buffer[i]);
    if (!parser->has_sid)
        refuse_at(parser, 0, "sid", "is missing; every rule needs its number");
    if (decoded && parser->rule.app_protocol_negated)
        refuse_at(parser, 0, "app-layer-protocol", "excludes the messages whose fields the rule asks for");
    if (decoded && (parser->rule.flow & SMINI_FLOW_ONLY_STREAM))
        refuse_at(parser, 0, "flow", "only_stream excludes the messages whose fields the rule asks for");
}

static const char *const *keep_variable_names(struct smini_rule_parser *parser)
{
    uint32_t count = parser->rule.variable_count;
    const char **names = smini_rule_arena_array(parser->arena, count + 1, sizeof(*names));
    if (!names)
        parser->no_memory = true;
    for (uint32_t i = 0; names && i < count; i++)
        names[i] = smini_rule_keep(parser, parser->variable_names[i]);
    return names;
}

void smini_parse_finish(struct smini_rule_parser *parser)
{
    struct smini_rule *rule = &parser->rule;
    smini_snort_settle(parser);
    check_whole(parser);
    smini_parse_judged_on(parser);
    settle_contents(parser);
    smini_state_settle(parser);
    struct smini_section *sections = smini_rule_arena_array(parser->arena, parser->section_count + 1, sizeof(*sections));
    if (!sections)
        parser->no_memory = true;
    for (uint32_t i = 0; i < parser->section_count && !parser->no_memory; i++)
        build_section(parser, i, &sections[i]);
    if (parser->no_memory)
        return;
    rule->sections = sections;
    rule->section_count = parser->section_count;
    rule->field_tests =
        keep_array(parser, parser->field_tests, rule->field_test_count, sizeof(parser->field_tests[0]));
    rule->events = keep_array(parser, parser->events, rule->event_count, sizeof(parser->events[0]));
    rule->packet_tests =
        keep_array(parser, parser->packet_tests, rule->packet_test_count, sizeof(parser->packet_tests[0]));
    rule->metadata = keep_array(parser, parser->metadata, rule->metadata_count, sizeof(parser->metadata[0]));
    rule->references = keep_array(parser, parser->references, rule->reference_count, sizeof(parser->references[0]));
    rule->variable_names = keep_variable_names(parser);
}
