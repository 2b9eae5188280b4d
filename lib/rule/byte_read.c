/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/byte_read.h"

bool smini_is_variable_name(struct smini_span text)
{
    uint8_t low = text.length ? smini_ascii_lower(text.bytes[0]) : 0;
    return low >= 'a' && low <= 'z';
}

static uint32_t find_variable(const struct smini_rule_parser *parser, struct smini_span name)
{
    for (uint32_t i = 0; i < parser->rule.variable_count; i++)
        if (smini_span_equal(parser->variable_names[i], name))
            return i + 1;
    return 0;
}

uint32_t smini_rule_variable(struct smini_rule_parser *parser, struct smini_span name)
{
    uint32_t known = find_variable(parser, name);
    if (!smini_is_variable_name(name) || smini_span_find(name, ' ') < name.length) {
        smini_rule_refuse(parser, "\"%s\" is no name of a variable; it begins with a letter", smini_quote_span(name).text);
        return 0;
    }
    if (!known && parser->rule.variable_count >= SMINI_RULE_BYTE_VARIABLES_MAX) {
        smini_rule_refuse(parser, "more than %u variables in one rule", SMINI_RULE_BYTE_VARIABLES_MAX);
        return 0;
    }
    if (parser->section_count == 0)
        smini_rule_section(parser, SMINI_BUFFER_PAYLOAD, false);
    if (known) {
        smini_rule_refuse(parser, "variable \"%s\" is set twice; give the second another name",
                          smini_quote_span(name).text);
        return 0;
    }
    uint32_t index = parser->rule.variable_count++;
    parser->variable_names[index] = name;
    parser->variable_section[index] = parser->section;
    return index + 1;
}

struct smini_operand smini_rule_operand(struct smini_rule_parser *parser, struct smini_span text, int64_t least,
                                        int64_t most, const char *what)
{
    struct smini_operand operand = {0, 0};
    if (smini_is_variable_name(text)) {
        operand.variable = find_variable(parser, text);
        if (operand.variable == 0)
            smini_rule_refuse(parser, "\"%s\" is no %s: no byte_extract or byte_math before it sets such a variable",
                              smini_quote_span(text).text, what);
        else if (parser->variable_section[operand.variable - 1] != parser->section)
            smini_rule_refuse(parser, "variable \"%s\" was set in another buffer; set it in the one that uses it",
                              smini_quote_span(text).text);
    } else if (!smini_lex_signed(text, &operand.number)) {
        smini_rule_refuse(parser, "\"%s\" is no %s", smini_quote_span(text).text, what);
    } else if (operand.number < least || operand.number > most) {
        smini_rule_refuse(parser, "%lld is no %s: it has to be between %lld and %lld", (long long)operand.number, what,
                          (long long)least, (long long)most);
    }
    return operand;
}

void smini_byte_read_place(struct smini_rule_parser *parser, struct smini_span size, struct smini_span offset,
                           struct smini_byte_read *read)
{
    int64_t most = SMINI_RULE_POSITION_MAX;
    read->size = smini_rule_operand(parser, size, 0, SMINI_OCTAL_DIGITS, "number of bytes");
    read->offset = smini_rule_operand(parser, offset, -most, most, "offset");
}

bool smini_byte_read_word(struct smini_rule_parser *parser, struct smini_span word, struct smini_byte_read *read)
{
    static const struct {
        const char *name;
        uint8_t base;
    } bases[] = {{"hex", 16}, {"dec", 10}, {"oct", 8}};
    if (smini_lex_is(word, "relative"))
        read->relative = true;
    else if (smini_span_equal_nocase(word, smini_span_text("big")))
        read->little_endian = false;
    else if (smini_span_equal_nocase(word, smini_span_text("little")))
        read->little_endian = true;
    else if (smini_span_equal_nocase(word, smini_span_text("string")))
        read->string = true;
    else if (smini_span_equal_nocase(word, smini_span_text("dce")))
        smini_rule_refuse(parser, "dce takes the byte order from a DCE-RPC header, which is not decoded here; write "
                                  "big or little");
    else {
        for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
            if (smini_span_equal_nocase(word, smini_span_text(bases[i].name))) {
                read->base = bases[i].base;
                return true;
            }
        }
        return false;
    }
    return true;
}

void smini_byte_read_mask(struct smini_rule_parser *parser, struct smini_span text, struct smini_byte_read *read)
{
    uint64_t mask = 0;
    if (!smini_lex_c_number(text, &mask) || mask == 0 || mask > UINT32_MAX)
        smini_rule_refuse(parser, "bitmask needs a number from 1 to 0xffffffff");
    read->mask = (uint32_t)mask;
}

void smini_byte_read_check(struct smini_rule_parser *parser, struct smini_byte_read *read, int64_t least)
{
    if (read->string)
        read->little_endian = false; /* a number as text has no byte order; engines pass over it */
    int64_t most = SMINI_BINARY_BYTES;
    if (read->string)
        most = read->base == 16   ? SMINI_HEX_DIGITS
               : read->base == 10 ? SMINI_DECIMAL_DIGITS
                                  : SMINI_OCTAL_DIGITS;
    if (read->base && !read->string)
        smini_rule_refuse(parser, "hex, dec and oct are for numbers as text: write string before them");
    else if (!read->size.variable && (read->size.number < least || read->size.number > most))
        smini_rule_refuse(parser, "reads %lld to %lld bytes in this form, not %lld", (long long)least, (long long)most,
                          (long long)read->size.number);
    if (!read->relative && !read->offset.variable && read->offset.number < 0)
        smini_rule_refuse(parser, "a negative offset counts from a match before it: write relative");
}

bool smini_byte_scale(struct smini_span word, struct smini_span rest, uint32_t *multiplier, uint8_t *align)
{
    uint64_t number = 0;
    if (!smini_lex_number(rest, &number))
        return false;
    if (smini_span_equal_nocase(word, smini_span_text("multiplier")) && number > 0 && number <= UINT16_MAX) {
        *multiplier = (uint32_t)number;
        return true;
    }
    if (smini_span_equal_nocase(word, smini_span_text("align")) && (number == 2 || number == 4)) {
        *align = (uint8_t)number;
        return true;
    }
    return false;
}
