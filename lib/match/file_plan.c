/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/file_plan.h"

#include "match/header_test.h"
#include "smin/status.h"

static bool wants_data(const struct smini_rule *rule)
{
    for (uint32_t i = 0; i < rule->section_count; i++)
        if (rule->sections[i].buffer == SMIN_FIELD_FILE_DATA)
            return true;
    return false;
}

static void describe(const struct smini_database *database, uint32_t index, struct smini_file_rule *planned)
{
    const struct smini_rule *rule = database->rules[index].rule;
    struct smini_pattern ignored;
    uint32_t buffer = 0;
    planned->rule = index;
    planned->any_header = smini_header_is_any(rule);
    planned->wants_data = wants_data(rule);
    planned->has_pattern = smini_plan_pattern(database, rule, &ignored, &buffer);
    planned->buffer = buffer == SMIN_FIELD_FILE_NAME ? SMINI_FILE_IN_NAME : SMINI_FILE_IN_DATA;
}

static int32_t fill(const struct smini_database *database, struct smini_file_plan *plan)
{
    plan->rules = smini_alloc_array(database->alloc, plan->count, sizeof(plan->rules[0]));
    plan->outright = smini_alloc_array(database->alloc, plan->count, sizeof(plan->outright[0]));
    if (!plan->rules || !plan->outright)
        return SMIN_E_NOMEM;
    uint32_t at = 0;
    for (uint32_t i = 0; i < database->rule_count; i++) {
        if (!(database->rules[i].rule->judged_on & SMINI_ON_FILES))
            continue;
        struct smini_file_rule *planned = &plan->rules[at];
        describe(database, i, planned);
        plan->wants_data |= planned->wants_data;
        if (planned->has_pattern)
            plan->buffers[planned->buffer].pattern_count++;
        else
            plan->outright[plan->outright_count++] = at;
        at++;
    }
    return SMIN_OK;
}

static int32_t scan_for(const struct smini_database *database, struct smini_file_plan *plan,
                        enum smini_file_buffer which)
{
    struct smini_plan_buffer *buffer = &plan->buffers[which];
    if (buffer->pattern_count == 0)
        return SMIN_OK;
    buffer->patterns = smini_alloc_array(database->alloc, buffer->pattern_count, sizeof(buffer->patterns[0]));
    buffer->pattern_rule = smini_alloc_array(database->alloc, buffer->pattern_count, sizeof(buffer->pattern_rule[0]));
    if (!buffer->patterns || !buffer->pattern_rule)
        return SMIN_E_NOMEM;
    uint32_t at = 0;
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct smini_file_rule *planned = &plan->rules[i];
        uint32_t ignored;
        if (!planned->has_pattern || planned->buffer != which)
            continue;
        (void)smini_plan_pattern(database, database->rules[planned->rule].rule, &buffer->patterns[at], &ignored);
        buffer->pattern_rule[at++] = i;
    }
    return smini_scanner_new(database->alloc, buffer->patterns, buffer->pattern_count, false, database->want_fast,
                             database->host, &buffer->scanner);
}

int32_t smini_file_plan_build(struct smini_database *database)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < database->rule_count; i++)
        count += database->rules[i].rule->judged_on & SMINI_ON_FILES ? 1 : 0;
    if (count == 0)
        return SMIN_OK;
    struct smini_file_plan *plan = smini_alloc_get(database->alloc, sizeof(*plan));
    database->files = plan;
    if (!plan)
        return SMIN_E_NOMEM;
    plan->count = count;
    int32_t status = fill(database, plan);
    for (unsigned which = 0; which < SMINI_FILE_BUFFERS && status == SMIN_OK; which++)
        status = scan_for(database, plan, (enum smini_file_buffer)which);
    return status;
}

int32_t smini_file_plan_prepare(const struct smini_database *database, struct smini_scan_scratch *scratch)
{
    int32_t status = SMIN_OK;
    for (unsigned which = 0; database->files && which < SMINI_FILE_BUFFERS && status == SMIN_OK; which++)
        if (database->files->buffers[which].scanner)
            status = smini_scan_prepare(database->files->buffers[which].scanner, scratch);
    return status;
}

void smini_file_plan_free(struct smini_database *database)
{
    struct smini_alloc *alloc = database->alloc;
    struct smini_file_plan *plan = database->files;
    if (!plan)
        return;
    for (unsigned which = 0; which < SMINI_FILE_BUFFERS; which++) {
        struct smini_plan_buffer *buffer = &plan->buffers[which];
        smini_scanner_free(buffer->scanner);
        smini_alloc_free(alloc, buffer->patterns, buffer->pattern_count * sizeof(buffer->patterns[0]));
        smini_alloc_free(alloc, buffer->pattern_rule, buffer->pattern_count * sizeof(buffer->pattern_rule[0]));
    }
    smini_alloc_free(alloc, plan->outright, plan->count * sizeof(plan->outright[0]));
    smini_alloc_free(alloc, plan->rules, plan->count * sizeof(plan->rules[0]));
    smini_alloc_free(alloc, plan, sizeof(*plan));
    database->files = NULL;
}
