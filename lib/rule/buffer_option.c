/* SPDX-License-Identifier: BSD-2-Clause */
/* Options that choose the bytes to look at, and those that change nothing. */
#include "rule/parse.h"

const struct smin_field_desc *smini_shared_fields(uint32_t *count)
{
    static const struct smin_field_desc fields[] = {
        {SMIN_FIELD_FILE_DATA, SMIN_TYPE_BYTES, "file.data", NULL, "of a file that moves: its beginning"},
        {SMIN_FIELD_FILE_NAME, SMIN_TYPE_TEXT, "file.name", NULL, "of a file that moves: the name it was asked for by"},
    };
    *count = (uint32_t)(sizeof(fields) / sizeof(fields[0]));
    return fields;
}

void smini_option_payload(struct smini_rule_parser *parser, struct smini_span value)
{
    (void)value;
    smini_rule_section(parser, SMINI_BUFFER_PAYLOAD, false);
}

void smini_option_nothing(struct smini_rule_parser *parser, struct smini_span value)
{
    (void)parser;
    (void)value;
}

static bool section_is_empty(const struct smini_rule_parser *parser)
{
    for (uint32_t i = 0; i < parser->condition_count; i++)
        if (parser->section_of[i] == parser->section)
            return false;
    return true;
}

void smini_option_absent(struct smini_rule_parser *parser, struct smini_span value)
{
    bool or_else = smini_lex_is(value, "or_else");
    if (value.length && !or_else)
        smini_rule_refuse(parser, "takes no value, or or_else");
    else if (parser->section_count == 0 || parser->section_buffer[parser->section] == SMINI_BUFFER_PAYLOAD)
        smini_rule_refuse(parser, "needs a buffer before it: a message always has a payload");
    else if (!section_is_empty(parser))
        smini_rule_refuse(parser, "has to come first behind its buffer");
    else
        parser->section_absence[parser->section] = or_else ? SMINI_ABSENT_OR_ELSE : SMINI_ABSENT_ONLY;
}
