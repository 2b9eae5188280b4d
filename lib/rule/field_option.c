/* SPDX-License-Identifier: BSD-2-Clause */
/* Options that are named like a field: a number to compare, or a buffer to look into. */
#include "rule/parse.h"

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

/* "condition[,which values[,slice]]", or "count condition". */
static const char *read_test(struct smini_span text, struct smini_field_test *test)
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

static void read_integer(struct smini_rule_parser *parser, uint32_t field)
{
    struct smini_field_test test = {.field = field};
    if (parser->rule.field_test_count >= SMINI_RULE_FIELD_TESTS_MAX) {
        smini_rule_refuse(parser, "more than %u tests of numbers in one rule", SMINI_RULE_FIELD_TESTS_MAX);
        return;
    }
    const char *problem = read_test(parser->option.value, &test);
    if (problem)
        smini_rule_refuse(parser, "\"%s\" %s", smini_quote_span(parser->option.value).text, problem);
    else
        parser->field_tests[parser->rule.field_test_count++] = test;
}

void smini_option_field(struct smini_rule_parser *parser, const struct smin_field_desc *field)
{
    bool number = field->type == SMIN_TYPE_NUMBER || field->type == SMIN_TYPE_BOOL;
    if (number && !parser->option.value.bytes)
        smini_rule_refuse(parser, "is a number: write %s:value;", field->name);
    else if (number)
        read_integer(parser, field->id);
    else if (parser->option.value.bytes)
        smini_rule_refuse(parser, "is a buffer and takes no value: write %s; content:...;", field->name);
    else
        smini_rule_section(parser, field->id, field->key && strstr(field->key, "[]"));
}
