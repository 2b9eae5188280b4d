/* SPDX-License-Identifier: BSD-2-Clause */
/* What is wrong with a rule text: file, line, column, option, reason. Collects all, up to a cap that is itself recorded. */
#ifndef SMINI_RULE_DIAGNOSE_H
#define SMINI_RULE_DIAGNOSE_H

#include "rule/arena.h"

enum { SMINI_DIAGNOSTIC_WARNING = 1, SMINI_DIAGNOSTIC_ERROR = 2 };

struct smini_rule_diagnostic {
    uint32_t severity; /* SMINI_DIAGNOSTIC_*; an error means that the rule was refused */
    uint32_t line;     /* from 1; 0 for the text as a whole */
    uint32_t column;   /* from 1, in bytes */
    uint32_t sid;      /* 0 when it was not read yet */
    const char *file;
    const char *option; /* "" for the header */
    const char *text;   /* the reason and what to write instead */
};

struct smini_diagnose {
    struct smini_rule_arena *arena;
    struct smini_rule_diagnostic *list;
    uint32_t count;
    uint32_t capacity;
    uint64_t left_out; /* problems beyond the cap */
    bool failed;       /* out of memory */
};

/* Where a problem lies. */
struct smini_rule_place {
    const char *file;
    uint32_t line;
    uint32_t column;
    uint32_t sid;
    struct smini_span option;
};

void smini_diagnose_init(struct smini_diagnose *diagnose, struct smini_rule_arena *arena);
void smini_diagnose_free(struct smini_diagnose *diagnose);
void smini_diagnose_say(struct smini_diagnose *diagnose, uint32_t severity, const struct smini_rule_place *place,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The beginning of some input, fit to print: other bytes become \\xHH. */
struct smini_quote {
    char text[4 * 40 + 4];
};
struct smini_quote smini_quote_span(struct smini_span span);

#endif
