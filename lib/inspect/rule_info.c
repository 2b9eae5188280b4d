/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/rule_info.h"

#include "rule/limits.h"
#include "rule/write.h"

static void copy_pairs(struct smin_setting *to, const struct smini_rule_pair *from, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        to[i].name = from[i].name;
        to[i].value = from[i].value;
    }
}

void smini_rule_info_fill(struct smin_rule_info *info, const struct smini_rule *rule, struct smin_setting *pairs)
{
    memset(info, 0, sizeof(*info));
    info->struct_size = sizeof(*info);
    info->gid = rule->gid;
    info->sid = rule->sid;
    info->rev = rule->rev;
    info->severity = rule->priority;
    info->metadata_count = rule->metadata_count;
    info->reference_count = rule->reference_count;
    info->line = rule->line;
    info->action = rule->header.action_text;
    info->msg = rule->msg;
    info->category = rule->category;
    info->file = rule->file;
    if (!pairs)
        return; /* no rule of the set has any */
    copy_pairs(pairs, rule->metadata, rule->metadata_count);
    info->metadata = pairs;
    pairs += rule->metadata_count;
    copy_pairs(pairs, rule->references, rule->reference_count);
    info->references = pairs;
}

void smini_rule_info_diagnostic(struct smin_diagnostic *out, const struct smini_rule_diagnostic *in)
{
    memset(out, 0, sizeof(*out));
    out->struct_size = sizeof(*out);
    out->severity = in->severity;
    out->line = in->line;
    out->column = in->column;
    out->sid = in->sid;
    out->file = in->file;
    out->option = in->option;
    out->text = in->text;
}

int32_t smini_rule_info_text(const struct smini_rule_set *rules, uint32_t index, uint32_t dialect, char *buffer,
                             size_t size, size_t *length)
{
    _Static_assert(SMIN_RULE_TEXT_ROOM == SMINI_RULE_BYTES_MAX + 1, "room for any rule");
    const struct smini_rule *rule = rules ? smini_rule_set_rule(rules, index) : NULL;
    enum smini_dialect known;
    if (!rule || !buffer || !length)
        return SMIN_E_MISUSE;
    switch (dialect) {
    case SMIN_DIALECT_OWN:
        known = SMINI_DIALECT_OWN;
        break;
    case SMIN_DIALECT_SURICATA8:
        known = SMINI_DIALECT_SURICATA8;
        break;
    case SMIN_DIALECT_SNORT3:
        known = SMINI_DIALECT_SNORT3;
        break;
    default:
        return SMIN_E_MISUSE;
    }
    return smini_rule_write(rules, rule, known, buffer, size, length);
}

static int32_t make_infos(struct smin_instance *instance)
{
    uint32_t count = smini_rule_set_count(instance->rules);
    size_t pairs = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct smini_rule *rule = smini_rule_set_rule(instance->rules, i);
        pairs += (size_t)rule->metadata_count + rule->reference_count;
    }
    if (count == 0)
        return SMIN_OK;
    instance->infos = smini_alloc_array(&instance->alloc, count, sizeof(*instance->infos));
    if (!instance->infos)
        return SMIN_E_NOMEM;
    instance->info_count = count;
    if (pairs > 0) {
        instance->pairs = smini_alloc_array(&instance->alloc, pairs, sizeof(*instance->pairs));
        if (!instance->pairs)
            return SMIN_E_NOMEM;
        instance->pair_count = pairs;
    }
    struct smin_setting *next = instance->pairs;
    for (uint32_t i = 0; i < count; i++) {
        const struct smini_rule *rule = smini_rule_set_rule(instance->rules, i);
        smini_rule_info_fill(&instance->infos[i], rule, next);
        if (next)
            next += (size_t)rule->metadata_count + rule->reference_count;
    }
    return SMIN_OK;
}

int32_t smini_rule_info_make(struct smin_instance *instance)
{
    int32_t status = make_infos(instance);
    uint32_t count = smini_rule_set_diagnostic_count(instance->rules);
    if (status != SMIN_OK || count == 0)
        return status;
    instance->diagnostics = smini_alloc_array(&instance->alloc, count, sizeof(*instance->diagnostics));
    if (!instance->diagnostics)
        return SMIN_E_NOMEM;
    instance->diagnostic_count = count;
    for (uint32_t i = 0; i < count; i++)
        smini_rule_info_diagnostic(&instance->diagnostics[i], smini_rule_set_diagnostic(instance->rules, i));
    return SMIN_OK;
}

void smini_rule_info_free(struct smin_instance *instance)
{
    smini_alloc_free(&instance->alloc, instance->infos, instance->info_count * sizeof(*instance->infos));
    smini_alloc_free(&instance->alloc, instance->pairs, instance->pair_count * sizeof(*instance->pairs));
    smini_alloc_free(&instance->alloc, instance->diagnostics,
                     instance->diagnostic_count * sizeof(*instance->diagnostics));
}
