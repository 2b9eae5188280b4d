/* SPDX-License-Identifier: BSD-2-Clause */
/* What the readers of packet keywords share. */
#ifndef SMINI_RULE_PACKET_TEST_H
#define SMINI_RULE_PACKET_TEST_H

#include "rule/parse.h"

/* One more condition on packets; refuses the rule when there are too many. */
void smini_rule_packet_test(struct smini_rule_parser *parser, enum smini_packet_number number,
                            const struct smini_integer_test *test);

#endif
