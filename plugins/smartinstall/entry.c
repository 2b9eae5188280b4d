/* SPDX-License-Identifier: BSD-2-Clause */
/* The Smart Install inspector as a loadable object: one exported data symbol, nothing else. */
#include "inspect/builtin.h"

extern const struct smin_inspector *const SMIN_PLUGIN_ENTRY[];
__attribute__((visibility("default"))) const struct smin_inspector *const SMIN_PLUGIN_ENTRY[] = {
    &smini_builtin_inspector,
    NULL,
};
