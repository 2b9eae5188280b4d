/* SPDX-License-Identifier: BSD-2-Clause */
/* The only file that knows which inspector is built in. */
#include "snort3/builtin.h"

#include "smin/inspector.h"

const struct smin_inspector *smini_snort_builtin(void)
{
    return smin_inspector_builtin();
}
