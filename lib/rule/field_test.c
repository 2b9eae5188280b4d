/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of numeric fields: read from text, and asked of a message. */
#include "rule/field_test.h"

#include "rule/lex.h"

static bool read_index(struct smini_span text, int32_t *index)
{
    int64_t number;
    if (!smini_lex_signed(text, &number) || number < INT32_MIN || number > INT32_MAX)
        return false;
    *index = (int32_t)number;
    return true;
}

/* Which of several values is meant. NULL when fine. */
static const char *read_choice(struct smini_span text, struct smini_field_test *test)
{
    static const struct {
        const char *word;
        enum smini_value_choice choice;
    } words[] = {{"any", SMINI_VALUE_ANY},
                 {"all", SMINI_VALUE_ALL},
                 {"all_or_absent", SMINI_VALUE_ALL_OR_ABSENT},
                 {"or_absent", SMINI_VALUE_ANY_OR_ABSENT}};
    struct smini_span word = text;
    struct smini_span rest = text;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (smini_lex_is(text, words[i].word)) {
            test->choice = words[i].choice;
            return NULL;
        }
    }
    if (smini_span_starts_nocase(text, "nb")) {
        test->choice = SMINI_VALUE_TIMES;
        return smini_integer_parse(smini_span_part(text, 2, text.length), &test->count);
    }
    bool outside = smini_lex_word(text, &word, &rest) && smini_lex_is(word, "oob_or");
    test->choice = outside ? SMINI_VALUE_AT_OR_OUTSIDE : SMINI_VALUE_AT;
    if (!read_index(outside ? rest : text, &test->index))
        return "names no values: any, all, all_or_absent, or_absent, nb N, oob_or N or an index do";
    return NULL;
}

static const char *read_slice(struct smini_span text, struct smini_field_test *test)
{
    size_t colon = smini_span_find(text, ':');
    test->sliced = true;
    if (colon == text.length || !read_index(smini_span_part(text, 0, colon), &test->slice_from) ||
        !read_index(smini_span_part(text, colon + 1, text.length), &test->slice_to))
        return "ends with something else than a slice from:to";
    return NULL;
}

const char *smini_field_test_parse(struct smini_span text, struct smini_field_test *test)
{
    struct smini_span word = text;
    struct smini_span part = text;
    if (smini_lex_word(text, &word, &part) && smini_lex_is(word, "count")) {
        test->choice = SMINI_VALUE_COUNT;
        return smini_integer_parse(part, &test->count);
    }
    const char *problem = "is no condition";
    for (int at = 0; smini_lex_part(&text, ',', &part); at++) {
        if (at == 0)
            problem = smini_interval_parse(part, &test->test);
        else if (at == 1)
            problem = read_choice(part, test);
        else if (at == 2)
            problem = read_slice(part, test);
        else
            problem = "has more than three parts; to allow several values write one rule for each, or a range";
        if (problem)
            break;
    }
    return problem;
}

/* What the looked-at values came to. */
struct tally {
    uint32_t values;
    uint32_t held;
};

/* The values of one field of a message. */
struct values {
    const struct smin_message *message;
    uint32_t field;
    uint32_t first; /* index of one, or of a field before it */
};

/* The value at or behind an index; NULL when there is none. `*at` becomes the index behind it. */
static const struct smin_field *next_value(const struct values *values, uint32_t *at)
{
    const struct smin_message *message = values->message;
    while (*at < message->field_count) {
        const char *element = (const char *)message->fields + (size_t)(*at)++ * message->field_stride;
        const struct smin_field *value = (const struct smin_field *)(const void *)element;
        if (value->id == values->field)
            return value;
    }
    return NULL;
}

static uint32_t count_values(const struct values *values)
{
    uint32_t count = 0;
    for (uint32_t at = values->first; next_value(values, &at);)
        count++;
    return count;
}

/* An index that may count from the end; beyond the last value when it lies outside. */
static uint32_t resolve(int32_t index, uint32_t count)
{
    int64_t place = index < 0 ? (int64_t)count + index : index;
    return place >= 0 && place < (int64_t)count ? (uint32_t)place : count;
}

/* Counts the values from .. to-1, and those among them that meet the test. */
static struct tally tally_values(const struct values *values, const struct smini_integer_test *test, uint32_t from,
                                 uint32_t to)
{
    struct tally tally = {0, 0};
    uint32_t at = values->first;
    for (uint32_t index = 0; index < to; index++) {
        const struct smin_field *value = next_value(values, &at);
        if (!value)
            break;
        if (index < from)
            continue;
        tally.values++;
        tally.held += smini_integer_holds(test, value->number) ? 1 : 0;
    }
    return tally;
}

/* As in Suricata: an end that lies outside leaves nothing; 0 as the second end is the end of the list. */
static void cut_slice(const struct smini_field_test *test, uint32_t count, uint32_t *from, uint32_t *to)
{
    int64_t first = test->slice_from < 0 ? (int64_t)count + test->slice_from : test->slice_from;
    int64_t last = test->slice_to <= 0 ? (int64_t)count + test->slice_to : test->slice_to;
    bool empty = first < 0 || last > (int64_t)count || first >= last;
    *from = empty ? 0 : (uint32_t)first;
    *to = empty ? 0 : (uint32_t)last;
}

bool smini_field_test_holds(const struct smini_field_test *test, const struct smin_message *message, uint32_t first)
{
    const struct values values = {.message = message, .field = test->field, .first = first};
    uint32_t count = count_values(&values);
    uint32_t from = 0;
    uint32_t to = count;
    if (test->sliced)
        cut_slice(test, count, &from, &to);
    uint32_t length = to - from;
    if (test->choice == SMINI_VALUE_AT || test->choice == SMINI_VALUE_AT_OR_OUTSIDE) {
        uint32_t place = resolve(test->index, length);
        if (place == length)
            return test->choice == SMINI_VALUE_AT_OR_OUTSIDE;
        return tally_values(&values, &test->test, from + place, from + place + 1).held == 1;
    }
    struct tally tally = tally_values(&values, &test->test, from, to);
    switch (test->choice) {
    case SMINI_VALUE_ALL:
        return tally.values > 0 && tally.held == tally.values;
    case SMINI_VALUE_ALL_OR_ABSENT:
        return tally.held == tally.values;
    case SMINI_VALUE_ANY_OR_ABSENT:
        return tally.values == 0 || tally.held > 0;
    case SMINI_VALUE_TIMES:
        return smini_integer_holds(&test->count, tally.held);
    case SMINI_VALUE_COUNT:
        return smini_integer_holds(&test->count, tally.values);
    case SMINI_VALUE_ANY:
    case SMINI_VALUE_AT:
    case SMINI_VALUE_AT_OR_OUTSIDE:
        break;
    }
    return tally.held > 0;
}
