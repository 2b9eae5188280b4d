/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The common shape of the two scanners: which of these patterns occur in these
 * bytes? Hyperscan answers fast, the plain scanner is what it is measured by.
 */
#ifndef SMINI_MATCH_SCAN_H
#define SMINI_MATCH_SCAN_H

#include "base/alloc.h"
#include "base/span.h"

struct smini_literal {
    struct smini_span bytes; /* borrowed for the scanner's life; lower case when nocase */
    bool nocase;
};

/* A literal, or an expression of widen.h. Where nothing can look for an expression it is told as there. */
struct smini_pattern {
    struct smini_literal literal;
    const char *expression; /* borrowed likewise, ended by NUL; NULL: the literal */
    bool everywhere;        /* nothing looks for it */
};

struct smini_scanner {
    struct smini_alloc *alloc;
    struct smini_pattern *patterns;
    uint32_t count;
    uint32_t everywhere; /* how many of them nothing looks for */
    size_t longest;
    bool streaming;
    void *fast; /* Hyperscan's database, or NULL: plain */
};

/* What one thread needs besides; zeroed before first use. */
struct smini_scan_scratch {
    void *fast;
    void *stream;
};

/* Where a stream stands between two pieces. */
struct smini_scan_state {
    struct smini_alloc *alloc;
    uint8_t *bytes;
    size_t capacity;
    size_t used; /* 0: at the beginning */
};

/* A pattern occurs; in one call it may be told more than once. */
typedef void smini_scan_hit(void *user, uint32_t pattern);

struct smini_match_host;

/* `want_fast` is a wish; `host` may be NULL. SMIN_OK, SMIN_E_NOMEM, SMIN_E_INTERNAL. */
int32_t smini_scanner_new(struct smini_alloc *alloc, const struct smini_pattern *patterns, uint32_t count,
                          bool streaming, bool want_fast, const struct smini_match_host *host,
                          struct smini_scanner **scanner);
void smini_scanner_free(struct smini_scanner *scanner); /* NULL is fine */

/* "hyperscan 5.4.0", or NULL when it was not built in or does not run on this processor. */
const char *smini_scanner_fast_name(char *text, size_t size);

int32_t smini_scan_prepare(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch);
void smini_scan_release(struct smini_scan_scratch *scratch);

/* SMIN_OK, SMIN_E_INTERNAL. */
int32_t smini_scan(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch, struct smini_span bytes,
                   smini_scan_hit *hit, void *user);

/* The next piece of a stream; patterns that cross pieces are found. SMIN_OK, SMIN_E_NOMEM, SMIN_E_INTERNAL. */
int32_t smini_scan_stream(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch,
                          struct smini_scan_state *state, struct smini_span bytes, smini_scan_hit *hit, void *user);
void smini_scan_state_free(struct smini_scan_state *state);

/* First occurrence at or behind `from`, or bytes.length. */
size_t smini_literal_find(const struct smini_literal *literal, struct smini_span bytes, size_t from);

#endif
