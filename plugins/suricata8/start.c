/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/start.h"

#include <stdio.h>
#include <string.h>

#include "suricata8/adapter.h"
#include "suricata8/counters.h"
#include "suricata8/event.h"
#include "suricata8/flow.h"
#include "suricata8/frame.h"
#include "suricata8/log.h"
#include "suricata8/own_rules.h"
#include "suricata8/record.h"
#include "suricata8/register.h"

struct smini_suricata_adapter smini_suricata_adapter;

/* The engine compares the number itself; this is for one that kept its number, but is of another series. */
static bool right_engine(void)
{
    const char *running = GetProgramVersion();
    if (running && strncmp(running, SMINI_ENGINE_SERIES, strlen(SMINI_ENGINE_SERIES)) == 0)
        return true;
    smini_suricata_log(SMINI_ENGINE_LOG_ERROR,
                       "this plugin was made for Suricata " SMINI_ENGINE_SERIES "x, but %s runs: nothing is registered; "
                       "install the smin of this Suricata, or take the plugin out of \"plugins:\"",
                       running ? running : "another version");
    return false;
}

static void trace(void *user, int32_t level, const char *text)
{
    (void)user;
    static const int levels[] = {
        [SMIN_TRACE_ERROR] = SMINI_ENGINE_LOG_ERROR,
        [SMIN_TRACE_WARNING] = SMINI_ENGINE_LOG_WARNING,
        [SMIN_TRACE_INFO] = SMINI_ENGINE_LOG_INFO,
        [SMIN_TRACE_DEBUG] = SMINI_ENGINE_LOG_DEBUG,
    };
    smini_suricata_log(level >= SMIN_TRACE_ERROR && level <= SMIN_TRACE_DEBUG ? levels[level] : SMINI_ENGINE_LOG_DEBUG,
                       "%s", text);
}

static bool start_with_rules(struct smini_suricata_adapter *adapter, const struct smini_session_options *options,
                             struct smin_config *config, char *reason)
{
    static struct smini_suricata_own_rules rules; /* too large for a stack; used once, before there are threads */
    smini_suricata_own_rules_read(&rules, config);
    int32_t status = smini_session_start(&adapter->session, options, reason);
    if (status == SMIN_OK && config->rule_text_count > 0)
        smini_suricata_own_rules_report(&adapter->session);
    smini_suricata_own_rules_free(&rules);
    return status == SMIN_OK;
}

static bool start(struct smini_suricata_adapter *adapter, const struct smin_inspector *built_in)
{
    char reason[SMIN_HOST_REASON_BYTES];
    struct smin_config config = {
        .struct_size = sizeof(config),
        .setting_count = adapter->settings.count,
        .settings = adapter->settings.settings,
    };
    struct smini_session_options options = {
        .host_name = "suricata " SMINI_ENGINE_SERIES "x",
        .built_in = built_in,
        .plugin_path = adapter->settings.inspector_path,
        .config = &config,
        .user = adapter,
        .trace = trace,
        .on_output = smini_suricata_flow_output,
    };
    if (smini_session_choose(&adapter->session, &options, reason) == SMIN_OK) {
        if (start_with_rules(adapter, &options, &config, reason))
            return true;
        smini_session_close(&adapter->session);
    }
    smini_suricata_log(SMINI_ENGINE_LOG_ERROR, "no inspector, nothing is registered: %s", reason);
    return false;
}

static void describe(struct smini_suricata_adapter *adapter)
{
    const struct smin_inspector *inspector = adapter->session.inspector;
    uint32_t beyond = smini_suricata_events_beyond(inspector);
    smini_suricata_log(SMINI_ENGINE_LOG_INFO, "%s: %s %s (%s)", inspector->name, inspector->id, inspector->version,
                       adapter->session.origin);
    if (beyond > 0)
        smini_suricata_log(SMINI_ENGINE_LOG_WARNING, "%s: the last %u events cannot be named in rules",
                           inspector->name, beyond);
}

void smini_suricata_start(const struct smin_inspector *built_in)
{
    struct smini_suricata_adapter *adapter = &smini_suricata_adapter;
    if (!right_engine() || !smini_suricata_settings_read(&adapter->settings) || !start(adapter, built_in))
        return;
    if (smini_suricata_slots_open(&adapter->slots, &adapter->session) != SMIN_OK) {
        smini_suricata_log(SMINI_ENGINE_LOG_ERROR, "no room for threads, nothing is registered");
        smini_session_close(&adapter->session);
        return;
    }
    const char *name = adapter->session.inspector->name;
    snprintf(adapter->log_setting, sizeof(adapter->log_setting), "eve-log.%s", name);
    adapter->app_layer = (struct smini_engine_app_layer){
        .name = name,
        .register_parser = smini_suricata_register_parser,
        .register_keywords = smini_suricata_register_keywords,
        .log_name = name,
        .log_setting = adapter->log_setting,
        .log_direction = SMINI_ENGINE_LOG_AS_FLOW,
        .log = smini_suricata_record_write,
    };
    smini_suricata_frames_list(adapter->session.inspector);
    describe(adapter);
    smini_suricata_counters_register(name);
    if (SCPluginRegisterAppLayer(&adapter->app_layer) != 0)
        smini_suricata_log(SMINI_ENGINE_LOG_ERROR, "the engine does not take the protocol %s", name);
}
