/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/own_alerts.h"

#include "host/describe.h"

static void put(struct smini_json *json, const struct smin_rule_info *rule)
{
    smini_json_begin(json, '{');
    smini_json_key_string(json, "action", "allowed"); /* this matcher never blocks, whatever the rule's action */
    smini_json_key_number(json, "gid", rule->gid);
    smini_json_key_number(json, "signature_id", rule->sid);
    smini_json_key_number(json, "rev", rule->rev);
    smini_json_key_string(json, "signature", rule->msg);
    smini_json_key_string(json, "category", rule->category);
    smini_json_key_number(json, "severity", rule->severity);
    smini_json_end(json, '}');
}

void smini_suricata_own_alerts_write(struct smini_json *json, const struct smin_output *output)
{
    smini_json_begin(json, '[');
    for (uint32_t i = 0; i < output->alert_count; i++)
        put(json, smini_output_alert(output, i)->rule);
    smini_json_end(json, ']');
}
