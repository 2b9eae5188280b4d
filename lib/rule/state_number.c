/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers of a flow: flowint. */
#include "rule/parse.h"
#include "rule/state_option.h"

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(uint8_t byte)
{
    uint8_t low = smini_ascii_lower(byte);
    return low >= 'a' && low <= 'z';
}

/* As Suricata has it: a letter, then at least one letter, digit or other byte of a name. */
static bool read_number_name(struct smini_rule_parser *parser, struct smini_span name, uint32_t *id)
{
    bool fits = name.length > 1 && is_letter(name.bytes[0]);
    for (size_t i = 1; i < name.length; i++)
        fits &= is_letter(name.bytes[i]) || is_digit(name.bytes[i]) || memchr("_./", name.bytes[i], 3) != NULL;
    if (!fits) {
        smini_rule_refuse(parser, "\"%s\" is no name: it has to begin with a letter and be longer than one",
                          smini_quote_span(name).text);
        return false;
    }
    return smini_state_name(parser, SMINI_STATE_FLOW_NUMBER, name, id);
}

struct modifier {
    const char *word;
    enum smini_state_operation operation;
    enum smini_compare compare;
};

/* Those that begin like others come first. */
static const struct modifier modifiers[] = {
    {"isset", SMINI_STATE_IS_SET, SMINI_COMPARE_EQUAL},
    {"isnotset", SMINI_STATE_IS_NOT_SET, SMINI_COMPARE_EQUAL},
    {"notset", SMINI_STATE_IS_NOT_SET, SMINI_COMPARE_EQUAL},
    {"==", SMINI_STATE_COMPARE, SMINI_COMPARE_EQUAL},
    {"!=", SMINI_STATE_COMPARE, SMINI_COMPARE_NOT_EQUAL},
    {"<=", SMINI_STATE_COMPARE, SMINI_COMPARE_LESS_EQUAL},
    {">=", SMINI_STATE_COMPARE, SMINI_COMPARE_GREATER_EQUAL},
    {"<", SMINI_STATE_COMPARE, SMINI_COMPARE_LESS},
    {">", SMINI_STATE_COMPARE, SMINI_COMPARE_GREATER},
    {"=", SMINI_STATE_SET, SMINI_COMPARE_EQUAL},
    {"+", SMINI_STATE_ADD, SMINI_COMPARE_EQUAL},
    {"-", SMINI_STATE_SUBTRACT, SMINI_COMPARE_EQUAL},
};

/* Takes the modifier, and a comma behind it, off the text. */
static const struct modifier *take_modifier(struct smini_span *text)
{
    for (size_t i = 0; i < sizeof(modifiers) / sizeof(modifiers[0]); i++) {
        size_t length = strlen(modifiers[i].word);
        if (!smini_lex_is(smini_span_part(*text, 0, length), modifiers[i].word))
            continue;
        *text = smini_lex_trim(smini_span_part(*text, length, text->length));
        if (text->length && text->bytes[0] == ',')
            *text = smini_lex_trim(smini_span_part(*text, 1, text->length));
        return &modifiers[i];
    }
    return NULL;
}

static bool read_operand(struct smini_rule_parser *parser, struct smini_span text, struct smini_state_step *step)
{
    uint64_t number;
    if (text.length == 0) {
        smini_rule_refuse(parser, "has no value");
        return false;
    }
    if (!is_digit(text.bytes[0])) {
        step->operand_is_name = true;
        return read_number_name(parser, text, &step->operand);
    }
    bool plain = text.length <= 10;
    for (size_t i = 0; i < text.length; i++)
        plain &= is_digit(text.bytes[i]);
    if (!plain || !smini_lex_number(text, &number) || number > UINT32_MAX) {
        smini_rule_refuse(parser, "\"%s\" is no number up to 4294967295", smini_quote_span(text).text);
        return false;
    }
    step->operand = (uint32_t)number;
    return true;
}

void smini_option_flowint(struct smini_rule_parser *parser, struct smini_span value)
{
    size_t comma = smini_span_find(value, ',');
    struct smini_span name = smini_lex_trim(smini_span_part(value, 0, comma));
    struct smini_span rest = smini_lex_trim(smini_span_part(value, comma + 1, value.length));
    struct smini_state_step step = {.place = SMINI_STATE_FLOW_NUMBER, .id_count = 1};
    const struct modifier *modifier = take_modifier(&rest);
    uint32_t *ids = smini_rule_arena_array(parser->arena, 1, sizeof(*ids));
    if (!modifier) {
        smini_rule_refuse(parser, "has to read name,modifier,value; the modifiers are = + - == != < <= > >= isset and "
                                  "notset");
        return;
    }
    if (!ids) {
        parser->no_memory = true;
        return;
    }
    step.operation = modifier->operation;
    step.compare = modifier->compare;
    step.ids = ids;
    bool bare = step.operation == SMINI_STATE_IS_SET || step.operation == SMINI_STATE_IS_NOT_SET;
    if (bare && rest.length) {
        smini_rule_refuse(parser, "%s takes no value", modifier->word);
        return;
    }
    if (read_number_name(parser, name, ids) && (bare || read_operand(parser, rest, &step)))
        smini_state_add(parser, step);
}
