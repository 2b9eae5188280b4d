/* SPDX-License-Identifier: BSD-2-Clause */
/* What a message orders moves over other connections: the host is told which to expect. */
#ifndef SMINI_ANNOUNCE_H
#define SMINI_ANNOUNCE_H

#include "inspect/instance.h"

/* Through smin.expect/1, if the host lends it; `message` was delivered on the thread's flow. */
void smini_inspect_announce(struct smin_thread *thread, const struct smin_message *message);

#endif
