/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of numeric fields, which a message may carry several times. */
#include "match/judge.h"
#include "rule/integer.h"

/* What the looked-at values came to. */
struct tally {
    uint32_t values;
    uint32_t held;
};

static uint32_t count_values(const struct smini_matcher *matcher, uint32_t field)
{
    uint32_t count = 0;
    uint32_t end = matcher->message->field_count;
    for (uint32_t at = smini_judge_field(matcher, field, 0); at < end; at = smini_judge_field(matcher, field, at + 1))
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
static struct tally tally_values(const struct smini_matcher *matcher, const struct smini_field_test *test, uint32_t from,
                                 uint32_t to)
{
    struct tally tally = {0, 0};
    uint32_t end = matcher->message->field_count;
    uint32_t index = 0;
    for (uint32_t at = smini_judge_field(matcher, test->field, 0); at < end && index < to;
         at = smini_judge_field(matcher, test->field, at + 1), index++) {
        if (index < from)
            continue;
        tally.values++;
        tally.held += smini_integer_holds(&test->test, smini_message_field(matcher->message, at)->number) ? 1 : 0;
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

bool smini_judge_values(const struct smini_matcher *matcher, const struct smini_field_test *test)
{
    uint32_t count = count_values(matcher, test->field);
    uint32_t from = 0;
    uint32_t to = count;
    if (test->sliced)
        cut_slice(test, count, &from, &to);
    uint32_t length = to - from;
    if (test->choice == SMINI_VALUE_AT || test->choice == SMINI_VALUE_AT_OR_OUTSIDE) {
        uint32_t place = resolve(test->index, length);
        if (place == length)
            return test->choice == SMINI_VALUE_AT_OR_OUTSIDE;
        return tally_values(matcher, test, from + place, from + place + 1).held == 1;
    }
    struct tally tally = tally_values(matcher, test, from, to);
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
