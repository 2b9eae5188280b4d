/* SPDX-License-Identifier: BSD-2-Clause */
/* The FTP inspector as a loadable object: one exported data symbol, nothing else. */
#include "ftp/ftp.h"

extern const struct smin_inspector *const SMIN_PLUGIN_ENTRY[];
__attribute__((visibility("default"))) const struct smin_inspector *const SMIN_PLUGIN_ENTRY[] = {
    &smini_ftp_inspector,
    NULL,
};
