/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/fuzz/reference.h"

enum { VARIABLES_MAX = 16 };

/* What the conditions so far have left for the next one. */
struct state {
    int64_t cursor; /* where the last match ends */
    uint64_t values[VARIABLES_MAX];
};

static bool holds_from(const struct smini_section *section, uint32_t index, struct smini_span bytes,
                       struct state state);

static int64_t value_of(const struct state *state, struct smini_operand operand)
{
    return operand.variable ? (int64_t)state->values[operand.variable - 1] : operand.number;
}

static uint8_t lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte + 32) : byte;
}

static bool content_is_at(const struct smini_content *content, struct smini_span bytes, int64_t at)
{
    for (size_t i = 0; i < content->pattern.length; i++) {
        uint8_t byte = bytes.bytes[(size_t)at + i];
        if ((content->nocase ? lower(byte) : byte) != content->pattern.bytes[i])
            return false;
    }
    return true;
}

/* Does the rule want a match that begins and ends there? An offset or depth that byte_math took below zero is a huge
 * number, as in Suricata; distance and within may be negative. */
static bool content_may_be_at(const struct smini_content *content, const struct state *state, int64_t begin,
                              int64_t end, int64_t size)
{
    if ((content->starts_with && begin != 0) || (content->ends_with && end != size))
        return false;
    if (content->relative) {
        int64_t from = state->cursor + value_of(state, content->distance);
        return begin >= from && (!content->has_within || end <= from + value_of(state, content->within));
    }
    uint64_t from = (uint64_t)value_of(state, content->offset);
    uint64_t to = from + (uint64_t)value_of(state, content->depth);
    return (uint64_t)begin >= from && (!content->has_depth || (uint64_t)end <= to);
}

static bool content_holds(const struct smini_section *section, uint32_t index, struct smini_span bytes,
                          struct state state)
{
    const struct smini_content *content = &section->conditions[index].u.content;
    int64_t size = (int64_t)bytes.length;
    int64_t length = (int64_t)content->pattern.length;
    for (int64_t at = 0; at + length <= size; at++) {
        if (!content_may_be_at(content, &state, at, at + length, size) || !content_is_at(content, bytes, at))
            continue;
        if (content->negated)
            return false;
        struct state next = state;
        next.cursor = at + length;
        if (holds_from(section, index + 1, bytes, next))
            return true;
    }
    return content->negated && holds_from(section, index + 1, bytes, state);
}

/* A number in bytes, not in text. */
static bool number_at(const struct smini_byte_read *read, struct smini_span bytes, const struct state *state,
                      uint64_t *value, int64_t *end)
{
    int64_t size = value_of(state, read->size);
    int64_t at = (read->relative ? state->cursor : 0) + value_of(state, read->offset);
    if (size < 0 || size > 8 || at < 0 || at + size > (int64_t)bytes.length)
        return false;
    *value = 0;
    *end = at + size;
    for (int64_t i = 0; i < size; i++)
        *value = *value << 8 | bytes.bytes[read->little_endian ? at + size - 1 - i : at + i];
    return true;
}

static uint64_t masked(uint64_t value, uint32_t mask)
{
    if (mask == 0)
        return value;
    value &= mask;
    for (; !(mask & 1); mask >>= 1)
        value >>= 1;
    return value;
}

static uint64_t aligned(uint64_t value, unsigned align)
{
    while (align && value % align)
        value++;
    return value;
}

static bool test_holds(const struct smini_byte_test *test, struct smini_span bytes, const struct state *state)
{
    uint64_t value;
    int64_t end;
    if (!number_at(&test->read, bytes, state, &value, &end))
        return false;
    value = masked(value, test->read.mask);
    uint64_t wanted = test->value_variable ? state->values[test->value_variable - 1] : test->value;
    bool is[] = {value == wanted, value < wanted,  value > wanted,       value <= wanted,
                 value >= wanted, (value & wanted), (value ^ wanted) != 0};
    return is[test->operation] != test->negated;
}

static bool jump(const struct smini_byte_jump *jump, struct smini_span bytes, struct state *state)
{
    uint64_t value;
    int64_t end;
    if (bytes.length == 0 || !number_at(&jump->read, bytes, state, &value, &end))
        return false;
    value = aligned(masked(value, jump->read.mask) * jump->multiplier, jump->align);
    int64_t size = (int64_t)bytes.length;
    int64_t origin = jump->origin == SMINI_JUMP_HERE ? end : jump->origin == SMINI_JUMP_END ? size : 0;
    int64_t target = origin + (int64_t)value + value_of(state, jump->post_offset);
    state->cursor = target < 0 ? 0 : target;
    return target <= size;
}

static bool extract(const struct smini_byte_extract *extract, struct smini_span bytes, struct state *state)
{
    uint64_t value;
    int64_t end;
    if (!number_at(&extract->read, bytes, state, &value, &end))
        return false;
    state->cursor = end;
    state->values[extract->variable - 1] =
        aligned(masked(value, extract->read.mask) * extract->multiplier, extract->align);
    return true;
}

static bool calculate(const struct smini_byte_math *math, struct smini_span bytes, struct state *state)
{
    uint64_t value;
    int64_t end;
    uint64_t operand = (uint64_t)value_of(state, math->operand);
    if (!number_at(&math->read, bytes, state, &value, &end) || (math->operation == SMINI_MATH_DIVIDE && operand == 0))
        return false;
    switch (math->operation) {
    case SMINI_MATH_ADD: value += operand; break;
    case SMINI_MATH_SUBTRACT: value -= operand; break;
    case SMINI_MATH_MULTIPLY: value *= operand; break;
    case SMINI_MATH_DIVIDE: value /= operand; break;
    case SMINI_MATH_SHIFT_LEFT: value = operand < 64 ? value << operand : 0; break;
    case SMINI_MATH_SHIFT_RIGHT: value = operand < 64 ? value >> operand : 0; break;
    }
    state->cursor = end;
    state->values[math->variable - 1] = masked(value, math->read.mask);
    return true;
}

static bool data_is_at(const struct smini_data_at *data_at, struct smini_span bytes, const struct state *state)
{
    int64_t size = (int64_t)bytes.length;
    int64_t position = value_of(state, data_at->position);
    bool there = data_at->relative ? state->cursor + position <= size : position < size;
    return (there && position >= 0) != data_at->negated;
}

static bool holds_from(const struct smini_section *section, uint32_t index, struct smini_span bytes,
                       struct state state)
{
    if (index == section->condition_count)
        return true;
    const struct smini_condition *condition = &section->conditions[index];
    switch (condition->kind) {
    case SMINI_CONDITION_CONTENT: return content_holds(section, index, bytes, state);
    case SMINI_CONDITION_BYTE_TEST:
        return test_holds(&condition->u.byte_test, bytes, &state) && holds_from(section, index + 1, bytes, state);
    case SMINI_CONDITION_BYTE_JUMP:
        return jump(&condition->u.byte_jump, bytes, &state) && holds_from(section, index + 1, bytes, state);
    case SMINI_CONDITION_BYTE_EXTRACT:
        return extract(&condition->u.byte_extract, bytes, &state) && holds_from(section, index + 1, bytes, state);
    case SMINI_CONDITION_BYTE_MATH:
        return calculate(&condition->u.byte_math, bytes, &state) && holds_from(section, index + 1, bytes, state);
    case SMINI_CONDITION_DATA_AT:
        return data_is_at(&condition->u.data_at, bytes, &state) && holds_from(section, index + 1, bytes, state);
    default: return false;
    }
}

bool reference_knows(const struct smini_section *section)
{
    for (uint32_t i = 0; i < section->condition_count; i++)
        if (section->conditions[i].kind == SMINI_CONDITION_PCRE || section->conditions[i].kind == SMINI_CONDITION_SIZE)
            return false;
    return true;
}

bool reference_holds(const struct smini_section *section, struct smini_span bytes)
{
    return holds_from(section, 0, bytes, (struct state){.cursor = 0});
}
