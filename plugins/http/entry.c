/* SPDX-License-Identifier: BSD-2-Clause */
/* The HTTP inspector as a loadable object: one exported data symbol, nothing else. */
#include "http/http.h"

extern const struct smin_inspector *const SMIN_PLUGIN_ENTRY[];
__attribute__((visibility("default"))) const struct smin_inspector *const SMIN_PLUGIN_ENTRY[] = {
    &smini_http_inspector,
    NULL,
};
