/* SPDX-License-Identifier: BSD-2-Clause */
/* What the engine's configuration says about us, under "app-layer.protocols.smin". */
#ifndef SMINI_SURICATA_SETTINGS_H
#define SMINI_SURICATA_SETTINGS_H

#include <stdbool.h>

#include "smin/abi.h"

#define SMINI_SURICATA_SETTINGS_PREFIX "app-layer.protocols.smin."

/* Settings handed through to the inspector. An inspector has a handful. */
#define SMINI_SURICATA_SETTINGS_MAX 64u

/* Room for a name; inspectors' have some twenty characters. */
#define SMINI_SURICATA_SETTING_NAME 128u

/* Texts belong to the engine's configuration, which lives as long as the process. */
struct smini_suricata_settings {
    const char *inspector_path; /* NULL: the built-in one */
    uint32_t count;
    struct smin_setting settings[SMINI_SURICATA_SETTINGS_MAX];
    char names[SMINI_SURICATA_SETTINGS_MAX][SMINI_SURICATA_SETTING_NAME];
    uint32_t stream_depth;      /* 0: no limit */
};

/* False, and a line in the log, when something is not understood. */
bool smini_suricata_settings_read(struct smini_suricata_settings *settings);

#endif
