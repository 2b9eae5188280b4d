/* SPDX-License-Identifier: BSD-2-Clause */
#include "http/instance.h"

#include "http/parser.h"

int32_t smini_http_instance_new(const struct smin_host *host, const struct smin_config *config,
                                struct smin_instance **instance)
{
    struct smini_guest guest;
    struct smini_alloc alloc;
    if (!instance)
        return SMIN_E_MISUSE;
    *instance = NULL;
    int32_t status = smini_guest_take_host(&guest, host);
    if (status == SMIN_OK)
        status = smini_guest_refuse_settings(config);
    if (status != SMIN_OK)
        return status;
    smini_guest_take_memory(&guest, &alloc, 0);
    struct smin_instance *made = smini_alloc_get(&alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->alloc = alloc;
    made->guest = guest;
    made->config = smini_http_parser_config();
    if (!made->config) {
        smini_http_instance_free(made);
        return SMIN_E_NOMEM;
    }
    *instance = made;
    return SMIN_OK;
}

void smini_http_instance_free(struct smin_instance *instance)
{
    if (!instance)
        return;
    smini_http_parser_config_free(instance->config);
    struct smini_alloc alloc = instance->alloc;
    smini_alloc_free(&alloc, instance, sizeof(*instance));
}

int32_t smini_http_thread_new(struct smin_instance *instance, struct smin_thread **thread)
{
    if (!thread)
        return SMIN_E_MISUSE;
    *thread = NULL;
    if (!instance)
        return SMIN_E_MISUSE;
    struct smini_alloc alloc;
    smini_guest_take_memory(&instance->guest, &alloc, 0);
    struct smin_thread *made = smini_alloc_get(&alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->alloc = alloc;
    made->instance = instance;
    *thread = made;
    return SMIN_OK;
}

void smini_http_thread_free(struct smin_thread *thread)
{
    if (!thread)
        return;
    struct smini_alloc alloc = thread->alloc;
    smini_alloc_free(&alloc, thread, sizeof(*thread));
}

int32_t smini_http_stats_get(const struct smin_thread *thread, struct smin_stats *stats)
{
    return thread ? smini_guest_give_stats(&thread->stats, &thread->alloc, stats) : SMIN_E_MISUSE;
}
