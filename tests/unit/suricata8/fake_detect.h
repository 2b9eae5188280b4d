/* SPDX-License-Identifier: BSD-2-Clause */
/* The part of the engine of our own that keywords call: what they registered, and what their rule became. */
#ifndef SMIN_TESTS_FAKE_DETECT_H
#define SMIN_TESTS_FAKE_DETECT_H

#include "suricata8/engine_detect.h"

enum { FAKE_KEYWORDS = 256, FAKE_CONDITIONS = 8, FAKE_LIST_OF_NUMBERS = 1 };

struct fake_detect {
    struct smini_engine_keyword keywords[FAKE_KEYWORDS];
    uint32_t keyword_count;
    smini_engine_get_buffer get[FAKE_KEYWORDS]; /* of the lists */
    smini_engine_get_buffers get_many[FAKE_KEYWORDS];
    uint32_t list_count; /* numbers begin behind FAKE_LIST_OF_NUMBERS */
    bool no_lists;       /* a test wants that none can be registered */
    bool refuses;        /* or that a rule takes no condition */
    /* the rule */
    const struct smini_engine_condition *conditions[FAKE_CONDITIONS];
    uint32_t condition_count;
    int active_list;
};

extern struct fake_detect fake_detect;

/* The keyword with that name, or NULL. */
const struct smini_engine_keyword *fake_keyword(const char *name);

/* Reads one option of a rule. What its setup answers. */
int fake_option(const char *name, const char *text);

/* A new rule: gives the conditions of the last one back. */
void fake_rule(void);

#endif
