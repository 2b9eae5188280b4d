/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/database.h"

#include <stdio.h>

#include "match/file_plan.h"
#include "match/limits.h"
#include "match/packet_plan.h"
#include "match/plan.h"
#include "smin/status.h"

static struct smini_match_limits with_defaults(const struct smini_match_limits *given)
{
    struct smini_match_limits limits = {.steps = 0};
    if (given)
        limits = *given;
    limits.steps = limits.steps ? limits.steps : SMINI_MATCH_STEPS;
    limits.stream_window = limits.stream_window ? limits.stream_window : SMINI_MATCH_STREAM_WINDOW;
    limits.hits = limits.hits ? limits.hits : SMINI_MATCH_HITS;
    limits.hosts = limits.hosts ? limits.hosts : SMINI_MATCH_HOSTS;
    limits.regex_steps = limits.regex_steps ? limits.regex_steps : SMINI_MATCH_REGEX_STEPS;
    return limits;
}

/* SMIN_E_REFUSED: this rule has to be left out. */
static int32_t compile_expressions(struct smini_database *database, const struct smini_rule *rule)
{
    char problem[256] = "";
    for (uint32_t s = 0; s < rule->section_count; s++) {
        for (uint32_t i = 0; i < rule->sections[s].condition_count; i++) {
            const struct smini_condition *condition = &rule->sections[s].conditions[i];
            if (condition->kind != SMINI_CONDITION_PCRE)
                continue;
            int32_t status = smini_regex_new(database->alloc, &condition->u.pcre, problem, sizeof(problem),
                                             &database->regexes[condition->regex]);
            if (status == SMIN_E_REFUSED)
                smini_rule_set_refuse(database->set, rule, condition, "pcre", problem);
            else if (status == SMIN_OK && database->wide && !condition->u.pcre.negated)
                status = smini_widen(database->alloc, &condition->u.pcre, &database->wide[condition->regex]);
            if (status != SMIN_OK)
                return status;
        }
    }
    return SMIN_OK;
}

static int32_t take_rules(struct smini_database *database)
{
    uint32_t count = smini_rule_set_count(database->set);
    database->rule_capacity = count;
    database->regex_count = smini_rule_set_regex_count(database->set);
    if (count == 0)
        return SMIN_OK;
    database->rules = smini_alloc_array(database->alloc, count, sizeof(database->rules[0]));
    if (database->regex_count)
        database->regexes = smini_alloc_array(database->alloc, database->regex_count, sizeof(database->regexes[0]));
    bool want_wide = database->regex_count && database->want_fast;
    if (want_wide)
        database->wide = smini_alloc_array(database->alloc, database->regex_count, sizeof(database->wide[0]));
    if (!database->rules || (database->regex_count && !database->regexes) || (want_wide && !database->wide))
        return SMIN_E_NOMEM;
    for (uint32_t i = 0; i < count; i++) {
        const struct smini_rule *rule = smini_rule_set_rule(database->set, i);
        smini_match_progress(database->host, "compiling rules", i, count);
        int32_t status = compile_expressions(database, rule);
        if (status == SMIN_E_REFUSED)
            continue;
        if (status != SMIN_OK)
            return status;
        smini_plan_describe(rule, &database->rules[database->rule_count++]);
    }
    database->state = smini_rule_set_state_sizes(database->set);
    if (database->state.rules)
        smini_plan_order(database);
    return SMIN_OK;
}

static int32_t make_scanners(struct smini_database *database)
{
    int32_t status = SMIN_OK;
    for (uint32_t i = 0; i < database->buffer_count && status == SMIN_OK; i++) {
        struct smini_plan_buffer *buffer = &database->buffers[i];
        status = smini_scanner_new(database->alloc, buffer->patterns, buffer->pattern_count, false,
                                   database->want_fast, database->host, &buffer->scanner);
    }
    if (status == SMIN_OK && database->stream_pattern_count)
        status = smini_scanner_new(database->alloc, database->stream_patterns, database->stream_pattern_count, true,
                                   database->want_fast, database->host, &database->stream_scanner);
    if (status == SMIN_OK)
        status = smini_packet_plan_build(database);
    if (status == SMIN_OK)
        status = smini_file_plan_build(database);
    return status;
}

static void release(struct smini_database *database)
{
    struct smini_alloc *alloc = database->alloc;
    for (uint32_t i = 0; i < database->buffer_count; i++) {
        struct smini_plan_buffer *buffer = &database->buffers[i];
        smini_scanner_free(buffer->scanner);
        smini_alloc_free(alloc, buffer->patterns, buffer->pattern_count * sizeof(buffer->patterns[0]));
        smini_alloc_free(alloc, buffer->pattern_rule, buffer->pattern_count * sizeof(buffer->pattern_rule[0]));
    }
    for (uint32_t i = 0; database->regexes && i < database->regex_count; i++)
        smini_regex_free(database->regexes[i]);
    for (uint32_t i = 0; database->wide && i < database->regex_count; i++)
        smini_wide_free(alloc, &database->wide[i]);
    smini_scanner_free(database->stream_scanner);
    smini_packet_plan_free(database);
    smini_file_plan_free(database);
    smini_stream_plan_free(database);
    smini_candidates_free(&database->candidates, alloc);
    smini_alloc_free(alloc, database->wide, database->regex_count * sizeof(database->wide[0]));
    smini_alloc_free(alloc, database->regexes, database->regex_count * sizeof(database->regexes[0]));
    smini_alloc_free(alloc, database->stream_patterns,
                     database->stream_pattern_capacity * sizeof(database->stream_patterns[0]));
    smini_alloc_free(alloc, database->buffers, database->buffer_capacity * sizeof(database->buffers[0]));
    smini_alloc_free(alloc, database->rules, database->rule_capacity * sizeof(database->rules[0]));
    smini_alloc_free(alloc, database, sizeof(*database));
}

int32_t smini_database_new(struct smini_alloc *alloc, struct smini_rule_set *rules,
                           const struct smini_match_limits *limits, enum smini_scanner_choice choice,
                           struct smini_database **made)
{
    return smini_database_new_with(alloc, rules, limits, choice, NULL, made);
}

int32_t smini_database_new_with(struct smini_alloc *alloc, struct smini_rule_set *rules,
                                const struct smini_match_limits *limits, enum smini_scanner_choice choice,
                                const struct smini_match_host *host, struct smini_database **made)
{
    *made = NULL;
    struct smini_database *database = smini_alloc_get(alloc, sizeof(*database));
    if (!database)
        return SMIN_E_NOMEM;
    database->alloc = alloc;
    database->set = rules;
    database->host = host;
    database->limits = with_defaults(limits);
    atomic_init(&database->references, 1);
    database->want_fast = choice == SMINI_SCANNER_BEST &&
                          smini_scanner_fast_name(database->matcher, sizeof(database->matcher)) != NULL;
    if (!database->want_fast)
        (void)snprintf(database->matcher, sizeof(database->matcher), "plain");
    int32_t status = take_rules(database);
    if (status == SMIN_OK)
        status = smini_plan_build(database);
    if (status == SMIN_OK)
        status = make_scanners(database);
    database->host = NULL;
    if (status != SMIN_OK) {
        release(database);
        return status;
    }
    *made = database;
    return SMIN_OK;
}

void smini_database_ref(struct smini_database *database)
{
    atomic_fetch_add_explicit(&database->references, 1, memory_order_relaxed);
}

void smini_database_unref(struct smini_database *database)
{
    if (database && atomic_fetch_sub_explicit(&database->references, 1, memory_order_acq_rel) == 1)
        release(database);
}

const char *smini_database_matcher(const struct smini_database *database)
{
    return database->matcher;
}

uint32_t smini_database_rule_count(const struct smini_database *database)
{
    return database->rule_count;
}

bool smini_database_has_state(const struct smini_database *database)
{
    return database->state.rules > 0;
}

bool smini_database_has_stream_rules(const struct smini_database *database)
{
    return database->stream_rule_count > 0;
}

bool smini_database_wants_tcp(const struct smini_database *database, const struct smini_flow_facts *facts)
{
    return smini_stream_plan_wants(database, facts, SMIN_TO_SERVER) ||
           smini_stream_plan_wants(database, facts, SMIN_TO_CLIENT);
}
