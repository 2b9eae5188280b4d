/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/verify_bytes.h"

#include "match/number.h"

/* Farther than any position that a rule can write, and far from the ends of 64 bits. */
#define FAR_AWAY ((int64_t)1 << 40)

int64_t smini_verify_operand(const struct smini_verify *verify, struct smini_operand operand)
{
    if (operand.variable == 0)
        return operand.number;
    int64_t value = (int64_t)verify->values[operand.variable - 1]; /* byte_math may have gone below zero */
    return value > -FAR_AWAY && value < FAR_AWAY ? value : FAR_AWAY;
}

/* The number, and where its text or bytes end. */
static bool read_number(const struct smini_verify *verify, const struct smini_byte_read *read, int64_t cursor,
                        uint64_t *value, int64_t *end)
{
    int64_t size = smini_verify_operand(verify, read->size);
    int64_t at = (read->relative ? cursor : -(int64_t)verify->base) + smini_verify_operand(verify, read->offset);
    if (at < 0 || size < 0 || size > (int64_t)verify->bytes.length || at > (int64_t)verify->bytes.length - size)
        return false;
    size_t used = 0;
    if (!smini_number_read(read, smini_span_part(verify->bytes, (size_t)at, (size_t)size), value, &used))
        return false;
    *end = at + (int64_t)used;
    return true;
}

bool smini_verify_byte_test(const struct smini_verify *verify, const struct smini_byte_test *test, int64_t cursor)
{
    uint64_t value = 0;
    int64_t end;
    if (!read_number(verify, &test->read, cursor, &value, &end))
        return false;
    uint64_t wanted = test->value_variable ? verify->values[test->value_variable - 1] : test->value;
    return smini_number_test(test->operation, smini_number_mask(value, test->read.mask), wanted) != test->negated;
}

static uint64_t align_up(uint64_t value, uint8_t align)
{
    return align && value % align ? value + align - value % align : value;
}

bool smini_verify_byte_jump(const struct smini_verify *verify, const struct smini_byte_jump *jump, int64_t *cursor)
{
    uint64_t value = 0;
    int64_t end;
    if (verify->bytes.length == 0 || !read_number(verify, &jump->read, *cursor, &value, &end))
        return false;
    value = smini_number_mask(value, jump->read.mask) * jump->multiplier;
    value = align_up(value, jump->align) + (uint64_t)smini_verify_operand(verify, jump->post_offset);
    /* As two's complement: a number read as text may be negative. */
    int64_t distance = (int64_t)value;
    int64_t beginning = -(int64_t)verify->base;
    int64_t size = (int64_t)verify->bytes.length;
    int64_t from = jump->origin == SMINI_JUMP_HERE ? end : jump->origin == SMINI_JUMP_END ? size : beginning;
    if (distance > size - from || (jump->origin == SMINI_JUMP_END && verify->open_end))
        return false;
    *cursor = distance < beginning - from ? beginning : from + distance;
    return true;
}

bool smini_verify_byte_extract(struct smini_verify *verify, const struct smini_byte_extract *extract, int64_t *cursor)
{
    uint64_t value = 0;
    if (!read_number(verify, &extract->read, *cursor, &value, cursor))
        return false;
    value = smini_number_mask(value, extract->read.mask) * extract->multiplier;
    verify->values[extract->variable - 1] = align_up(value, extract->align);
    return true;
}

/* False for a division by zero. */
static bool compute(enum smini_math_operator operation, uint64_t *value, uint64_t operand)
{
    switch (operation) {
    case SMINI_MATH_ADD:
        *value += operand;
        return true;
    case SMINI_MATH_SUBTRACT:
        *value -= operand;
        return true;
    case SMINI_MATH_MULTIPLY:
        *value *= operand;
        return true;
    case SMINI_MATH_DIVIDE:
        *value = operand ? *value / operand : 0;
        return operand != 0;
    case SMINI_MATH_SHIFT_LEFT:
        *value = operand < 64 ? *value << operand : 0;
        return true;
    case SMINI_MATH_SHIFT_RIGHT:
        *value = operand < 64 ? *value >> operand : 0;
        return true;
    }
    return false;
}

bool smini_verify_byte_math(struct smini_verify *verify, const struct smini_byte_math *math, int64_t *cursor)
{
    uint64_t value = 0;
    uint64_t operand =
        math->operand.variable ? verify->values[math->operand.variable - 1] : (uint64_t)math->operand.number;
    int64_t end;
    if (!read_number(verify, &math->read, *cursor, &value, &end) || !compute(math->operation, &value, operand))
        return false;
    *cursor = end;
    verify->values[math->variable - 1] = smini_number_mask(value, math->read.mask);
    return true;
}
