/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Compiled patterns to bytes and back, so that a host can keep them. An entry
 * says for which patterns, library and processor it was made, and carries a
 * digest of itself; whoever is in doubt about one compiles anew.
 */
#ifndef SMINI_MATCH_CACHE_HS_H
#define SMINI_MATCH_CACHE_HS_H

#include "match/host.h"
#include "match/scan.h"

/* Takes the database from the host's cache. False: compile it. */
bool smini_cache_hs_load(struct smini_scanner *scanner, const struct smini_match_host *host);
/* Offers the host what was compiled. What cannot be kept is compiled again next time, no more. */
void smini_cache_hs_store(const struct smini_scanner *scanner, const struct smini_match_host *host);

#endif
