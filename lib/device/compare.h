/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What differs between two configurations of a device: the one that was stolen
 * and the one that was planted, or a baseline and what runs now. A line is the
 * same when its words and its section's are; where in its section it stands
 * matters only where it does to a device (access lists, route maps, policies,
 * banners). Comments, console output and lines that change by themselves are
 * left out. Abbreviations are not expanded: a typed configuration differs from
 * a printed one wherever it spells a command in another way.
 */
#ifndef SMINI_DEVICE_COMPARE_H
#define SMINI_DEVICE_COMPARE_H

#include "device/ios_text.h"

/* A configuration of this many lines takes about 100 MB to compare with another; the largest devices print some hundred thousand. */
enum { SMINI_COMPARE_LINES_MOST = 500000 };

enum smini_change_kind {
    SMINI_CHANGE_REMOVED, /* only in the first */
    SMINI_CHANGE_ADDED,   /* only in the second */
    SMINI_CHANGE_MOVED    /* in both, but not in the same order with its neighbours */
};

struct smini_change {
    enum smini_change_kind kind;
    struct smini_ios_line line;           /* of the first when removed, else of the second */
    const struct smini_ios_line *section; /* the line that this one stands below, NULL: none; valid until the next call */
    uint32_t other;                       /* moved: its number in the first; else 0 */
};

struct smini_compare;

/*
 * Compares; both texts must stay where they are. SMIN_OK, SMIN_E_NOMEM, or
 * SMIN_E_LIMIT when one of them has more than `lines_most` lines to compare.
 */
int32_t smini_compare_new(struct smini_compare **out, struct smini_alloc *alloc, struct smini_span before,
                          struct smini_span after, uint32_t lines_most);

/* The next change: first what was removed, in the order of the first text, then the rest in that of the second. */
bool smini_compare_next(struct smini_compare *compare, struct smini_change *change);

/* How many lines of both texts were held against each other, and how many of them are the same. */
void smini_compare_counts(const struct smini_compare *compare, uint32_t *lines, uint32_t *same);

void smini_compare_free(struct smini_compare **compare);

#endif
