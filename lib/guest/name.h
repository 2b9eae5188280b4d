/* SPDX-License-Identifier: BSD-2-Clause */
/* What a file's name may do to whoever uses it: inspectors of transfers say so in events. */
#ifndef SMINI_GUEST_NAME_H
#define SMINI_GUEST_NAME_H

#include "base/span.h"

enum {
    SMINI_NAME_CONTROL = 1,  /* bytes that are no printable ASCII: a terminal might obey them */
    SMINI_NAME_TRAVERSAL = 2 /* a step "..", behind a slash of either kind: a server might follow it */
};

/* SMINI_NAME_*, as bits. */
uint32_t smini_guest_name_tricks(struct smini_span name);

#endif
