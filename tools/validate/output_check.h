/* SPDX-License-Identifier: BSD-2-Clause */
/* Is an output within the plugin's own tables, within what was offered, and within its own bounds? */
#ifndef VALIDATE_OUTPUT_CHECK_H
#define VALIDATE_OUTPUT_CHECK_H

#include "host_side.h"

/* Adds to the flow's digest, and to the host's fault when something is wrong. */
void output_check(struct flow_side *flow, const struct smin_output *output);

#endif
