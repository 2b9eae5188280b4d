/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/instance.h"

#include "inspect/flow_state.h"
#include "inspect/rule_info.h"
#include "match/regex.h"

#include <string.h>

static int32_t add_variables(struct smin_instance *instance, const struct smin_config *config)
{
    for (uint32_t i = 0; i < config->variable_count; i++) {
        const struct smin_setting *variable = &config->variables[i];
        if (!variable->name || !variable->value)
            return SMIN_E_MISUSE;
        int32_t status = smini_rule_set_variable(instance->rules, variable->name, variable->value);
        if (status == SMIN_E_NOMEM)
            return status;
        if (status != SMIN_OK)
            return SMIN_E_MISUSE;
    }
    return SMIN_OK;
}

/* What the host lends while rules are compiled. */
static struct smini_match_host lent_by(const struct smini_guest *guest)
{
    struct smini_match_host lent = {.user = guest->host.user};
    const struct smin_ext_cache *cache = smini_guest_lent(guest, SMIN_EXT_CACHE);
    const struct smin_ext_progress *progress = smini_guest_lent(guest, SMIN_EXT_PROGRESS);
    if (cache && SMIN_HAS(cache, store)) {
        lent.load = cache->load;
        lent.store = cache->store;
    }
    if (progress && SMIN_HAS(progress, step))
        lent.progress = progress->step;
    return lent;
}

static int32_t add_rules(struct smin_instance *instance, const struct smin_config *config)
{
    struct smini_rule_names names = {.protocol = "smin", .check_regex = smini_regex_check};
    names.fields = smini_field_table(&names.field_count);
    names.events = smini_event_table(&names.event_count);
    int32_t status = smini_rule_set_new(&instance->alloc, &names, &instance->rules);
    if (status == SMIN_OK)
        status = add_variables(instance, config);
    for (uint32_t i = 0; status == SMIN_OK && i < config->rule_text_count; i++) {
        const struct smin_rule_text *text = &config->rule_texts[i];
        if (!text->name || (!text->text && text->length > 0) || text->length > SIZE_MAX)
            return SMIN_E_MISUSE;
        status = smini_rule_set_add(instance->rules, text->name, smini_span_make(text->text, (size_t)text->length));
        if (status == SMIN_E_REFUSED)
            status = SMIN_OK; /* listed as diagnostics; the others still work */
    }
    if (status == SMIN_OK)
        status = smini_rule_set_finish(instance->rules);
    if (status != SMIN_OK)
        return status;
    enum smini_scanner_choice choice = instance->settings.plain_matcher ? SMINI_SCANNER_PLAIN : SMINI_SCANNER_BEST;
    struct smini_match_host lent = lent_by(&instance->guest);
    status = smini_database_new_with(&instance->alloc, instance->rules, NULL, choice, &lent, &instance->database);
    return status == SMIN_OK ? smini_rule_info_make(instance) : status;
}

int32_t smini_instance_new(const struct smin_host *host, const struct smin_config *config,
                           struct smin_instance **instance)
{
    if (!instance)
        return SMIN_E_MISUSE;
    *instance = NULL;
    struct smini_guest guest;
    struct smin_config own_config;
    struct smini_settings settings;
    int32_t status = smini_guest_take_host(&guest, host);
    if (status == SMIN_OK)
        status = smini_guest_take_config(&own_config, config);
    if (status != SMIN_OK)
        return status;
    smini_settings_default(&settings);
    status = smini_settings_read(&settings, &own_config);
    if (status != SMIN_OK)
        return status;

    struct smini_alloc alloc;
    smini_guest_take_memory(&guest, &alloc, 0);
    struct smin_instance *made = smini_alloc_get(&alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->alloc = alloc;
    made->guest = guest;
    made->settings = settings;
    if (own_config.rule_text_count > 0)
        status = add_rules(made, &own_config);
    if (status != SMIN_OK) {
        smini_instance_free(made);
        return status;
    }
    *instance = made;
    return SMIN_OK;
}

void smini_instance_free(struct smin_instance *instance)
{
    if (!instance)
        return;
    smini_rule_info_free(instance);
    smini_database_unref(instance->database);
    smini_rule_set_free(instance->rules);
    struct smini_alloc alloc = instance->alloc;
    smini_alloc_free(&alloc, instance, sizeof(*instance));
}

int32_t smini_thread_new(struct smin_instance *instance, struct smin_thread **thread)
{
    if (!thread)
        return SMIN_E_MISUSE;
    *thread = NULL;
    if (!instance)
        return SMIN_E_MISUSE;
    struct smini_alloc alloc;
    smini_guest_take_memory(&instance->guest, &alloc, (size_t)instance->settings.thread_bytes_max);
    struct smin_thread *made = smini_alloc_get(&alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->alloc = alloc;
    made->instance = instance;
    int32_t status = smini_decode_scratch_init(&made->scratch, &made->alloc, &instance->settings.decode);
    if (status == SMIN_OK && instance->database)
        status = smini_matcher_new(&made->alloc, instance->database, &made->matcher);
    if (status == SMIN_OK && made->matcher && instance->settings.rule_profile)
        status = smini_matcher_count_costs(made->matcher);
    if (status != SMIN_OK) {
        smini_thread_free(made);
        return status;
    }
    *thread = made;
    return SMIN_OK;
}

void smini_thread_free(struct smin_thread *thread)
{
    if (!thread)
        return;
    smini_flow_spare_free(thread);
    smini_matcher_free(thread->matcher);
    smini_decode_scratch_free(&thread->scratch);
    struct smini_alloc alloc = thread->alloc;
    smini_alloc_free(&alloc, thread, sizeof(*thread));
}
