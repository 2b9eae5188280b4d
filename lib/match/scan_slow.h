/* SPDX-License-Identifier: BSD-2-Clause */
/* The reference scanner: one literal after the other, nothing clever. Oracle in tests, fallback elsewhere. */
#ifndef SMINI_MATCH_SCAN_SLOW_H
#define SMINI_MATCH_SCAN_SLOW_H

#include "match/scan.h"

void smini_scan_slow_block(const struct smini_scanner *scanner, struct smini_span bytes, smini_scan_hit *hit,
                           void *user);
int32_t smini_scan_slow_stream(const struct smini_scanner *scanner, struct smini_scan_state *state,
                               struct smini_span bytes, smini_scan_hit *hit, void *user);

#endif
