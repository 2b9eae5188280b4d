/* SPDX-License-Identifier: BSD-2-Clause */
/* What a rule remembers, and asks of what was remembered, as options. */
#include <inttypes.h>

#include "rule/writer.h"

static const char *operation_word(enum smini_state_operation operation)
{
    switch (operation) {
    case SMINI_STATE_IS_SET:
        return "isset";
    case SMINI_STATE_IS_NOT_SET:
        return "isnotset";
    case SMINI_STATE_SET:
        return "set";
    case SMINI_STATE_UNSET:
        return "unset";
    case SMINI_STATE_TOGGLE:
        return "toggle";
    case SMINI_STATE_ADD:
        return "+";
    case SMINI_STATE_SUBTRACT:
        return "-";
    case SMINI_STATE_COMPARE:
        break;
    }
    return "";
}

static void check_snort(struct smini_rule_writer *writer, const struct smini_state_step *step)
{
    if (!smini_writes_snort(writer))
        return;
    if (step->place != SMINI_STATE_FLOW_BIT)
        smini_put_refuse(writer, "Snort 3 remembers bits of flows only; write flowbits");
    if (step->operation == SMINI_STATE_TOGGLE)
        smini_put_refuse(writer, "Snort 3 has no toggle; write set and unset in two rules");
    if (step->operation == SMINI_STATE_IS_NOT_SET && step->id_count > 1)
        smini_put_refuse(writer, "isnotset of several bits means one of them in Suricata, all of them in Snort");
}

/* The characters of a name that Snort 3 takes. */
static bool fits_snort(struct smini_span name)
{
    for (size_t i = 0; i < name.length; i++) {
        uint8_t low = smini_ascii_lower(name.bytes[i]);
        if (!((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9') || low == '.' || low == '-' || low == '_'))
            return false;
    }
    return true;
}

static void put_flow_bits(struct smini_rule_writer *writer, const struct smini_state_step *step)
{
    smini_put(writer, " flowbits:%s,", operation_word(step->operation));
    for (uint32_t i = 0; i < step->id_count; i++) {
        struct smini_span name = smini_rule_set_state_name(writer->set, step->place, step->ids[i]);
        if (smini_writes_snort(writer) && !fits_snort(name))
            smini_put_refuse(writer, "Snort 3's names of bits hold letters, digits, . - and _ only");
        smini_put(writer, i ? "|" : "");
        smini_put_raw_span(writer, name);
    }
    smini_put(writer, ";");
}

static const char *compare_word(enum smini_compare compare)
{
    return compare == SMINI_COMPARE_EQUAL ? "==" : smini_compare_sign(compare);
}

static void put_number(struct smini_rule_writer *writer, const struct smini_state_step *step)
{
    const char *word = step->operation == SMINI_STATE_COMPARE ? compare_word(step->compare)
                       : step->operation == SMINI_STATE_SET   ? "="
                                                              : operation_word(step->operation);
    smini_put(writer, " flowint:");
    smini_put_raw_span(writer, smini_rule_set_state_name(writer->set, step->place, step->ids[0]));
    smini_put(writer, ",%s", word);
    if (step->operand_is_name) {
        smini_put(writer, ",");
        smini_put_raw_span(writer, smini_rule_set_state_name(writer->set, step->place, step->operand));
    } else if (step->operation != SMINI_STATE_IS_SET && step->operation != SMINI_STATE_IS_NOT_SET) {
        smini_put(writer, ",%" PRIu32, step->operand);
    }
    smini_put(writer, ";");
}

static void put_host_bit(struct smini_rule_writer *writer, const struct smini_state_step *step)
{
    const char *track = step->place == SMINI_STATE_PAIR_BIT     ? "ip_pair"
                        : step->track == SMINI_TRACK_SOURCE ? "ip_src"
                                                            : "ip_dst";
    smini_put(writer, " xbits:%s,", operation_word(step->operation));
    smini_put_raw_span(writer, smini_rule_set_state_name(writer->set, step->place, step->ids[0]));
    smini_put(writer, ",track %s,expire %" PRIu32 ";", track, step->expire);
}

static void put_step(struct smini_rule_writer *writer, const struct smini_state_step *step)
{
    check_snort(writer, step);
    switch (step->place) {
    case SMINI_STATE_FLOW_BIT:
        put_flow_bits(writer, step);
        break;
    case SMINI_STATE_FLOW_NUMBER:
        put_number(writer, step);
        break;
    case SMINI_STATE_HOST_BIT:
    case SMINI_STATE_PAIR_BIT:
        put_host_bit(writer, step);
        break;
    case SMINI_STATE_PLACES:
        break;
    }
}

void smini_put_state_tests(struct smini_rule_writer *writer)
{
    const struct smini_rule_state *state = writer->rule->state;
    for (uint32_t i = 0; state && i < state->test_count; i++)
        put_step(writer, &state->tests[i]);
}

void smini_put_state_writes(struct smini_rule_writer *writer)
{
    const struct smini_rule_state *state = writer->rule->state;
    for (uint32_t i = 0; state && i < state->write_count; i++)
        put_step(writer, &state->writes[i]);
}
