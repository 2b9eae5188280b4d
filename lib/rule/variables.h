/* SPDX-License-Identifier: BSD-2-Clause */
/* Rule variables, and the groups of addresses and ports they stand for. */
#ifndef SMINI_RULE_VARIABLES_H
#define SMINI_RULE_VARIABLES_H

#include "rule/arena.h"
#include "rule/rule.h"

struct smini_variable {
    const struct smini_variable *next;
    const char *name;
    const char *value;
};

struct smini_variables {
    struct smini_rule_arena *arena;
    const struct smini_variable *first; /* the latest first, so that a later setting wins */
    uint32_t count;
};

/* SMIN_OK, SMIN_E_MALFORMED, SMIN_E_LIMIT, SMIN_E_NOMEM. */
int32_t smini_variables_set(struct smini_variables *variables, const char *name, const char *value);

enum smini_group_kind { SMINI_GROUP_ADDRESS, SMINI_GROUP_PORT };

/* What one call to smini_group_parse needs and says. */
struct smini_group_reader {
    struct smini_rule_arena *arena;
    const struct smini_variables *variables;
    enum smini_group_kind kind;
    uint32_t elements;      /* so far, of the whole rule */
    struct smini_span spot; /* on failure: what it is about */
    const char *problem;    /* on failure: why */
};

/* SMIN_OK, SMIN_E_REFUSED (see reader->problem), SMIN_E_NOMEM. */
int32_t smini_group_parse(struct smini_group_reader *reader, struct smini_span text, const struct smini_group **group);

/* `bytes`: 4 or 16 for addresses; family 0 and two bytes for ports. */
bool smini_group_has(const struct smini_group *group, uint8_t family, const uint8_t *bytes);

#endif
