/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one thing that a message is reported for. Of all that is true of a
 * message the gravest speaks, so that signatures which ask for it exclude each
 * other; the rest is in the events.
 */
#ifndef SMINI_DECODE_FINDING_H
#define SMINI_DECODE_FINDING_H

#include <stdint.h>

struct smini_view;

/* Could a director have sent it? From grave to harmless. */
enum smini_finding_rank {
    SMINI_RANK_NONE = 0,
    SMINI_RANK_ABUSE,
    SMINI_RANK_DEFECT,
    SMINI_RANK_ROUTINE
};

/* SMINI_FINDING_PROBE, ...; 0 is none. */
enum {
    SMINI_FINDING_NONE = 0,
#define SMINI_FINDING(constant, rank, word, meaning) SMINI_FINDING_##constant,
#include "decode/finding.def"
#undef SMINI_FINDING
    SMINI_FINDING_END
};

struct smini_finding_desc {
    uint32_t rank; /* SMINI_RANK_* */
    uint32_t length;
    const char *word;
    const char *meaning;
};

/* In the order of finding.def, [SMINI_FINDING_NONE] empty. */
extern const struct smini_finding_desc smini_findings[SMINI_FINDING_END];

/*
 * After all fields and events: adds the field FINDING when there is something
 * to report. A trailer belongs to its message: it speaks when nothing was
 * reported of that yet, or only what a director does, too, and this is graver.
 */
void smini_finding_say(struct smini_view *view);

#endif
