/* SPDX-License-Identifier: BSD-2-Clause */
/* The one symbol that the engine asks for; and the one place that hands over the built-in inspector. */
#include "smin/inspector.h"
#include "smin/version.h"
#include "suricata8/engine_api.h"
#include "suricata8/start.h"

static void init(void)
{
    smini_suricata_start(smin_inspector_builtin());
}

static struct smini_engine_plugin plugin = {
    .api_number = SMINI_ENGINE_API_NUMBER,
    .engine_version = SMINI_ENGINE_SERIES "x",
    .name = "smin",
    .version = SMIN_VERSION,
    .licence = "BSD-2-Clause",
    .author = "smin",
    .init = init,
};

__attribute__((visibility("default"))) struct smini_engine_plugin *SCPluginRegister(void);
struct smini_engine_plugin *SCPluginRegister(void)
{
    return &plugin;
}
