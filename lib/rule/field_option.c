/* SPDX-License-Identifier: BSD-2-Clause */
/* Options that are named like a field: a number to compare, or a buffer to look into. */
#include "rule/parse.h"

static void read_integer(struct smini_rule_parser *parser, uint32_t field)
{
    struct smini_field_test test = {.field = field};
    if (parser->rule.field_test_count >= SMINI_RULE_FIELD_TESTS_MAX) {
        smini_rule_refuse(parser, "more than %u tests of numbers in one rule", SMINI_RULE_FIELD_TESTS_MAX);
        return;
    }
    const char *problem = smini_field_test_parse(parser->option.value, &test);
    if (problem)
        smini_rule_refuse(parser, "\"%s\" %s", smini_quote_span(parser->option.value).text, problem);
    else
        parser->field_tests[parser->rule.field_test_count++] = test;
    parser->section_left = true;
}

void smini_option_field(struct smini_rule_parser *parser, const struct smin_field_desc *field)
{
    bool number = field->type == SMIN_TYPE_NUMBER || field->type == SMIN_TYPE_BOOL;
    if (number && !parser->option.value.bytes)
        smini_rule_refuse(parser, "is a number: write %s:value;", field->name);
    else if (number)
        read_integer(parser, field->id);
    else if (parser->option.value.bytes)
        smini_rule_refuse(parser, "is a buffer and takes no value: write %s; content:...;", field->name);
    else
        smini_rule_section(parser, field->id, field->key && strstr(field->key, "[]"));
}
