/* SPDX-License-Identifier: BSD-2-Clause */
/* Hyperscan behind scan.h. Its own memory comes from malloc: its allocator can only be set for a whole process, which a
 * library must not do, so databases (about 10 KB) and scratch (about 4 KB a thread) are not counted. */
#ifndef SMINI_MATCH_SCAN_HS_H
#define SMINI_MATCH_SCAN_HS_H

#include "match/scan.h"

int32_t smini_compile_hs_build(struct smini_scanner *scanner, const struct smini_match_host *host);
void smini_compile_hs_free(void *database);

bool smini_scan_hs_runs_here(void);
const char *smini_scan_hs_version(void);
int32_t smini_scan_hs_prepare(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch);
void smini_scan_hs_release(struct smini_scan_scratch *scratch);
int32_t smini_scan_hs_block(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch,
                            struct smini_span bytes, smini_scan_hit *hit, void *user);
int32_t smini_scan_hs_stream(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch,
                             struct smini_scan_state *state, struct smini_span bytes, smini_scan_hit *hit, void *user);

#endif
