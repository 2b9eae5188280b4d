/* SPDX-License-Identifier: BSD-2-Clause */
/* Integer conditions in Suricata's form: comparisons, exclusive ranges, bit masks, units. */
#include "rule/integer.h"

#include "rule/lex.h"

/* A number with an optional unit. */
static bool read_number(struct smini_span text, uint64_t *number)
{
    static const struct {
        const char *suffix;
        unsigned shift;
    } units[] = {{"kib", 10}, {"mib", 20}, {"gib", 30}, {"kb", 10}, {"mb", 20}, {"gb", 30}};
    text = smini_lex_trim(text);
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        size_t length = strlen(units[i].suffix);
        if (text.length <= length ||
            !smini_span_equal_nocase(smini_span_part(text, text.length - length, length),
                                     smini_span_text(units[i].suffix)))
            continue;
        if (!smini_lex_number(smini_span_part(text, 0, text.length - length), number) ||
            *number > (UINT64_MAX >> units[i].shift))
            return false;
        *number <<= units[i].shift;
        return true;
    }
    return smini_lex_number(text, number);
}

static bool take(struct smini_span *text, const char *prefix)
{
    if (!smini_span_starts_nocase(*text, prefix))
        return false;
    *text = smini_lex_trim(smini_span_part(*text, strlen(prefix), text->length));
    return true;
}

/* Length of the range sign at `at`: "-" or "<>". */
static size_t range_sign(struct smini_span text, size_t at)
{
    if (text.bytes[at] == '-')
        return 1;
    return text.bytes[at] == '<' && at + 1 < text.length && text.bytes[at + 1] == '>' ? 2 : 0;
}

static const char *read_mask(struct smini_span text, struct smini_integer_test *test)
{
    size_t sign = smini_span_find(text, '=');
    size_t end = sign > 0 && sign < text.length && text.bytes[sign - 1] == '!' ? sign - 1 : sign;
    if (sign == text.length || !read_number(smini_span_part(text, 0, end), &test->first) ||
        !read_number(smini_span_part(text, sign + 1, text.length), &test->second))
        return "is no bit mask; write &mask=value or &mask!=value";
    if (end != sign)
        test->compare = test->compare == SMINI_COMPARE_MASK ? SMINI_COMPARE_NOT_MASK : SMINI_COMPARE_MASK;
    return NULL;
}

static const char *read_plain(struct smini_span text, bool negated, struct smini_integer_test *test)
{
    for (size_t at = 1; at < text.length; at++) {
        size_t sign = range_sign(text, at);
        if (!sign)
            continue;
        if (!read_number(smini_span_part(text, 0, at), &test->first) ||
            !read_number(smini_span_part(text, at + sign, text.length), &test->second))
            return "is no range of two numbers";
        if (test->second <= test->first || test->second - test->first < 2)
            return "is a range that holds no number: its ends do not belong to it; write them one further out";
        test->compare = negated ? SMINI_COMPARE_NOT_RANGE : SMINI_COMPARE_RANGE;
        return NULL;
    }
    test->compare = negated ? SMINI_COMPARE_NOT_EQUAL : SMINI_COMPARE_EQUAL;
    return read_number(text, &test->first) ? NULL : "is no number, comparison, range or bit mask";
}

const char *smini_integer_parse(struct smini_span text, struct smini_integer_test *test)
{
    static const struct {
        const char *sign;
        enum smini_compare compare;
    } signs[] = {{">=", SMINI_COMPARE_GREATER_EQUAL}, {"<=", SMINI_COMPARE_LESS_EQUAL},
                 {"!=", SMINI_COMPARE_NOT_EQUAL},     {">", SMINI_COMPARE_GREATER},
                 {"<", SMINI_COMPARE_LESS},           {"=", SMINI_COMPARE_EQUAL}};
    text = smini_lex_trim(text);
    if (smini_span_find(text, ',') < text.length)
        return "holds a list; write one rule for each value, or a range";
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (take(&text, signs[i].sign)) {
            test->compare = signs[i].compare;
            return read_number(text, &test->first) ? NULL : "has no number behind its comparison";
        }
    }
    bool negated = take(&text, "!");
    if (take(&text, "&")) {
        test->compare = negated ? SMINI_COMPARE_NOT_MASK : SMINI_COMPARE_MASK;
        return read_mask(text, test);
    }
    return read_plain(text, negated, test);
}

static bool split_interval(struct smini_span text, const char *sign, struct smini_integer_test *test)
{
    size_t length = strlen(sign);
    for (size_t at = 1; at + length < text.length; at++)
        if (memcmp(text.bytes + at, sign, length) == 0)
            return read_number(smini_span_part(text, 0, at), &test->first) &&
                   read_number(smini_span_part(text, at + length, text.length), &test->second);
    return false;
}

const char *smini_interval_parse(struct smini_span text, struct smini_integer_test *test)
{
    text = smini_lex_trim(text);
    bool inclusive = split_interval(text, "<=>", test);
    if (inclusive || split_interval(text, "<>", test)) {
        test->compare = SMINI_COMPARE_RANGE;
        if (test->first > test->second || test->second == UINT64_MAX || (!inclusive && test->second - test->first < 2))
            return "is a range that holds no number; write the lower end first, and with <> at least one number "
                   "between";
        if (!inclusive)
            return NULL;
        test->second++;
        if (test->first == 0) {
            test->compare = SMINI_COMPARE_LESS;
            test->first = test->second;
            test->second = 0;
        } else {
            test->first--;
        }
        return NULL;
    }
    return smini_integer_parse(text, test);
}

bool smini_integer_holds(const struct smini_integer_test *test, uint64_t value)
{
    switch (test->compare) {
    case SMINI_COMPARE_EQUAL:
        return value == test->first;
    case SMINI_COMPARE_NOT_EQUAL:
        return value != test->first;
    case SMINI_COMPARE_LESS:
        return value < test->first;
    case SMINI_COMPARE_LESS_EQUAL:
        return value <= test->first;
    case SMINI_COMPARE_GREATER:
        return value > test->first;
    case SMINI_COMPARE_GREATER_EQUAL:
        return value >= test->first;
    case SMINI_COMPARE_RANGE:
        return value > test->first && value < test->second;
    case SMINI_COMPARE_NOT_RANGE:
        return value <= test->first || value >= test->second;
    case SMINI_COMPARE_MASK:
        return (value & test->first) == test->second;
    case SMINI_COMPARE_NOT_MASK:
        return (value & test->first) != test->second;
    }
    return false;
}
