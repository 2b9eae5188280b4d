/* SPDX-License-Identifier: BSD-2-Clause */
/* One address, network, range or port of a rule header. */
#ifndef SMINI_RULE_ADDRESS_H
#define SMINI_RULE_ADDRESS_H

#include "rule/rule.h"

/* "10.0.0.1", "10.0.0.0/8", "10.0.0.0/255.0.0.0", "10.0.0.1-10.0.0.9", and the same in IPv6. NULL when fine, else why not. */
const char *smini_rule_address_parse(struct smini_span text, struct smini_group *element);

/* "80", "80:90", "1024:", ":1023". */
const char *smini_rule_port_parse(struct smini_span text, struct smini_group *element);

#endif
