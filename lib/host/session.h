/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An inspector at work inside an engine: what every adapter does before the first byte. Chooses the inspector (built in,
 * or of a plugin file), makes its instance, and asks for the extensions.
 */
#ifndef SMINI_HOST_SESSION_H
#define SMINI_HOST_SESSION_H

#include "smin/abi_ext.h"
#include "smin/host.h"

/* Borrowed until smini_session_open returns, but for the texts and callbacks, which must outlive the session. */
struct smini_session_options {
    const char *host_name;                  /* "suricata 8" */
    const struct smin_inspector *built_in;  /* used where `plugin_path` names none */
    const char *plugin_path;                /* NULL or "": the built-in one; else the first inspector of this file */
    const struct smin_config *config;       /* settings, rules, variables */
    void *user;                             /* handed back in the callbacks */
    void (*trace)(void *user, int32_t level, const char *text); /* may be NULL */
    void (*on_output)(void *user, void *flow_user, const struct smin_output *output);
};

/* Must not move while it is open: the instance points at `host`. */
struct smini_session {
    struct smin_host host; /* memory from malloc */
    struct smin_registry *registry;
    const struct smin_inspector *inspector;
    const char *origin; /* "built in", or the plugin's path; lives as long as the session */
    struct smin_instance *instance;
    /* NULL where the inspector does not have it, or has less of it than this host was built with. */
    const struct smin_ext_frame *frame;
    const struct smin_ext_message *message;
    const struct smin_ext_rules *rules;
    const struct smin_ext_stats *stats;
    const struct smin_ext_detect *detect;
};

/*
 * The inspector and its extensions, no instance yet: enough to register what the tables name. SMIN_OK; else as
 * smin_host_registry_load, `reason` (SMIN_HOST_REASON_BYTES) says why, and nothing needs closing.
 */
int32_t smini_session_choose(struct smini_session *session, const struct smini_session_options *options, char *reason);

/* The instance of a chosen inspector. SMIN_OK; as instance_new, with a `reason`; the session stays as it was. */
int32_t smini_session_start(struct smini_session *session, const struct smini_session_options *options, char *reason);

/* Frees the instance, which has no threads left, and the list. A session of zeros is fine. */
void smini_session_close(struct smini_session *session);

#endif
