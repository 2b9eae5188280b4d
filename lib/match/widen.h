/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A wider expression, for the scanner: it matches wherever the rule's own does,
 * and in more places. Assertions, back references, atomic groups, newlines and
 * large repeats are left out; what remains is bytes, sets, alternatives and
 * small repeats, which every engine reads alike. PCRE2 confirms what it finds.
 */
#ifndef SMINI_MATCH_WIDEN_H
#define SMINI_MATCH_WIDEN_H

#include "base/alloc.h"
#include "rule/rule.h"

struct smini_wide {
    char *text; /* ended by NUL; NULL: nothing worth scanning for */
    size_t room;
    uint32_t bits;      /* that the least telling match fixes: eight per given byte */
    uint32_t positions; /* bytes and sets in it, repeats written out: what compiling it costs */
};

/*
 * `expression` was accepted by PCRE2. `wide->text` stays NULL when it holds something that is not understood here,
 * can match nothing or almost everywhere, or is too large. SMIN_OK, SMIN_E_NOMEM.
 */
int32_t smini_widen(struct smini_alloc *alloc, const struct smini_regex_text *expression, struct smini_wide *wide);
void smini_wide_free(struct smini_alloc *alloc, struct smini_wide *wide);

#endif
