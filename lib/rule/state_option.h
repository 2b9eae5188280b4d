/* SPDX-License-Identifier: BSD-2-Clause */
/* The steps of state of one rule while they are gathered. Internal to lib/rule. */
#ifndef SMINI_RULE_STATE_OPTION_H
#define SMINI_RULE_STATE_OPTION_H

#include "rule/state_names.h"

struct smini_rule_parser;

/* Option readers, as in parse.h. */
void smini_option_flowbits(struct smini_rule_parser *parser, struct smini_span value);
void smini_option_threshold(struct smini_rule_parser *parser, struct smini_span value);
void smini_option_detection_filter(struct smini_rule_parser *parser, struct smini_span value);

/* Gives the rule its final `state`, if it has steps. */
void smini_state_settle(struct smini_rule_parser *parser);

#endif
