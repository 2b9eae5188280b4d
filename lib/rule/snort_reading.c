/* SPDX-License-Identifier: BSD-2-Clause */
/* What the same words mean in a rule that was written for Snort 3, which a form shows that Suricata does not have. */
#include "rule/parse.h"

/* Snort counts the position as a byte that has to be there: one more than Suricata. bufferlen says it in both. */
static void settle_data_at(struct smini_rule_parser *parser, struct smini_condition *condition)
{
    const struct smini_data_at data_at = condition->u.data_at;
    if (!data_at.relative)
        return;
    if (data_at.position.variable) {
        smini_rule_refuse(parser, "relative with a variable means one byte more in Snort than in Suricata; write numbers");
        return;
    }
    condition->kind = SMINI_CONDITION_SIZE;
    memset(&condition->u, 0, sizeof(condition->u));
    condition->u.size.relative = true;
    condition->u.size.test.compare = data_at.negated ? SMINI_COMPARE_LESS_EQUAL : SMINI_COMPARE_GREATER;
    condition->u.size.test.first = (uint64_t)data_at.position.number;
}

/* Text without a base is decimal. */
static void settle_read(struct smini_byte_read *read)
{
    if (read->string && read->base == 0)
        read->base = 10;
}

static void settle(struct smini_rule_parser *parser, uint32_t index)
{
    struct smini_condition *condition = &parser->conditions[index];
    parser->option.at = parser->condition_at[index];
    switch (condition->kind) {
    case SMINI_CONDITION_DATA_AT:
        parser->option.name = smini_span_text("isdataat");
        settle_data_at(parser, condition);
        break;
    case SMINI_CONDITION_BYTE_TEST:
        settle_read(&condition->u.byte_test.read);
        break;
    case SMINI_CONDITION_BYTE_JUMP:
        settle_read(&condition->u.byte_jump.read);
        break;
    case SMINI_CONDITION_BYTE_EXTRACT:
    case SMINI_CONDITION_BYTE_MATH: /* always with its base */
    case SMINI_CONDITION_CONTENT:
    case SMINI_CONDITION_PCRE:
    case SMINI_CONDITION_SIZE:
        break;
    }
}

void smini_snort_settle(struct smini_rule_parser *parser)
{
    for (uint32_t i = 0; parser->snort && i < parser->condition_count; i++)
        settle(parser, i);
}
