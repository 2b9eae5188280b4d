/* SPDX-License-Identifier: BSD-2-Clause */
/* byte_test, byte_jump, byte_extract and byte_math as options. */
#include "rule/writer.h"

#include <inttypes.h>

/* Snort 3 takes at most this many bytes, binary and as text, and computes with 32 bits. */
enum { SNORT_BINARY_BYTES = 4, SNORT_TEXT_BYTES = 10 };

static void check_snort(struct smini_rule_writer *writer, const struct smini_byte_read *read)
{
    int64_t most = read->string ? SNORT_TEXT_BYTES : SNORT_BINARY_BYTES;
    if (!smini_writes_snort(writer))
        return;
    if (read->size.variable)
        smini_put_refuse(writer, "Snort 3 takes no number of bytes from a variable");
    else if (read->size.number > most)
        smini_put_refuse(writer, "Snort 3 reads at most %d bytes as a number, %d as text", SNORT_BINARY_BYTES,
                         SNORT_TEXT_BYTES);
    if (read->string && read->base == 0)
        smini_put_refuse(writer, "Snort 3 reads text without hex, dec or oct as decimal, Suricata by its prefix: name one");
}

/* What its newer versions take, and 8 does not yet. */
static void refuse_suricata(struct smini_rule_writer *writer, bool used, const char *why)
{
    if (used && writer->dialect == SMINI_DIALECT_SURICATA8)
        smini_put_refuse(writer, "%s", why);
}

static void put_read_words(struct smini_rule_writer *writer, const struct smini_byte_read *read)
{
    smini_put(writer, "%s%s%s%s", read->relative ? ",relative" : "", read->little_endian ? ",little" : "",
              read->string ? ",string" : "",
              read->base == 16   ? ",hex"
              : read->base == 10 ? ",dec"
              : read->base == 8  ? ",oct"
                                 : "");
}

static void put_mask(struct smini_rule_writer *writer, const struct smini_byte_read *read)
{
    if (read->mask)
        smini_put(writer, ",bitmask 0x%" PRIx32, read->mask);
}

static void put_scale(struct smini_rule_writer *writer, uint32_t multiplier, uint8_t align)
{
    if (multiplier > 1)
        smini_put(writer, ",multiplier %" PRIu32, multiplier);
    if (align)
        smini_put(writer, ",align %u", align);
}

static const char *test_sign(enum smini_byte_operator operation)
{
    switch (operation) {
    case SMINI_BYTE_EQUAL:
        return "=";
    case SMINI_BYTE_LESS:
        return "<";
    case SMINI_BYTE_GREATER:
        return ">";
    case SMINI_BYTE_LESS_EQUAL:
        return "<=";
    case SMINI_BYTE_GREATER_EQUAL:
        return ">=";
    case SMINI_BYTE_AND:
        return "&";
    case SMINI_BYTE_XOR:
        return "^";
    }
    return "";
}

void smini_put_byte_test(struct smini_rule_writer *writer, const struct smini_byte_test *test)
{
    check_snort(writer, &test->read);
    if (smini_writes_snort(writer) && !test->value_variable && test->value > UINT32_MAX)
        smini_put_refuse(writer, "Snort 3 compares with 32 bits");
    smini_put(writer, " byte_test:");
    smini_put_operand(writer, &test->read.size);
    smini_put(writer, ",%s%s,", test->negated ? "!" : "", test_sign(test->operation));
    if (test->value_variable)
        smini_put_raw(writer, writer->rule->variable_names[test->value_variable - 1]);
    else
        smini_put(writer, "%" PRIu64, test->value);
    smini_put(writer, ",");
    smini_put_operand(writer, &test->read.offset);
    put_read_words(writer, &test->read);
    put_mask(writer, &test->read);
    smini_put(writer, ";");
}

void smini_put_byte_jump(struct smini_rule_writer *writer, const struct smini_byte_jump *jump)
{
    bool whole = jump->align == 0 || jump->align == 4;
    check_snort(writer, &jump->read);
    if (!whole && writer->dialect != SMINI_DIALECT_OWN)
        smini_put_refuse(writer, "byte_jump aligns to 4 bytes there, not to 2");
    refuse_suricata(writer, jump->read.mask, "Suricata 8's byte_jump takes no bitmask");
    refuse_suricata(writer, jump->post_offset.variable, "Suricata 8's post_offset takes no variable");
    smini_put(writer, " byte_jump:");
    smini_put_operand(writer, &jump->read.size);
    smini_put(writer, ",");
    smini_put_operand(writer, &jump->read.offset);
    put_read_words(writer, &jump->read);
    put_scale(writer, jump->multiplier, whole ? 0 : jump->align);
    if (jump->align == 4)
        smini_put(writer, smini_writes_snort(writer) ? ",align 4" : ",align");
    smini_put(writer, "%s", jump->origin == SMINI_JUMP_HERE        ? ""
                            : jump->origin == SMINI_JUMP_BEGINNING ? ",from_beginning"
                                                                   : ",from_end");
    if (jump->post_offset.variable || jump->post_offset.number) {
        smini_put(writer, ",post_offset ");
        smini_put_operand(writer, &jump->post_offset);
    }
    put_mask(writer, &jump->read);
    smini_put(writer, ";");
}

void smini_put_byte_extract(struct smini_rule_writer *writer, const struct smini_byte_extract *extract)
{
    check_snort(writer, &extract->read);
    refuse_suricata(writer, extract->read.mask, "Suricata 8's byte_extract takes no bitmask");
    refuse_suricata(writer, extract->read.size.variable || extract->read.offset.variable,
                    "Suricata 8's byte_extract takes no variables");
    if (smini_writes_snort(writer) && extract->read.offset.variable)
        smini_put_refuse(writer, "Snort 3's byte_extract takes no offset from a variable");
    smini_put(writer, " byte_extract:");
    smini_put_operand(writer, &extract->read.size);
    smini_put(writer, ",");
    smini_put_operand(writer, &extract->read.offset);
    smini_put(writer, ",");
    smini_put_raw(writer, writer->rule->variable_names[extract->variable - 1]);
    put_read_words(writer, &extract->read);
    put_scale(writer, extract->multiplier, extract->align);
    put_mask(writer, &extract->read);
    smini_put(writer, ";");
}

static const char *math_sign(enum smini_math_operator operation)
{
    switch (operation) {
    case SMINI_MATH_ADD:
        return "+";
    case SMINI_MATH_SUBTRACT:
        return "-";
    case SMINI_MATH_MULTIPLY:
        return "*";
    case SMINI_MATH_DIVIDE:
        return "/";
    case SMINI_MATH_SHIFT_LEFT:
        return "<<";
    case SMINI_MATH_SHIFT_RIGHT:
        return ">>";
    }
    return "";
}

void smini_put_byte_math(struct smini_rule_writer *writer, const struct smini_condition *condition)
{
    const struct smini_byte_math *math = &condition->u.byte_math;
    check_snort(writer, &math->read);
    refuse_suricata(writer, math->read.offset.variable, "Suricata 8's byte_math takes no offset from a variable");
    if (smini_writes_snort(writer) && math->read.mask)
        smini_put_refuse(writer, "Snort 3's byte_math masks what it reads, Suricata's masks the result");
    if (smini_writes_snort(writer) && !math->operand.variable && math->operand.number == 0)
        smini_put_refuse(writer, "Snort 3's byte_math takes no rvalue of 0");
    if (smini_writes_snort(writer) && condition->next_depends)
        smini_put_refuse(writer, "Snort 3's byte_math does not move to where a later option counts from");
    smini_put(writer, " byte_math:bytes ");
    smini_put_operand(writer, &math->read.size);
    smini_put(writer, ",offset ");
    smini_put_operand(writer, &math->read.offset);
    smini_put(writer, ",oper %s,rvalue ", math_sign(math->operation));
    smini_put_operand(writer, &math->operand);
    smini_put(writer, ",result ");
    smini_put_raw(writer, writer->rule->variable_names[math->variable - 1]);
    smini_put(writer, "%s%s", math->read.relative ? ",relative" : "",
              math->read.little_endian ? ",endian little" : "");
    if (math->read.string)
        smini_put(writer, ",string %s", math->read.base == 16 ? "hex" : math->read.base == 10 ? "dec" : "oct");
    put_mask(writer, &math->read);
    smini_put(writer, ";");
}
