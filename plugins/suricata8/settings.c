/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/settings.h"

#include <string.h>

#include "suricata8/engine_api.h"
#include "suricata8/log.h"

#define KEY(name) SMINI_SURICATA_SETTINGS_PREFIX name

/* "settings:" as a map, or as a list of one-element maps: NAME: VALUE. */
static bool read_handed_through(struct smini_suricata_settings *settings)
{
    const struct smini_engine_setting *parent = SCConfGetNode(KEY("settings"));
    struct smini_engine_setting *node = parent ? SCConfGetFirstNode(parent) : NULL;
    for (; node; node = SCConfGetNextNode(node)) {
        if (settings->count == SMINI_SURICATA_SETTINGS_MAX) {
            smini_suricata_log(SMINI_ENGINE_LOG_ERROR, KEY("settings") ": more than %u", SMINI_SURICATA_SETTINGS_MAX);
            return false;
        }
        if (!node->name || !node->value) {
            smini_suricata_log(SMINI_ENGINE_LOG_ERROR, KEY("settings") ".%s: expected NAME: VALUE",
                               node->name ? node->name : "?");
            return false;
        }
        settings->settings[settings->count++] = (struct smin_setting){.name = node->name, .value = node->value};
    }
    return true;
}

bool smini_suricata_settings_read(struct smini_suricata_settings *settings)
{
    const char *depth = NULL;
    memset(settings, 0, sizeof(*settings));
    SCConfGet(KEY("inspector"), &settings->inspector_path);
    if (SCConfGet(KEY("stream-depth"), &depth) == 1 && depth &&
        ParseSizeStringU32(depth, &settings->stream_depth) < 0) {
        smini_suricata_log(SMINI_ENGINE_LOG_ERROR, KEY("stream-depth") ": \"%s\" is no size; 0 means no limit", depth);
        return false;
    }
    return read_handed_through(settings);
}
