/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rules for the inspector's own matcher, inside the engine: off unless the setting "rule-files" names some. The engine does
 * not know them; what they say of a message stands in its record (own_alerts.h).
 */
#ifndef SMINI_SURICATA_OWN_RULES_H
#define SMINI_SURICATA_OWN_RULES_H

#include "host/session.h"

/* Files in the list, and variables of the engine's configuration that rules may name. Real ones have some tens. */
#define SMINI_SURICATA_OWN_RULE_FILES 64u
#define SMINI_SURICATA_OWN_RULE_VARIABLES 512u
/* Bytes of one file. The largest public sets have 30 MB. */
#define SMINI_SURICATA_OWN_RULE_BYTES ((size_t)256 << 20)

struct smini_suricata_own_rules {
    uint32_t text_count;
    uint32_t variable_count;
    struct smin_rule_text texts[SMINI_SURICATA_OWN_RULE_FILES];
    struct smin_setting variables[SMINI_SURICATA_OWN_RULE_VARIABLES];
};

/* Reads the files and puts them into `config`, with the engine's variables. What cannot be read is told, and left out. */
void smini_suricata_own_rules_read(struct smini_suricata_own_rules *rules, struct smin_config *config);

/* When the instance is made, nobody needs the texts any more. */
void smini_suricata_own_rules_free(struct smini_suricata_own_rules *rules);

/* Tells what was refused, where and why, and how many rules work. */
void smini_suricata_own_rules_report(const struct smini_session *session);

#endif
