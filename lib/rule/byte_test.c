/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/byte_read.h"

static bool read_operator(struct smini_span text, struct smini_byte_test *test)
{
    static const struct {
        const char *sign;
        enum smini_byte_operator operation;
    } signs[] = {{"=", SMINI_BYTE_EQUAL},         {"<", SMINI_BYTE_LESS}, {">", SMINI_BYTE_GREATER},
                 {"<=", SMINI_BYTE_LESS_EQUAL},   {"&", SMINI_BYTE_AND},  {"^", SMINI_BYTE_XOR},
                 {">=", SMINI_BYTE_GREATER_EQUAL}};
    test->negated = smini_take_negation(&text);
    if (test->negated && text.length == 0)
        return true; /* "!" alone: not equal */
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (smini_lex_is(text, signs[i].sign)) {
            test->operation = signs[i].operation;
            return true;
        }
    }
    return false;
}

static void read_word(struct smini_rule_parser *parser, struct smini_span part, struct smini_byte_test *test)
{
    struct smini_span word = part;
    struct smini_span rest = part;
    (void)smini_lex_word(part, &word, &rest);
    if (smini_span_equal_nocase(word, smini_span_text("bitmask")))
        smini_byte_read_mask(parser, rest, &test->read);
    else if (rest.length || !smini_byte_read_word(parser, word, &test->read))
        smini_rule_refuse(parser, "\"%s\" is not known here; relative, big, little, string, hex, dec, oct and bitmask are",
                          smini_quote_span(part).text);
}

static void read_value(struct smini_rule_parser *parser, struct smini_span text, struct smini_byte_test *test)
{
    if (smini_is_variable_name(text))
        test->value_variable = smini_rule_operand(parser, text, 0, 0, "value").variable;
    else if (!smini_lex_c_number(text, &test->value))
        smini_rule_refuse(parser, "\"%s\" is no value", smini_quote_span(text).text);
}

void smini_option_byte_test(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_byte_test test = {.operation = SMINI_BYTE_EQUAL};
    struct smini_span parts[4] = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    struct smini_span part;
    size_t count = 0;
    for (; smini_lex_part(&value, ',', &part); count++) {
        if (count < 4)
            parts[count] = part;
        else
            read_word(parser, part, &test);
    }
    if (count < 4) {
        smini_rule_refuse(parser, "has to read bytes,operator,value,offset and then what else applies");
        return;
    }
    if (!read_operator(parts[1], &test))
        smini_rule_refuse(parser, "\"%s\" is no operator; = < > <= >= & ^ are, each with ! before it if wanted",
                          smini_quote_span(parts[1]).text);
    smini_byte_read_place(parser, parts[0], parts[3], &test.read);
    read_value(parser, parts[2], &test);
    smini_byte_read_check(parser, &test.read, 1);
    struct smini_condition *condition = smini_rule_condition(parser, SMINI_CONDITION_BYTE_TEST);
    if (condition)
        condition->u.byte_test = test;
}
