/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of bits and numbers in one rule set: each place numbers its own, in the order they are first read. */
#ifndef SMINI_RULE_STATE_NAMES_H
#define SMINI_RULE_STATE_NAMES_H

#include "rule/diagnose.h"
#include "rule/state.h"

struct smini_state_name {
    struct smini_span text;
    bool written;                       /* some rule makes it so that a test may hold */
    bool reported;                      /* as tested in vain */
    const struct smini_rule *tested_by; /* the first rule that asks whether it is set */
    uint32_t line, column;
};

/* The names of one place; the number of a name is its index. */
struct smini_state_table {
    struct smini_state_name *list;
    uint32_t count;
    uint32_t capacity;
    uint32_t *slots; /* open addressing: index + 1 into `list` */
};

struct smini_state_names {
    struct smini_alloc *alloc;
    struct smini_rule_arena *arena;
    struct smini_state_table tables[SMINI_STATE_PLACES];
    struct smini_state_sizes sizes; /* but for the names */
};

void smini_state_names_init(struct smini_state_names *names, struct smini_alloc *alloc,
                            struct smini_rule_arena *arena);
void smini_state_names_free(struct smini_state_names *names);

/* The number of a name, a new one when it was not seen before. SMIN_OK, SMIN_E_LIMIT, SMIN_E_NOMEM. */
int32_t smini_state_names_id(struct smini_state_names *names, enum smini_state_place place, struct smini_span text,
                             uint32_t *id);

struct smini_state_sizes smini_state_names_sizes(const struct smini_state_names *names);

/* A rule with state was kept: numbers it and remembers what it tests and writes. */
void smini_state_names_keep(struct smini_state_names *names, const struct smini_rule *rule,
                            struct smini_rule_state *state);

/* Warns of what is tested but written by no rule that was kept, once per name. */
void smini_state_names_report(struct smini_state_names *names, struct smini_diagnose *diagnose);

#endif
