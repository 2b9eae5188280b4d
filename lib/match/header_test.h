/* SPDX-License-Identifier: BSD-2-Clause */
/* Does a rule's header allow this flow and direction? */
#ifndef SMINI_MATCH_HEADER_TEST_H
#define SMINI_MATCH_HEADER_TEST_H

#include "match/facts.h"
#include "rule/rule.h"

/* Addresses and ports. `direction` is that of the bytes. */
bool smini_header_allows(const struct smini_rule *rule, const struct smini_flow_facts *facts, uint32_t direction);
/* flow:established and its relatives, without only_stream and no_stream. */
bool smini_header_flow_allows(const struct smini_rule *rule, const struct smini_flow_facts *facts, uint32_t direction);
/* True when the header is "any any -> any any". */
bool smini_header_is_any(const struct smini_rule *rule);
/* True when it names no port: only then it allows packets that have none. */
bool smini_header_any_port(const struct smini_rule *rule);

#endif
