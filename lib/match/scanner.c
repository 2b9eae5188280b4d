/* SPDX-License-Identifier: BSD-2-Clause */
/* Which of the two scanners does the work. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <stdio.h>

#include "match/scan.h"
#include "match/scan_hs.h"
#include "match/scan_slow.h"
#include "smin/status.h"

const char *smini_scanner_fast_name(char *text, size_t size)
{
#ifdef HAVE_HYPERSCAN
    if (!smini_scan_hs_runs_here())
        return NULL;
    const char *version = smini_scan_hs_version();
    (void)snprintf(text, size, "hyperscan %.*s", (int)smini_span_find(smini_span_text(version), ' '), version);
    return text;
#else
    (void)text;
    (void)size;
    return NULL;
#endif
}

int32_t smini_scanner_new(struct smini_alloc *alloc, const struct smini_pattern *patterns, uint32_t count,
                          bool streaming, bool want_fast, const struct smini_match_host *host,
                          struct smini_scanner **made)
{
    *made = NULL;
#ifndef HAVE_HYPERSCAN
    want_fast = false;
#endif
    struct smini_scanner *scanner = smini_alloc_get(alloc, sizeof(*scanner));
    if (!scanner)
        return SMIN_E_NOMEM;
    scanner->alloc = alloc;
    scanner->streaming = streaming;
    scanner->count = count;
    scanner->patterns = smini_alloc_array(alloc, count, sizeof(scanner->patterns[0]));
    if (!scanner->patterns) {
        smini_scanner_free(scanner);
        return SMIN_E_NOMEM;
    }
    memcpy(scanner->patterns, patterns, count * sizeof(patterns[0]));
    for (uint32_t i = 0; i < count; i++) {
        if (patterns[i].literal.bytes.length > scanner->longest)
            scanner->longest = patterns[i].literal.bytes.length;
        scanner->patterns[i].everywhere = patterns[i].expression && !want_fast;
    }
    int32_t status = SMIN_OK;
#ifdef HAVE_HYPERSCAN
    if (want_fast)
        status = smini_compile_hs_build(scanner, host);
#else
    (void)host;
#endif
    for (uint32_t i = 0; i < count; i++)
        scanner->everywhere += scanner->patterns[i].everywhere ? 1 : 0;
    if (status != SMIN_OK) {
        smini_scanner_free(scanner);
        return status;
    }
    *made = scanner;
    return SMIN_OK;
}

void smini_scanner_free(struct smini_scanner *scanner)
{
    if (!scanner)
        return;
#ifdef HAVE_HYPERSCAN
    if (scanner->fast)
        smini_compile_hs_free(scanner->fast);
#endif
    smini_alloc_free(scanner->alloc, scanner->patterns, scanner->count * sizeof(scanner->patterns[0]));
    smini_alloc_free(scanner->alloc, scanner, sizeof(*scanner));
}

int32_t smini_scan_prepare(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch)
{
#ifdef HAVE_HYPERSCAN
    if (scanner->fast)
        return smini_scan_hs_prepare(scanner, scratch);
#endif
    (void)scanner;
    (void)scratch;
    return SMIN_OK;
}

void smini_scan_release(struct smini_scan_scratch *scratch)
{
#ifdef HAVE_HYPERSCAN
    if (scratch->fast || scratch->stream)
        smini_scan_hs_release(scratch);
#endif
    (void)scratch;
}

static void tell_everywhere(const struct smini_scanner *scanner, smini_scan_hit *hit, void *user)
{
    for (uint32_t i = 0; i < scanner->count && scanner->everywhere; i++)
        if (scanner->patterns[i].everywhere)
            hit(user, i);
}

int32_t smini_scan(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch, struct smini_span bytes,
                   smini_scan_hit *hit, void *user)
{
    if (bytes.length == 0)
        return SMIN_OK;
    tell_everywhere(scanner, hit, user);
#ifdef HAVE_HYPERSCAN
    if (scanner->fast)
        return smini_scan_hs_block(scanner, scratch, bytes, hit, user);
#endif
    (void)scratch;
    smini_scan_slow_block(scanner, bytes, hit, user);
    return SMIN_OK;
}

int32_t smini_scan_stream(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch,
                          struct smini_scan_state *state, struct smini_span bytes, smini_scan_hit *hit, void *user)
{
    if (bytes.length == 0)
        return SMIN_OK;
    tell_everywhere(scanner, hit, user);
#ifdef HAVE_HYPERSCAN
    if (scanner->fast)
        return smini_scan_hs_stream(scanner, scratch, state, bytes, hit, user);
#endif
    (void)scratch;
    return smini_scan_slow_stream(scanner, state, bytes, hit, user);
}

void smini_scan_state_free(struct smini_scan_state *state)
{
    smini_alloc_free(state->alloc, state->bytes, state->capacity);
    state->bytes = NULL;
    state->capacity = state->used = 0;
}
