/* SPDX-License-Identifier: BSD-2-Clause */
/* One scan of the beginning and one of the name, then the rules they brought and those without a pattern. */
#include "match/file.h"

#include "match/bits.h"
#include "match/file_plan.h"
#include "match/header_test.h"
#include "match/judge.h"
#include "rule/transfer.h"
#include "smin/status.h"

enum { PROTOCOL_TCP = 6, PROTOCOL_UDP = 17 };

/* A file under judgement. */
struct unit {
    struct smini_matcher *matcher;
    const struct smini_file_plan *plan;
    const struct smini_flow_facts *facts;
    const struct smini_file_facts *file;
    const struct smini_plan_buffer *buffer; /* that is being scanned */
};

bool smini_database_wants_files(const struct smini_database *database)
{
    return database->files != NULL;
}

bool smini_database_wants_file_data(const struct smini_database *database)
{
    return database->files && database->files->wants_data;
}

static bool protocol_allows(const struct smini_rule *rule, const struct smini_file_facts *file)
{
    if (rule->app_transfer &&
        smini_transfer_is(rule->app_transfer, file->transfer) == rule->app_transfer_negated)
        return false;
    switch (rule->header.protocol) {
    case SMINI_PROTOCOL_TRANSFER:
        return smini_transfer_is(rule->header.transfer, file->transfer);
    case SMINI_PROTOCOL_TCP:
        return file->protocol == PROTOCOL_TCP;
    case SMINI_PROTOCOL_UDP:
        return file->protocol == PROTOCOL_UDP;
    case SMINI_PROTOCOL_IP:
        return true;
    case SMINI_PROTOCOL_APP:
    case SMINI_PROTOCOL_ICMP:
        break;
    }
    return false;
}

static bool applies(const struct unit *unit, const struct smini_file_rule *planned, const struct smini_rule *rule)
{
    uint32_t direction = unit->file->direction;
    return protocol_allows(rule, unit->file) && smini_header_flow_allows(rule, unit->facts, direction) &&
           (planned->any_header || smini_header_allows(rule, unit->facts, direction));
}

/* What the section looks at; false: the file has no such thing. */
static bool bytes_of(const struct smini_file_facts *file, const struct smini_section *section,
                     struct smini_verify *verify)
{
    bool data = section->buffer == SMIN_FIELD_FILE_DATA;
    verify->bytes = data ? file->data : file->name;
    verify->open_end = data ? file->more : file->name_more;
    verify->match_at = verify->match_length = 0;
    return data ? file->data.length > 0 || file->more : file->name.bytes != NULL;
}

static bool section_holds(const struct smini_file_facts *file, const struct smini_section *section,
                          struct smini_verify *verify)
{
    if (!bytes_of(file, section, verify))
        return section->absent || section->or_absent;
    return !section->absent && smini_verify_section(verify, section);
}

/* The hit points at the last match in the contents. */
static bool judge(const struct unit *unit, const struct smini_rule *rule)
{
    struct smini_verify verify = smini_judge_begin(unit->matcher);
    uint64_t at = 0, length = 0;
    bool holds = true;
    for (uint32_t i = 0; i < rule->section_count && holds; i++) {
        const struct smini_section *section = &rule->sections[i];
        holds = section_holds(unit->file, section, &verify);
        if (section->buffer != SMIN_FIELD_FILE_DATA || verify.match_length == 0)
            continue;
        at = verify.match_at;
        length = verify.match_length;
    }
    smini_judge_end(unit->matcher, rule, &verify);
    if (!holds)
        return false;
    if (rule->state)
        smini_recall_write(unit->matcher, rule->state);
    smini_judge_add(unit->matcher, rule, at, length);
    return true;
}

static void on_pattern(void *user, uint32_t pattern)
{
    const struct unit *unit = user;
    struct smini_matcher *matcher = unit->matcher;
    uint32_t rule = unit->buffer->pattern_rule[pattern];
    if (smini_bits_has(matcher->queued, rule))
        return;
    smini_bits_set(matcher->queued, rule);
    matcher->found[matcher->found_count++] = rule;
}

static int32_t scan(struct unit *unit, enum smini_file_buffer which, struct smini_span bytes)
{
    struct smini_matcher *matcher = unit->matcher;
    unit->buffer = &unit->plan->buffers[which];
    if (!unit->buffer->scanner || bytes.length == 0)
        return SMIN_OK;
    matcher->counters.scans++;
    matcher->counters.scanned_bytes += bytes.length;
    return smini_scan(unit->buffer->scanner, &matcher->scratch, bytes, on_pattern, unit);
}

static int32_t judge_all(struct unit *unit)
{
    struct smini_matcher *matcher = unit->matcher;
    uint32_t index;
    matcher->found_count = 0;
    int32_t status = scan(unit, SMINI_FILE_IN_DATA, unit->file->data);
    if (status == SMIN_OK)
        status = scan(unit, SMINI_FILE_IN_NAME, unit->file->name);
    for (uint32_t i = 0; i < matcher->found_count; i++)
        smini_bits_clear(matcher->queued, matcher->found[i]);
    smini_judge_sort_found(matcher);
    struct smini_judge_walk walk = {.found = matcher->found, .found_count = matcher->found_count,
                                    .outright = unit->plan->outright, .outright_count = unit->plan->outright_count};
    while (status == SMIN_OK && smini_judge_next(&walk, &index)) {
        const struct smini_file_rule *planned = &unit->plan->rules[index];
        const struct smini_rule *rule = matcher->database->rules[planned->rule].rule;
        smini_judge_checked(matcher, rule);
        if (applies(unit, planned, rule) && (!rule->state || smini_recall_holds(matcher, rule->state)))
            smini_bits_put(matcher->queued, index, judge(unit, rule));
    }
    return status;
}

/* A content that has to stand near the beginning, and does not: whatever comes further on, the rule cannot match. */
static bool ruled_out(const struct smini_section *section, struct smini_span data)
{
    for (uint32_t i = 0; i < section->condition_count && !section->or_absent; i++) {
        const struct smini_content *content = &section->conditions[i].u.content;
        if (section->conditions[i].kind != SMINI_CONDITION_CONTENT || content->negated || content->relative ||
            !content->has_depth || content->depth.variable || content->offset.variable)
            continue;
        uint64_t end = (uint64_t)content->offset.number + (uint64_t)content->depth.number;
        struct smini_literal literal = {.bytes = content->pattern, .nocase = content->nocase};
        if (end <= data.length &&
            smini_literal_find(&literal, smini_span_part(data, 0, (size_t)end), (size_t)content->offset.number) == end)
            return true;
    }
    return false;
}

/* Could the rule still match, if more of the file were there? */
static bool may_match(const struct unit *unit, const struct smini_file_rule *planned)
{
    const struct smini_rule *rule = unit->matcher->database->rules[planned->rule].rule;
    if (!planned->wants_data || !applies(unit, planned, rule))
        return false;
    for (uint32_t i = 0; i < rule->section_count; i++)
        if (rule->sections[i].absent ||
            (rule->sections[i].buffer == SMIN_FIELD_FILE_DATA && ruled_out(&rule->sections[i], unit->file->data)))
            return false;
    return true;
}

static bool is_undecided(const struct unit *unit)
{
    for (uint32_t i = 0; i < unit->plan->count && unit->file->more; i++)
        if (!smini_bits_has(unit->matcher->queued, i) && may_match(unit, &unit->plan->rules[i]))
            return true;
    return false;
}

int32_t smini_match_file(struct smini_matcher *matcher, const struct smini_flow_facts *facts,
                         const struct smini_file_facts *file, bool *undecided, struct smini_hits *hits)
{
    struct unit unit = {.matcher = matcher, .plan = matcher->database->files, .facts = facts, .file = file};
    int32_t status = SMIN_OK;
    *undecided = false;
    smini_matcher_start(matcher, facts);
    matcher->recall.direction = file->direction;
    matcher->recall.kind = SMIN_KIND_FILE;
    if (unit.plan) {
        status = judge_all(&unit);
        *undecided = is_undecided(&unit);
        memset(matcher->queued, 0, smini_bits_words(unit.plan->count) * sizeof(matcher->queued[0]));
    }
    return smini_matcher_finish(matcher, status, hits);
}
