/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/instance.h"

#include "inspect/flow_state.h"
#include "inspect/rule_info.h"
#include "match/regex.h"

#include <string.h>

/* Takes over the host's members that its size covers; what an older host does not know stays NULL. */
static int32_t accept_host(struct smin_host *own, const struct smin_host *host)
{
    if (!host || !SMIN_HAS(host, abi_minor))
        return SMIN_E_MISUSE;
    if (host->abi_major != SMIN_ABI_MAJOR)
        return SMIN_E_VERSION;
    if (!SMIN_HAS(host, on_output) || !host->alloc || !host->release || !host->on_output)
        return SMIN_E_MISUSE;
    size_t covered = host->struct_size < sizeof(*own) ? host->struct_size : sizeof(*own);
    memset(own, 0, sizeof(*own));
    memcpy(own, host, covered);
    return SMIN_OK;
}

static int32_t accept_config(struct smin_config *own, const struct smin_config *config)
{
    memset(own, 0, sizeof(*own));
    if (!config)
        return SMIN_OK;
    if (config->struct_size < offsetof(struct smin_config, rule_text_count) || config->struct_size > SMINI_STRUCT_BYTES_MOST)
        return SMIN_E_MISUSE;
    size_t covered = config->struct_size < sizeof(*own) ? config->struct_size : sizeof(*own);
    memcpy(own, config, covered);
    if (!smini_tail_is_zero(config, config->struct_size, covered))
        return SMIN_E_VERSION;
    if ((own->rule_text_count > 0 && !own->rule_texts) || (own->variable_count > 0 && !own->variables))
        return SMIN_E_MISUSE;
    return SMIN_OK;
}

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
static struct smini_match_host lent_by(const struct smin_host *host)
{
    struct smini_match_host lent = {.user = host->user};
    const struct smin_ext_cache *cache = host->extension ? host->extension(host->user, SMIN_EXT_CACHE) : NULL;
    const struct smin_ext_progress *progress =
        host->extension ? host->extension(host->user, SMIN_EXT_PROGRESS) : NULL;
    if (cache && SMIN_HAS(cache, store)) {
        lent.load = cache->load;
        lent.store = cache->store;
    }
    if (progress && SMIN_HAS(progress, step))
        lent.progress = progress->step;
    return lent;
}

static const struct smin_ext_expect *expect_of(const struct smin_host *host)
{
    const struct smin_ext_expect *expect = host->extension ? host->extension(host->user, SMIN_EXT_EXPECT) : NULL;
    return expect && SMIN_HAS(expect, announce) && expect->announce ? expect : NULL;
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
    struct smini_match_host lent = lent_by(&instance->host);
    status = smini_database_new_with(&instance->alloc, instance->rules, NULL, choice, &lent, &instance->database);
    return status == SMIN_OK ? smini_rule_info_make(instance) : status;
}

int32_t smini_instance_new(const struct smin_host *host, const struct smin_config *config,
                           struct smin_instance **instance)
{
    if (!instance)
        return SMIN_E_MISUSE;
    *instance = NULL;
    struct smin_host own_host;
    struct smin_config own_config;
    struct smini_settings settings;
    int32_t status = accept_host(&own_host, host);
    if (status == SMIN_OK)
        status = accept_config(&own_config, config);
    if (status != SMIN_OK)
        return status;
    smini_settings_default(&settings);
    status = smini_settings_read(&settings, &own_config);
    if (status != SMIN_OK)
        return status;

    struct smini_alloc alloc;
    smini_alloc_init_on(&alloc, 0, own_host.alloc, own_host.release, own_host.user);
    struct smin_instance *made = smini_alloc_get(&alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->alloc = alloc;
    made->host = own_host;
    made->settings = settings;
    made->expect = expect_of(&made->host);
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
    smini_alloc_init_on(&alloc, (size_t)instance->settings.thread_bytes_max, instance->host.alloc,
                        instance->host.release, instance->host.user);
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
