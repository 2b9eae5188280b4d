/* SPDX-License-Identifier: BSD-2-Clause */
/* The steps of state of one rule while they are gathered. Internal to lib/rule. */
#ifndef SMINI_RULE_STATE_OPTION_H
#define SMINI_RULE_STATE_OPTION_H

#include "rule/state_names.h"

struct smini_rule_parser;

/* Option readers, as in parse.h. */
void smini_option_flowbits(struct smini_rule_parser *parser, struct smini_span value);
void smini_option_xbits(struct smini_rule_parser *parser, struct smini_span value);
void smini_option_flowint(struct smini_rule_parser *parser, struct smini_span value);
void smini_option_threshold(struct smini_rule_parser *parser, struct smini_span value);
void smini_option_detection_filter(struct smini_rule_parser *parser, struct smini_span value);

static inline bool smini_state_writes(const struct smini_state_step *step)
{
    return step->operation >= SMINI_STATE_SET;
}

/* The number of a name; false (refused, or no memory) when it cannot have one. */
bool smini_state_name(struct smini_rule_parser *parser, enum smini_state_place place, struct smini_span name,
                      uint32_t *id);
/* "a" or "a|b|c" into the ids of a step, at its place. False when refused or out of memory. */
bool smini_state_names(struct smini_rule_parser *parser, struct smini_span text, struct smini_state_step *step);
void smini_state_add(struct smini_rule_parser *parser, struct smini_state_step step);

/* Gives the rule its final `state`, if it has steps. */
void smini_state_settle(struct smini_rule_parser *parser);

#endif
