/* SPDX-License-Identifier: BSD-2-Clause */
/* byte_test, isdataat and bsize. */
#include "rule/parse.h"

/* Most digits of a number as text, per base, that fit 64 bits. */
enum { OCTAL_DIGITS = 23, DECIMAL_DIGITS = 20, HEX_DIGITS = 14, BINARY_BYTES = 8 };

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

static void read_test_word(struct smini_rule_parser *parser, struct smini_span part, struct smini_byte_test *test)
{
    struct smini_span word = part;
    struct smini_span rest;
    (void)smini_lex_word(part, &word, &rest);
    if (smini_lex_is(word, "bitmask")) {
        if (!smini_lex_number(rest, &test->mask) || test->mask == 0 || test->mask > UINT32_MAX)
            smini_rule_refuse(parser, "bitmask needs a number from 1 to 0xffffffff");
    } else if (rest.length) {
        smini_rule_refuse(parser, "\"%s\" is not known here", smini_quote_span(part).text);
    } else if (smini_lex_is(word, "relative")) {
        test->relative = true;
    } else if (smini_lex_is(word, "big") || smini_lex_is(word, "little")) {
        test->little_endian = smini_lex_is(word, "little");
    } else if (smini_lex_is(word, "string")) {
        test->string = true;
    } else if (smini_lex_is(word, "hex")) {
        test->base = 16;
    } else if (smini_lex_is(word, "dec")) {
        test->base = 10;
    } else if (smini_lex_is(word, "oct")) {
        test->base = 8;
    } else {
        smini_rule_refuse(parser, "\"%s\" is not known here; relative, big, little, string, hex, dec, oct and bitmask are",
                          smini_quote_span(part).text);
    }
}

static void check_size(struct smini_rule_parser *parser, const struct smini_byte_test *test, uint64_t size)
{
    unsigned most = BINARY_BYTES;
    if (test->string)
        most = test->base == 16 ? HEX_DIGITS : test->base == 10 ? DECIMAL_DIGITS : OCTAL_DIGITS;
    if (test->base && !test->string)
        smini_rule_refuse(parser, "hex, dec and oct are for numbers as text: write string before them");
    else if (size == 0 || size > most)
        smini_rule_refuse(parser, "reads 1 to %u bytes in this form, not %llu", most, (unsigned long long)size);
    if (test->string && test->little_endian)
        smini_rule_refuse(parser, "a number as text has no byte order");
}

void smini_option_byte_test(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_byte_test test = {.operation = SMINI_BYTE_EQUAL};
    struct smini_span parts[4] = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    struct smini_span part;
    uint64_t size = 0;
    int64_t offset = 0;
    for (size_t i = 0; smini_lex_part(&value, ',', &part); i++) {
        if (i < 4)
            parts[i] = part;
        else
            read_test_word(parser, part, &test);
    }
    if (!smini_lex_number(parts[0], &size))
        smini_rule_refuse(parser, "\"%s\" is no number of bytes", smini_quote_span(parts[0]).text);
    else
        check_size(parser, &test, size);
    if (!read_operator(parts[1], &test))
        smini_rule_refuse(parser, "\"%s\" is no operator; = < > <= >= & ^ are, each with ! before it if wanted",
                          smini_quote_span(parts[1]).text);
    if (!smini_lex_number(parts[2], &test.value))
        smini_rule_refuse(parser, "\"%s\" is no value (values from byte_extract are not read yet)",
                          smini_quote_span(parts[2]).text);
    if (!smini_lex_signed(parts[3], &offset) || offset > (int64_t)SMINI_RULE_POSITION_MAX ||
        offset < -(int64_t)SMINI_RULE_POSITION_MAX || (offset < 0 && !test.relative))
        smini_rule_refuse(parser, "\"%s\" is no offset", smini_quote_span(parts[3]).text);
    test.size = (uint8_t)size;
    test.offset = (int32_t)offset;
    struct smini_condition *condition = smini_rule_condition(parser, SMINI_CONDITION_BYTE_TEST);
    if (condition)
        condition->u.byte_test = test;
}

void smini_option_isdataat(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_data_at data_at = {.negated = smini_take_negation(&value)};
    struct smini_span part;
    uint64_t position = 0;
    if (!smini_lex_part(&value, ',', &part) || !smini_lex_number(part, &position) ||
        position > SMINI_RULE_POSITION_MAX)
        smini_rule_refuse(parser, "needs a number up to %u (values from byte_extract are not read yet)",
                          SMINI_RULE_POSITION_MAX);
    while (smini_lex_part(&value, ',', &part)) {
        if (smini_lex_is(part, "relative"))
            data_at.relative = true;
        else if (!smini_lex_is(part, "rawbytes"))
            smini_rule_refuse(parser, "\"%s\" is not known here; relative and rawbytes are", smini_quote_span(part).text);
    }
    data_at.position = (uint32_t)position;
    struct smini_condition *condition = smini_rule_condition(parser, SMINI_CONDITION_DATA_AT);
    if (condition)
        condition->u.data_at = data_at;
}

void smini_option_bsize(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_integer_test test = {.compare = SMINI_COMPARE_EQUAL};
    if (parser->section_count == 0 || parser->section_buffer[parser->section] == SMINI_BUFFER_PAYLOAD) {
        smini_rule_refuse(parser, "needs a buffer before it; write smin.message for the whole message");
        return;
    }
    const char *problem = smini_integer_parse(value, &test);
    if (problem)
        smini_rule_refuse(parser, "\"%s\" %s", smini_quote_span(value).text, problem);
    struct smini_condition *condition = smini_rule_condition(parser, SMINI_CONDITION_SIZE);
    if (condition)
        condition->u.size = test;
}
