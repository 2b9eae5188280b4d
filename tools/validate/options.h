/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of smin-validate. */
#ifndef VALIDATE_OPTIONS_H
#define VALIDATE_OPTIONS_H

#include <stdbool.h>

#include "samples.h"

struct options {
    const char *plugin;
    unsigned seconds; /* for each check */
    bool tap;
    bool quiet; /* only what failed, and the last line */
};

enum { OPTIONS_RUN = 0, OPTIONS_DONE = 1, OPTIONS_WRONG = 2 };

/* Reads the command line and the files it names; says what is wrong with it on stderr. OPTIONS_*. */
int options_read(int argc, char **argv, struct options *options, struct samples *samples);

#endif
