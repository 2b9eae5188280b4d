/* SPDX-License-Identifier: BSD-2-Clause */
/* The one place that hands over the built-in inspector; from here on everything is the ABI. */
#include "wireshark/built_in.h"

#include "smin/inspector.h"

const struct smin_inspector *smini_ws_built_in(void)
{
    return smin_inspector_builtin();
}
