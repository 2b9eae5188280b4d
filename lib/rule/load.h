/* SPDX-License-Identifier: BSD-2-Clause */
/* Rule texts in, checked rules and diagnostics out. Reads memory only; opening files is the host's job. */
#ifndef SMINI_RULE_LOAD_H
#define SMINI_RULE_LOAD_H

#include "rule/diagnose.h"
#include "rule/state.h"

/* The names that rules may use. Borrowed: must outlive the set (in practice static tables). */
struct smini_rule_names {
    const char *protocol; /* "smin": rule header, app-layer-protocol, prefix of events */
    const struct smin_field_desc *fields;
    const struct smin_event_desc *events;
    uint32_t field_count;
    uint32_t event_count;
    /* Can this expression be honoured? SMIN_OK; SMIN_E_REFUSED with the reason in `problem`; SMIN_E_NOMEM.
     * In practice smini_regex_check of match/regex.h; NULL leaves it to smini_database_new. */
    int32_t (*check_regex)(struct smini_alloc *alloc, const struct smini_regex_text *regex, char *problem,
                           size_t problem_size);
};

/* Fields that every inspector knows by the same name; they come on top of the names given. */
const struct smin_field_desc *smini_shared_fields(uint32_t *count);

/* Does it count from where the one before it matched? */
bool smini_condition_is_relative(const struct smini_condition *condition);

struct smini_rule_set;

/* SMIN_OK, SMIN_E_NOMEM. The allocator must outlive the set. */
int32_t smini_rule_set_new(struct smini_alloc *alloc, const struct smini_rule_names *names,
                           struct smini_rule_set **set);

/*
 * Sets a variable ("HOME_NET", "[10.0.0.0/8]") for texts added later. HOME_NET and
 * EXTERNAL_NET are "any" until set. SMIN_OK; SMIN_E_MALFORMED: the name is none;
 * SMIN_E_LIMIT; SMIN_E_NOMEM.
 */
int32_t smini_rule_set_variable(struct smini_rule_set *set, const char *name, const char *value);

/*
 * Reads a text. Rules that cannot be honoured are left out and diagnosed.
 * SMIN_OK; SMIN_E_REFUSED: at least one rule was left out; SMIN_E_NOMEM: the
 * rules read so far stay.
 */
int32_t smini_rule_set_add(struct smini_rule_set *set, const char *file, struct smini_span text);

/* After the last text: warns of what only the whole set can show. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_rule_set_finish(struct smini_rule_set *set);

struct smini_state_sizes smini_rule_set_state_sizes(const struct smini_rule_set *set);

/* A name that state (a flow bit, ...) has; "" when there is none with that number. */
struct smini_span smini_rule_set_state_name(const struct smini_rule_set *set, enum smini_state_place place,
                                            uint32_t id);

uint32_t smini_rule_set_count(const struct smini_rule_set *set);
const struct smini_rule *smini_rule_set_rule(const struct smini_rule_set *set, uint32_t index);
uint64_t smini_rule_set_refused(const struct smini_rule_set *set);
const struct smini_rule_names *smini_rule_set_names(const struct smini_rule_set *set);

/* How many expressions (pcre) the rules hold; condition.regex is an index below it. */
uint32_t smini_rule_set_regex_count(const struct smini_rule_set *set);

uint32_t smini_rule_set_diagnostic_count(const struct smini_rule_set *set);
const struct smini_rule_diagnostic *smini_rule_set_diagnostic(const struct smini_rule_set *set, uint32_t index);

/* Adds a diagnostic for a rule that a later stage (the expression compiler) had to refuse. */
void smini_rule_set_refuse(struct smini_rule_set *set, const struct smini_rule *rule,
                           const struct smini_condition *condition, const char *option, const char *text);

/* NULL is fine. */
void smini_rule_set_free(struct smini_rule_set *set);

#endif
