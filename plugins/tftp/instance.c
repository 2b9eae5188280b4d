/* SPDX-License-Identifier: BSD-2-Clause */
#include "tftp/instance.h"

/* Takes over the host's members that its size covers; what an older host does not know stays NULL. */
static int32_t accept_host(struct smin_host *own, const struct smin_host *host)
{
    if (!host || !SMIN_HAS(host, abi_minor))
        return SMIN_E_MISUSE;
    if (host->abi_major != SMIN_ABI_MAJOR)
        return SMIN_E_VERSION;
    if (!SMIN_HAS(host, on_output) || !host->alloc || !host->release || !host->on_output)
        return SMIN_E_MISUSE;
    memset(own, 0, sizeof(*own));
    memcpy(own, host, host->struct_size < sizeof(*own) ? host->struct_size : sizeof(*own));
    return SMIN_OK;
}

static int32_t accept_config(const struct smin_config *config)
{
    if (!config)
        return SMIN_OK;
    if (!SMIN_HAS(config, settings) || config->struct_size > SMINI_STRUCT_BYTES_MOST ||
        (config->setting_count > 0 && !config->settings))
        return SMIN_E_MISUSE;
    if (!smini_tail_is_zero(config, config->struct_size, sizeof(*config)))
        return SMIN_E_VERSION;
    return config->setting_count > 0 ? SMIN_E_NOT_FOUND : SMIN_OK;
}

static void find_lent(struct smin_instance *instance)
{
    const struct smin_host *host = &instance->host;
    const struct smin_ext_expect *expect = host->extension ? host->extension(host->user, SMIN_EXT_EXPECT) : NULL;
    const struct smin_ext_file *file = host->extension ? host->extension(host->user, SMIN_EXT_FILE) : NULL;
    if (expect && SMIN_HAS(expect, announce) && expect->announce)
        instance->expect = expect;
    if (file && SMIN_HAS(file, end) && file->begin && file->data && file->gap && file->end)
        instance->file = file;
}

int32_t smini_tftp_instance_new(const struct smin_host *host, const struct smin_config *config,
                                struct smin_instance **instance)
{
    struct smin_host own;
    struct smini_alloc alloc;
    if (!instance)
        return SMIN_E_MISUSE;
    *instance = NULL;
    int32_t status = accept_host(&own, host);
    if (status == SMIN_OK)
        status = accept_config(config);
    if (status != SMIN_OK)
        return status;
    smini_alloc_init_on(&alloc, 0, own.alloc, own.release, own.user);
    struct smin_instance *made = smini_alloc_get(&alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->alloc = alloc;
    made->host = own;
    find_lent(made);
    *instance = made;
    return SMIN_OK;
}

void smini_tftp_instance_free(struct smin_instance *instance)
{
    if (!instance)
        return;
    struct smini_alloc alloc = instance->alloc;
    smini_alloc_free(&alloc, instance, sizeof(*instance));
}

int32_t smini_tftp_thread_new(struct smin_instance *instance, struct smin_thread **thread)
{
    if (!thread)
        return SMIN_E_MISUSE;
    *thread = NULL;
    if (!instance)
        return SMIN_E_MISUSE;
    struct smini_alloc alloc;
    smini_alloc_init_on(&alloc, 0, instance->host.alloc, instance->host.release, instance->host.user);
    struct smin_thread *made = smini_alloc_get(&alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->alloc = alloc;
    made->instance = instance;
    *thread = made;
    return SMIN_OK;
}

void smini_tftp_thread_free(struct smin_thread *thread)
{
    if (!thread)
        return;
    smini_alloc_free(&thread->alloc, thread->places, thread->place_room * sizeof(*thread->places));
    struct smini_alloc alloc = thread->alloc;
    smini_alloc_free(&alloc, thread, sizeof(*thread));
}

int32_t smini_tftp_stats_get(const struct smin_thread *thread, struct smin_stats *stats)
{
    if (!thread || !stats || !SMIN_HAS(stats, flows))
        return SMIN_E_MISUSE;
    struct smin_stats all = thread->stats;
    all.struct_size = stats->struct_size < sizeof(all) ? stats->struct_size : (uint32_t)sizeof(all);
    all.memory_used = thread->alloc.used;
    all.memory_peak = thread->alloc.peak;
    all.allocations = thread->alloc.calls;
    all.allocation_failures = thread->alloc.refused;
    memcpy(stats, &all, all.struct_size);
    return SMIN_OK;
}
