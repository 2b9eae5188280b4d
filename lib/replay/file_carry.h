/* SPDX-License-Identifier: BSD-2-Clause */
/* Files as they move: counted, digested, stored, told when they end. Nothing of their contents is collected. */
#ifndef SMINI_FILE_CARRY_H
#define SMINI_FILE_CARRY_H

#include "replay/pump.h"

enum {
    /* Under way at once; each costs about 3 KiB. */
    SMINI_FILES_MAX = 16384,
    /* Of a name; the rest is cut off, and that is said. */
    SMINI_FILE_NAME_BYTES = 1024
};

/* smin.file/1. */
extern const struct smin_ext_file smini_file_lent;

/* Rules alerted on the file: it is told, whatever it is. */
void smini_file_want(struct smin_file_handle *file);

/* The flow ends: so do its files. */
void smini_files_end(struct smini_run *run, struct smini_flow *flow);

#endif
