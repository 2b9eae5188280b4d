/* SPDX-License-Identifier: BSD-2-Clause */
/* byte_extract and byte_math: numbers that later options of the same buffer use by name. */
#include "rule/byte_read.h"

static void read_extract_word(struct smini_rule_parser *parser, struct smini_span part,
                              struct smini_byte_extract *extract)
{
    struct smini_span word = part;
    struct smini_span rest = part;
    (void)smini_lex_word(part, &word, &rest);
    if (smini_lex_is(word, "slice"))
        smini_rule_refuse(parser, "slice is reserved in Suricata and has no meaning yet; leave it out");
    else if (smini_lex_is(word, "bitmask"))
        smini_byte_read_mask(parser, rest, &extract->read);
    else if (!smini_byte_scale(word, rest, &extract->multiplier, &extract->align) &&
             (rest.length || !smini_byte_read_word(parser, word, &extract->read)))
        smini_rule_refuse(parser,
                          "\"%s\" is not known here; relative, multiplier, big, little, string, hex, dec, oct, align 2 "
                          "or 4 and bitmask are",
                          smini_quote_span(part).text);
}

void smini_option_byte_extract(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_byte_extract extract = {.multiplier = 1};
    struct smini_span parts[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    struct smini_span part;
    size_t count = 0;
    for (; smini_lex_part(&value, ',', &part); count++) {
        if (count < 3)
            parts[count] = part;
        else
            read_extract_word(parser, part, &extract);
    }
    if (count < 3) {
        smini_rule_refuse(parser, "has to read bytes,offset,name and then what else applies");
        return;
    }
    if (extract.read.string && extract.read.base == 0)
        extract.read.base = 10;
    smini_byte_read_place(parser, parts[0], parts[1], &extract.read);
    smini_byte_read_check(parser, &extract.read, 1);
    extract.variable = smini_rule_variable(parser, parts[2]);
    struct smini_condition *condition = smini_rule_condition(parser, SMINI_CONDITION_BYTE_EXTRACT);
    if (condition)
        condition->u.byte_extract = extract;
}

/* byte_math names all of its parts. */
enum math_part { MATH_BYTES, MATH_OFFSET, MATH_OPERATOR, MATH_VALUE, MATH_RESULT, MATH_PARTS };

static bool read_math_operator(struct smini_span text, struct smini_byte_math *math)
{
    static const struct {
        const char *sign;
        enum smini_math_operator operation;
    } signs[] = {{"+", SMINI_MATH_ADD},    {"-", SMINI_MATH_SUBTRACT},    {"*", SMINI_MATH_MULTIPLY},
                 {"/", SMINI_MATH_DIVIDE}, {"<<", SMINI_MATH_SHIFT_LEFT}, {">>", SMINI_MATH_SHIFT_RIGHT}};
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (smini_lex_is(text, signs[i].sign)) {
            math->operation = signs[i].operation;
            return true;
        }
    }
    return false;
}

/* Suricata reads this one mask as hexadecimal, with 0x before it or not. */
static void read_math_mask(struct smini_rule_parser *parser, struct smini_span text, struct smini_byte_math *math)
{
    uint64_t mask = 0;
    if (!smini_lex_hex(text, &mask) || mask == 0 || mask > UINT32_MAX)
        smini_rule_refuse(parser, "bitmask needs a hexadecimal number from 1 to ffffffff");
    math->read.mask = (uint32_t)mask;
}

static void read_math_word(struct smini_rule_parser *parser, struct smini_span part, struct smini_byte_math *math,
                           struct smini_span *parts)
{
    static const char *const names[MATH_PARTS] = {"bytes", "offset", "oper", "rvalue", "result"};
    struct smini_span word = part;
    struct smini_span rest = part;
    (void)smini_lex_word(part, &word, &rest);
    for (size_t i = 0; i < MATH_PARTS; i++) {
        if (!smini_lex_is(word, names[i]))
            continue;
        if (parts[i].bytes || rest.length == 0)
            smini_rule_refuse(parser, "%s stands twice, or without a value", names[i]);
        parts[i] = rest;
        return;
    }
    bool known = rest.length == 0 && smini_lex_is(word, "relative") && smini_byte_read_word(parser, word, &math->read);
    if (smini_lex_is(word, "bitmask")) {
        read_math_mask(parser, rest, math);
        known = true;
    } else if (smini_lex_is(word, "endian") || smini_lex_is(part, "dce")) {
        known = smini_byte_read_word(parser, rest.length ? rest : word, &math->read) && math->read.base == 0;
    } else if (smini_lex_is(word, "string")) {
        math->read.string = true;
        known = smini_byte_read_word(parser, rest, &math->read) && math->read.base != 0;
    }
    if (!known)
        smini_rule_refuse(parser,
                          "\"%s\" is not known here; bytes, offset, oper, rvalue, result, relative, endian big|little, "
                          "string hex|dec|oct and bitmask are",
                          smini_quote_span(part).text);
}

void smini_option_byte_math(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_byte_math math = {.operation = SMINI_MATH_ADD};
    struct smini_span parts[MATH_PARTS] = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    struct smini_span part;
    while (smini_lex_part(&value, ',', &part))
        read_math_word(parser, part, &math, parts);
    for (size_t i = 0; i < MATH_PARTS; i++) {
        if (!parts[i].bytes) {
            smini_rule_refuse(parser, "has to give bytes, offset, oper, rvalue and result");
            return;
        }
    }
    if (!read_math_operator(parts[MATH_OPERATOR], &math))
        smini_rule_refuse(parser, "\"%s\" is no operator; + - * / << and >> are",
                          smini_quote_span(parts[MATH_OPERATOR]).text);
    smini_byte_read_place(parser, parts[MATH_BYTES], parts[MATH_OFFSET], &math.read);
    math.operand = smini_rule_operand(parser, parts[MATH_VALUE], 0, UINT32_MAX, "rvalue");
    smini_byte_read_check(parser, &math.read, 1);
    bool shifts = math.operation == SMINI_MATH_SHIFT_LEFT || math.operation == SMINI_MATH_SHIFT_RIGHT;
    if (shifts && math.read.size.number > 4)
        smini_rule_refuse(parser, "shifts numbers of 1 to 4 bytes");
    math.variable = smini_rule_variable(parser, parts[MATH_RESULT]);
    struct smini_condition *condition = smini_rule_condition(parser, SMINI_CONDITION_BYTE_MATH);
    if (condition)
        condition->u.byte_math = math;
}
