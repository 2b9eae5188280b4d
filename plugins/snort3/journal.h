/* SPDX-License-Identifier: BSD-2-Clause */
/* A file with one JSON line per message, written by one packet thread. */
#ifndef SMINI_SNORT_JOURNAL_H
#define SMINI_SNORT_JOURNAL_H

#include "smin/abi.h"

struct smini_journal;

/* Appends to `path`. SMIN_OK, SMIN_E_NOMEM, SMIN_E_IO. */
int32_t smini_journal_open(struct smini_journal **journal, const char *path, const struct smin_inspector *inspector);
void smini_journal_close(struct smini_journal **journal);

void smini_journal_write(struct smini_journal *journal, const struct smin_flow_info *info,
                         const struct smin_output *output);

#endif
