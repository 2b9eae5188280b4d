/* SPDX-License-Identifier: BSD-2-Clause */
/* Conditions on numeric fields as options. */
#include "rule/writer.h"

#include <inttypes.h>

/* Which of a field's values: behind the condition, with a comma. */
static void put_choice(struct smini_rule_writer *writer, const struct smini_field_test *test)
{
    switch (test->choice) {
    case SMINI_VALUE_ANY:
        smini_put(writer, test->sliced ? ",any" : "");
        break;
    case SMINI_VALUE_ALL:
        smini_put(writer, ",all");
        break;
    case SMINI_VALUE_ALL_OR_ABSENT:
        smini_put(writer, ",all_or_absent");
        break;
    case SMINI_VALUE_ANY_OR_ABSENT:
        smini_put(writer, ",or_absent");
        break;
    case SMINI_VALUE_AT:
        smini_put(writer, ",%" PRId32, test->index);
        break;
    case SMINI_VALUE_AT_OR_OUTSIDE:
        smini_put(writer, ",oob_or %" PRId32, test->index);
        break;
    case SMINI_VALUE_TIMES:
        smini_put(writer, ",nb");
        smini_put_integer(writer, &test->count);
        break;
    case SMINI_VALUE_COUNT:
        break;
    }
    if (test->sliced)
        smini_put(writer, ",%" PRId32 ":%" PRId32, test->slice_from, test->slice_to);
    if (smini_writes_snort(writer) && (test->choice != SMINI_VALUE_ANY || test->sliced))
        smini_put_refuse(writer, "Snort 3 cannot say which of several values is meant");
}

void smini_put_field_test(struct smini_rule_writer *writer, const struct smini_field_test *test)
{
    smini_put(writer, " ");
    smini_put_field(writer, test->field);
    if (test->choice == SMINI_VALUE_COUNT) {
        smini_put(writer, ":count ");
        smini_put_integer(writer, &test->count);
    } else {
        smini_put(writer, ":");
        smini_put_integer(writer, &test->test);
    }
    put_choice(writer, test);
    smini_put(writer, ";");
}
