/* SPDX-License-Identifier: BSD-2-Clause */
/* isdataat, bsize and bufferlen: how many bytes there are. */
#include "rule/byte_read.h"

void smini_option_isdataat(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_data_at data_at = {.negated = smini_take_negation(&value)};
    struct smini_span part;
    if (smini_lex_part(&value, ',', &part))
        data_at.position = smini_rule_operand(parser, part, 0, SMINI_RULE_POSITION_MAX, "position");
    while (smini_lex_part(&value, ',', &part)) {
        if (smini_lex_is(part, "relative"))
            data_at.relative = true;
        else if (!smini_lex_is(part, "rawbytes"))
            smini_rule_refuse(parser, "\"%s\" is not known here; relative and rawbytes are", smini_quote_span(part).text);
    }
    struct smini_condition *condition = smini_rule_condition(parser, SMINI_CONDITION_DATA_AT);
    if (condition)
        condition->u.data_at = data_at;
}

static void add_size(struct smini_rule_parser *parser, struct smini_size_test size)
{
    struct smini_condition *condition = smini_rule_condition(parser, SMINI_CONDITION_SIZE);
    if (condition)
        condition->u.size = size;
}

void smini_option_bsize(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_size_test size = {.relative = false};
    if (parser->section_count == 0 || parser->section_buffer[parser->section] == SMINI_BUFFER_PAYLOAD) {
        smini_rule_refuse(parser, "needs a buffer before it; write smin.message for the whole message");
        return;
    }
    const char *problem = smini_integer_parse(value, &size.test);
    if (problem)
        smini_rule_refuse(parser, "\"%s\" %s", smini_quote_span(value).text, problem);
    add_size(parser, size);
}

/* Snort 3's bsize: without a buffer it asks for the size of the payload, and it can ask for what is left. */
void smini_option_bufferlen(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_size_test size = {.relative = false};
    struct smini_span part = value;
    (void)smini_lex_part(&value, ',', &part);
    const char *problem = smini_interval_parse(part, &size.test);
    if (problem)
        smini_rule_refuse(parser, "\"%s\" %s", smini_quote_span(part).text, problem);
    while (smini_lex_part(&value, ',', &part)) {
        size.relative = smini_lex_is(part, "relative");
        if (!size.relative)
            smini_rule_refuse(parser, "\"%s\" is not known here; relative is", smini_quote_span(part).text);
    }
    add_size(parser, size);
}
