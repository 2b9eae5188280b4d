/* SPDX-License-Identifier: BSD-2-Clause */
/* The writer's small pieces: text with a bound, escapes, patterns, integers, names. */
#include "rule/writer.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static void put_byte(struct smini_rule_writer *writer, char byte)
{
    bool left_out = writer->first_option && byte == ' ';
    writer->first_option = false;
    if (left_out)
        return;
    if (writer->length < writer->size)
        writer->text[writer->length] = byte;
    writer->length++;
}

void smini_put_text(struct smini_rule_writer *writer, const char *text)
{
    while (*text)
        put_byte(writer, *text++);
}

void smini_put(struct smini_rule_writer *writer, const char *format, ...)
{
    char piece[128]; /* texts of any length go through the other functions */
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(piece, sizeof(piece), format, arguments);
    va_end(arguments);
    smini_put_text(writer, piece);
}

void smini_put_begin_options(struct smini_rule_writer *writer)
{
    put_byte(writer, '(');
    writer->first_option = true;
}

void smini_put_refuse(struct smini_rule_writer *writer, const char *format, ...)
{
    va_list arguments;
    if (writer->problem[0])
        return;
    va_start(arguments, format);
    (void)vsnprintf(writer->problem, sizeof(writer->problem), format, arguments);
    va_end(arguments);
}

void smini_put_group(struct smini_rule_writer *writer, const char *text)
{
    for (; *text; text++)
        if (!smini_lex_is_space((uint8_t)*text))
            put_byte(writer, *text);
}

void smini_put_raw_span(struct smini_rule_writer *writer, struct smini_span text)
{
    for (size_t i = 0; i < text.length; i++)
        put_byte(writer, (char)text.bytes[i]);
    if (text.length > 0 && text.bytes[text.length - 1] == '\\')
        put_byte(writer, ' ');
}

void smini_put_raw(struct smini_rule_writer *writer, const char *text)
{
    smini_put_raw_span(writer, smini_span_text(text));
}

void smini_put_quoted(struct smini_rule_writer *writer, const char *text)
{
    put_byte(writer, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == ';' || *text == '\\')
            put_byte(writer, '\\');
        put_byte(writer, *text);
    }
    put_byte(writer, '"');
}

static bool is_printable(uint8_t byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

/* As text? A single character beside a byte that is none would only be hard to read: |00 00 01|( */
static bool is_plain(struct smini_span pattern, size_t at)
{
    uint8_t byte = pattern.bytes[at];
    if (!is_printable(byte) || byte == '"' || byte == ';' || byte == '\\' || byte == '|')
        return false;
    bool alone_before = at == 0 || !is_printable(pattern.bytes[at - 1]);
    bool alone_behind = at + 1 == pattern.length || !is_printable(pattern.bytes[at + 1]);
    return !alone_before || !alone_behind || pattern.length == 1;
}

void smini_put_pattern(struct smini_rule_writer *writer, struct smini_span pattern)
{
    bool hex = false;
    put_byte(writer, '"');
    for (size_t i = 0; i < pattern.length; i++) {
        bool plain = is_plain(pattern, i);
        if (plain == hex)
            put_byte(writer, '|');
        else if (hex)
            put_byte(writer, ' ');
        hex = !plain;
        if (hex)
            smini_put(writer, "%02X", pattern.bytes[i]);
        else
            put_byte(writer, (char)pattern.bytes[i]);
    }
    smini_put_text(writer, hex ? "|\"" : "\"");
}

const char *smini_compare_sign(enum smini_compare compare)
{
    switch (compare) {
    case SMINI_COMPARE_EQUAL:
        return "=";
    case SMINI_COMPARE_NOT_EQUAL:
        return "!=";
    case SMINI_COMPARE_LESS:
        return "<";
    case SMINI_COMPARE_LESS_EQUAL:
        return "<=";
    case SMINI_COMPARE_GREATER:
        return ">";
    case SMINI_COMPARE_GREATER_EQUAL:
        return ">=";
    case SMINI_COMPARE_RANGE:
    case SMINI_COMPARE_NOT_RANGE:
    case SMINI_COMPARE_MASK:
    case SMINI_COMPARE_NOT_MASK:
        break;
    }
    return "";
}

void smini_put_integer(struct smini_rule_writer *writer, const struct smini_integer_test *test)
{
    bool snort = smini_writes_snort(writer);
    switch (test->compare) {
    case SMINI_COMPARE_EQUAL:
        smini_put(writer, "%" PRIu64, test->first);
        break;
    case SMINI_COMPARE_NOT_EQUAL:
        smini_put(writer, "!%" PRIu64, test->first);
        break;
    case SMINI_COMPARE_LESS:
    case SMINI_COMPARE_LESS_EQUAL:
    case SMINI_COMPARE_GREATER:
    case SMINI_COMPARE_GREATER_EQUAL:
        smini_put(writer, "%s%" PRIu64, smini_compare_sign(test->compare), test->first);
        break;
    case SMINI_COMPARE_RANGE:
        smini_put(writer, "%" PRIu64 "%s%" PRIu64, test->first, snort ? "<>" : "-", test->second);
        break;
    case SMINI_COMPARE_NOT_RANGE:
        if (snort)
            smini_put_refuse(writer, "Snort 3 has no negated range; write one rule below it and one above");
        smini_put(writer, "!%" PRIu64 "-%" PRIu64, test->first, test->second);
        break;
    case SMINI_COMPARE_MASK:
    case SMINI_COMPARE_NOT_MASK:
        if (snort)
            smini_put_refuse(writer, "Snort 3 has no bit mask of a number; write byte_test with bitmask");
        smini_put(writer, "&%" PRIu64 "%s%" PRIu64, test->first, test->compare == SMINI_COMPARE_MASK ? "=" : "!=",
                  test->second);
        break;
    }
    if (snort && (test->first > INT64_MAX || test->second > INT64_MAX))
        smini_put_refuse(writer, "Snort 3 compares with numbers below 2^63 only");
}

void smini_put_operand(struct smini_rule_writer *writer, const struct smini_operand *operand)
{
    if (operand->variable)
        smini_put_raw(writer, writer->rule->variable_names[operand->variable - 1]);
    else
        smini_put(writer, "%" PRId64, operand->number);
}

void smini_put_field(struct smini_rule_writer *writer, uint32_t field)
{
    const char *name = "";
    for (uint32_t i = 0; i < writer->names->field_count; i++)
        if (writer->names->fields[i].id == field)
            name = writer->names->fields[i].name;
    uint32_t count;
    if (smini_writes_snort(writer) && field == SMIN_FIELD_FILE_NAME)
        smini_put_refuse(writer, "Snort 3 has no buffer with the name of a file");
    const struct smin_field_desc *shared = smini_shared_fields(&count);
    for (uint32_t i = 0; i < count; i++)
        if (shared[i].id == field)
            name = shared[i].name;
    for (; *name; name++)
        put_byte(writer, *name == '.' && smini_writes_snort(writer) ? '_' : *name);
}
