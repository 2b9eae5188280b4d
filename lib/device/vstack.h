/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is Smart Install on? From what a device prints: its configuration, "show
 * vstack config" in the forms that are known, and "show tcp brief all"; one of
 * them, or a console log with several. Silence proves nothing: a configuration
 * does not mention Smart Install where it is on by default, nor where the
 * device does not have it.
 */
#ifndef SMINI_DEVICE_VSTACK_H
#define SMINI_DEVICE_VSTACK_H

#include "base/span.h"
#include "device/fact.h"

enum { SMINI_VSTACK_DIRECTORS_MOST = 8 /* a device has one; more means several outputs in one text */ };

enum smini_vstack_role {
    SMINI_VSTACK_ROLE_UNKNOWN,
    SMINI_VSTACK_ROLE_CLIENT,
    SMINI_VSTACK_ROLE_DIRECTOR
};

struct smini_vstack {
    struct smini_fact enabled;    /* what all of the following say together */
    struct smini_fact configured; /* by the configuration */
    struct smini_fact shown;      /* by "show vstack config" */
    struct smini_fact listening;  /* by "show tcp brief all": something listens at TCP 4786 */
    enum smini_vstack_role role;
    uint32_t role_line;
    uint32_t director_count;
    bool more_directors; /* there are more than found room */
    struct smini_span directors[SMINI_VSTACK_DIRECTORS_MOST]; /* addresses as they stand in the text */
    uint32_t director_lines[SMINI_VSTACK_DIRECTORS_MOST];
};

void smini_vstack_read(struct smini_vstack *vstack, struct smini_span text);

#endif
