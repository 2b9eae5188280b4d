/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a check where it can do no harm: a child with limits, its output caught. */
#ifndef VALIDATE_CHILD_H
#define VALIDATE_CHILD_H

#include <stdint.h>

#include "host_side.h"

/* The longest report of a child: the ids of its inspectors, or a reason. */
enum { REPORT_BYTES = 8192 };

/* In the fault of a child that was stopped. */
#define CHILD_LATE "it did not come to an end within the time allowed"

/* Writes a report of at most REPORT_BYTES, its NUL included. */
typedef void (*child_fn)(void *argument, char *report);

/*
 * Runs `function` in a child and copies its report. `fault` becomes "" or says
 * how the child ended otherwise: a signal, no time left, something written to
 * stdout or stderr. 0, or -1 when no child could be made.
 */
int child_run(child_fn function, void *argument, unsigned seconds, char *report, char fault[FAULT_BYTES]);

#endif
