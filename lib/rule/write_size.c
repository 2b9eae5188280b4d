/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How many bytes there are: isdataat, bsize and bufferlen. What is left behind a match has to be at least the position
 * for Suricata's isdataat, and more than it for Snort's; so Snort's bufferlen says it, which is the same to all.
 */
#include "rule/writer.h"

#include <inttypes.h>

/* The largest position and size that both engines take. */
#define ENGINE_SIZE_MAX 65535u

static void check_engine(struct smini_rule_writer *writer, uint64_t number)
{
    if (writer->dialect != SMINI_DIALECT_OWN && number > ENGINE_SIZE_MAX)
        smini_put_refuse(writer, "sizes go up to %u there", ENGINE_SIZE_MAX);
}

void smini_put_data_at(struct smini_rule_writer *writer, const struct smini_data_at *data_at)
{
    if (!data_at->position.variable)
        check_engine(writer, (uint64_t)data_at->position.number);
    if (smini_writes_snort(writer) && data_at->relative) {
        if (data_at->position.variable)
            smini_put_refuse(writer, "relative isdataat with a variable means one byte more in Snort than in Suricata");
        smini_put(writer, " bufferlen:%s%" PRId64 ",relative;", data_at->negated ? "<" : ">=", data_at->position.number);
        return;
    }
    smini_put(writer, " isdataat:%s", data_at->negated ? "!" : "");
    smini_put_operand(writer, &data_at->position);
    smini_put(writer, data_at->relative ? ",relative;" : ";");
}

/* The sizes from `least` up to, but not including, `beyond`; false when a test is not of that kind. */
static bool bounds_of(const struct smini_integer_test *test, uint64_t *least, uint64_t *beyond)
{
    *least = 0;
    *beyond = UINT64_MAX;
    if (test->first >= UINT32_MAX)
        return false;
    switch (test->compare) {
    case SMINI_COMPARE_EQUAL:
        *least = test->first;
        *beyond = test->first + 1;
        return true;
    case SMINI_COMPARE_LESS:
        *beyond = test->first;
        return true;
    case SMINI_COMPARE_LESS_EQUAL:
        *beyond = test->first + 1;
        return true;
    case SMINI_COMPARE_GREATER:
        *least = test->first + 1;
        return true;
    case SMINI_COMPARE_GREATER_EQUAL:
        *least = test->first;
        return true;
    case SMINI_COMPARE_RANGE:
        *least = test->first + 1;
        *beyond = test->second;
        return true;
    case SMINI_COMPARE_NOT_EQUAL:
    case SMINI_COMPARE_NOT_RANGE:
    case SMINI_COMPARE_MASK:
    case SMINI_COMPARE_NOT_MASK:
        break;
    }
    return false;
}

/* Suricata knows the size of the payload, and what is left of a buffer, by isdataat only. */
static void put_as_data_at(struct smini_rule_writer *writer, const struct smini_size_test *size)
{
    uint64_t least;
    uint64_t beyond;
    uint64_t shift = size->relative ? 0 : 1; /* an absolute position is that of a byte */
    const char *end = size->relative ? ",relative;" : ";";
    if (!bounds_of(&size->test, &least, &beyond) || (least == 0 && beyond == UINT64_MAX) || beyond == 0) {
        smini_put_refuse(writer, "Suricata's isdataat cannot say this size; write bounds");
        return;
    }
    if (least > 0)
        smini_put(writer, " isdataat:%" PRIu64 "%s", least - shift, end);
    if (beyond < UINT64_MAX)
        smini_put(writer, " isdataat:!%" PRIu64 "%s", beyond - shift, end);
    check_engine(writer, beyond < UINT64_MAX ? beyond : least);
}

void smini_put_size(struct smini_rule_writer *writer, const struct smini_section *section,
                    const struct smini_size_test *size)
{
    bool bsize = section->buffer != SMINI_BUFFER_PAYLOAD && !size->relative;
    if (!bsize && writer->dialect == SMINI_DIALECT_SURICATA8) {
        put_as_data_at(writer, size);
        return;
    }
    if (smini_writes_snort(writer))
        check_engine(writer, size->test.first > size->test.second ? size->test.first : size->test.second);
    smini_put(writer, bsize && !smini_writes_snort(writer) ? " bsize:" : " bufferlen:");
    smini_put_integer(writer, &size->test);
    smini_put(writer, size->relative ? ",relative;" : ";");
}
