/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/session.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "host/reason.h"

static void *session_alloc(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void session_release(void *user, void *memory, size_t size)
{
    (void)user;
    (void)size;
    free(memory);
}

/* An extension, or NULL when it does not reach up to `needed` bytes. Every table begins with its size. */
static const void *ask(const struct smin_inspector *inspector, const char *id, size_t needed)
{
    const void *table = inspector->extension ? inspector->extension(id) : NULL;
    uint32_t size = 0;
    if (table)
        memcpy(&size, table, sizeof(size));
    return size >= needed ? table : NULL;
}

static void ask_extensions(struct smini_session *session)
{
    const struct smin_inspector *inspector = session->inspector;
    session->frame = ask(inspector, SMIN_EXT_FRAME, sizeof(*session->frame));
    session->message = ask(inspector, SMIN_EXT_MESSAGE, sizeof(*session->message));
    session->rules = ask(inspector, SMIN_EXT_RULES, sizeof(*session->rules));
    session->stats = ask(inspector, SMIN_EXT_STATS, sizeof(*session->stats));
    session->detect = ask(inspector, SMIN_EXT_DETECT, sizeof(*session->detect));
}

static void fill_host(struct smini_session *session, const struct smini_session_options *options)
{
    session->host = (struct smin_host){
        .struct_size = sizeof(session->host),
        .abi_major = SMIN_ABI_MAJOR,
        .abi_minor = SMIN_ABI_MINOR,
        .name = options->host_name,
        .user = options->user,
        .alloc = session_alloc,
        .release = session_release,
        .trace = options->trace,
        .on_output = options->on_output,
    };
}

int32_t smini_session_choose(struct smini_session *session, const struct smini_session_options *options, char *reason)
{
    memset(session, 0, sizeof(*session));
    reason[0] = '\0';
    bool loads = options->plugin_path && options->plugin_path[0] != '\0';
    int32_t status = smin_host_registry_new(&session->registry);
    if (status == SMIN_OK)
        status = loads ? smin_host_registry_load(session->registry, options->plugin_path, reason)
                       : smin_host_registry_add(session->registry, options->built_in, reason);
    if (status != SMIN_OK) {
        if (reason[0] == '\0')
            smini_reason_say(reason, status, "%s", smin_status_text(status));
        smini_session_close(session);
        return status;
    }
    session->inspector = smin_host_registry_get(session->registry, 0);
    session->origin = smin_host_registry_origin(session->registry, 0);
    fill_host(session, options);
    ask_extensions(session);
    return SMIN_OK;
}

int32_t smini_session_start(struct smini_session *session, const struct smini_session_options *options, char *reason)
{
    reason[0] = '\0';
    int32_t status = session->inspector->instance_new(&session->host, options->config, &session->instance);
    if (status == SMIN_OK)
        return SMIN_OK;
    return smini_reason_say(reason, status, "%s (%s) cannot be started: %s", session->inspector->id, session->origin,
                            smin_status_text(status));
}

void smini_session_close(struct smini_session *session)
{
    if (session->instance)
        session->inspector->instance_free(session->instance);
    smin_host_registry_free(&session->registry);
    memset(session, 0, sizeof(*session));
}
