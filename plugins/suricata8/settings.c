/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/settings.h"

#include <stdio.h>
#include <string.h>

#include "suricata8/engine_api.h"
#include "suricata8/log.h"

#define KEY(name) SMINI_SURICATA_SETTINGS_PREFIX name

static bool refuse(const char *name, const char *why)
{
    smini_suricata_log(SMINI_ENGINE_LOG_ERROR, KEY("settings") ".%s: %s", name, why);
    return false;
}

static bool add(struct smini_suricata_settings *settings, const char *group, const struct smini_engine_setting *node)
{
    const char *name = node->name ? node->name : "?";
    if (!node->value)
        return refuse(name, "expected NAME: VALUE");
    if (settings->count == SMINI_SURICATA_SETTINGS_MAX)
        return refuse(name, "more settings than any inspector has");
    char *whole = settings->names[settings->count];
    int length = snprintf(whole, SMINI_SURICATA_SETTING_NAME, "%s%s%s", group ? group : "", group ? "." : "", name);
    if (length >= (int)SMINI_SURICATA_SETTING_NAME)
        return refuse(name, "the name is too long");
    settings->settings[settings->count++] = (struct smin_setting){.name = whole, .value = node->value};
    return true;
}

/* "settings:" as a map. A name with a dot may be nested, as the command line writes it. */
static bool read_handed_through(struct smini_suricata_settings *settings)
{
    const struct smini_engine_setting *parent = SCConfGetNode(KEY("settings"));
    struct smini_engine_setting *node = parent ? SCConfGetFirstNode(parent) : NULL;
    for (; node; node = SCConfGetNextNode(node)) {
        struct smini_engine_setting *nested = node->value ? NULL : SCConfGetFirstNode(node);
        if (!nested && !add(settings, NULL, node))
            return false;
        for (; nested; nested = SCConfGetNextNode(nested))
            if (!add(settings, node->name, nested))
                return false;
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
