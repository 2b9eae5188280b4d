/* SPDX-License-Identifier: BSD-2-Clause */
/* What the host side lends: it looks at every call, and keeps the last transfer that was announced. */
#ifndef VALIDATE_HOST_LENT_H
#define VALIDATE_HOST_LENT_H

#include "host_side.h"

/* smin.expect/1 and smin.file/1; NULL for anything else. */
const void *host_lent(const char *id);

/* The flow is about to be freed: its files are gone. */
void host_lent_forget(struct flow_side *flow);

#endif
