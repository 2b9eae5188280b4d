/* SPDX-License-Identifier: BSD-2-Clause */
/* The inspector of sealed transfers as a loadable object: one exported data symbol, nothing else. */
#include "sealed/sealed.h"

extern const struct smin_inspector *const SMIN_PLUGIN_ENTRY[];
__attribute__((visibility("default"))) const struct smin_inspector *const SMIN_PLUGIN_ENTRY[] = {
    &smini_sealed_inspector,
    NULL,
};
