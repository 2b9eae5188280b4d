/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/support/same_rule.h"

#include <stdlib.h>

#include "rule/limits.h"
#include "smin/status.h"

#define DIFFER(member)                                                                                                 \
    if (one->member != other->member)                                                                                  \
    return #member
#define DIFFER_TEXT(member)                                                                                            \
    if (strcmp(one->member, other->member) != 0)                                                                       \
    return #member

static bool same_group(const struct smini_group *one, const struct smini_group *other)
{
    for (; one && other; one = one->next, other = other->next)
        if (one->any != other->any || one->negated != other->negated || one->family != other->family ||
            memcmp(one->low, other->low, sizeof(one->low)) != 0 ||
            memcmp(one->high, other->high, sizeof(one->high)) != 0 || !same_group(one->member, other->member))
            return false;
    return !one && !other;
}

static const char *header_difference(const struct smini_rule_header *one, const struct smini_rule_header *other)
{
    DIFFER(action);
    DIFFER_TEXT(action_text);
    DIFFER(protocol);
    DIFFER(transfer);
    DIFFER(ip_version);
    DIFFER(packets);
    DIFFER(both_directions);
    if (!same_group(one->source_address, other->source_address) || !same_group(one->source_port, other->source_port) ||
        !same_group(one->target_address, other->target_address) || !same_group(one->target_port, other->target_port))
        return "groups";
    return NULL;
}

static const char *variable_difference(const struct same_rule_pair *pair, uint32_t one, uint32_t other)
{
    if (!one || !other)
        return one == other ? NULL : "variable";
    return strcmp(pair->one->variable_names[one - 1], pair->other->variable_names[other - 1]) == 0 ? NULL : "variable";
}

static bool same_operand(const struct same_rule_pair *pair, const struct smini_operand *one, const struct smini_operand *other)
{
    return one->number == other->number && !variable_difference(pair, one->variable, other->variable);
}

#define DIFFER_OPERAND(member)                                                                                         \
    if (!same_operand(pair, &one->member, &other->member))                                                             \
    return #member

static const char *read_difference(const struct same_rule_pair *pair, const struct smini_byte_read *one,
                                   const struct smini_byte_read *other)
{
    DIFFER_OPERAND(size);
    DIFFER_OPERAND(offset);
    DIFFER(relative);
    DIFFER(little_endian);
    DIFFER(string);
    DIFFER(base);
    DIFFER(mask);
    return NULL;
}

static const char *byte_test_difference(const struct same_rule_pair *pair, const struct smini_byte_test *one,
                                        const struct smini_byte_test *other)
{
    DIFFER(operation);
    DIFFER(negated);
    DIFFER(value);
    if (variable_difference(pair, one->value_variable, other->value_variable))
        return "value_variable";
    return read_difference(pair, &one->read, &other->read);
}

static const char *byte_jump_difference(const struct same_rule_pair *pair, const struct smini_byte_jump *one,
                                        const struct smini_byte_jump *other)
{
    DIFFER(origin);
    DIFFER(multiplier);
    DIFFER(align);
    DIFFER_OPERAND(post_offset);
    return read_difference(pair, &one->read, &other->read);
}

static const char *byte_extract_difference(const struct same_rule_pair *pair, const struct smini_byte_extract *one,
                                           const struct smini_byte_extract *other)
{
    DIFFER(multiplier);
    DIFFER(align);
    if (variable_difference(pair, one->variable, other->variable))
        return "variable";
    return read_difference(pair, &one->read, &other->read);
}

static const char *byte_math_difference(const struct same_rule_pair *pair, const struct smini_byte_math *one,
                                        const struct smini_byte_math *other)
{
    DIFFER(operation);
    DIFFER_OPERAND(operand);
    if (variable_difference(pair, one->variable, other->variable))
        return "variable";
    return read_difference(pair, &one->read, &other->read);
}

static const char *content_difference(const struct same_rule_pair *pair, const struct smini_content *one,
                                      const struct smini_content *other)
{
    if (!smini_span_equal(one->pattern, other->pattern))
        return "content";
    DIFFER(nocase);
    DIFFER(negated);
    DIFFER(relative);
    DIFFER(has_offset);
    DIFFER(has_depth);
    DIFFER(has_distance);
    DIFFER(has_within);
    DIFFER(starts_with);
    DIFFER(ends_with);
    DIFFER(fast_pattern);
    DIFFER(fast_only);
    DIFFER_OPERAND(offset);
    DIFFER_OPERAND(depth);
    DIFFER_OPERAND(distance);
    DIFFER_OPERAND(within);
    DIFFER(fast_from);
    DIFFER(fast_length);
    return NULL;
}

static const char *regex_difference(const struct smini_regex_text *one, const struct smini_regex_text *other)
{
    DIFFER_TEXT(expression);
    DIFFER(length);
    DIFFER(flags);
    DIFFER(negated);
    DIFFER(relative);
    return NULL;
}

static const char *data_at_difference(const struct same_rule_pair *pair, const struct smini_data_at *one,
                                      const struct smini_data_at *other)
{
    DIFFER_OPERAND(position);
    DIFFER(negated);
    DIFFER(relative);
    return NULL;
}

static const char *integer_difference(const struct smini_integer_test *one, const struct smini_integer_test *other)
{
    DIFFER(compare);
    DIFFER(first);
    DIFFER(second);
    return NULL;
}

static const char *size_difference(const struct smini_size_test *one, const struct smini_size_test *other)
{
    DIFFER(relative);
    return integer_difference(&one->test, &other->test);
}

static const char *condition_difference(const struct same_rule_pair *pair, const struct smini_condition *one,
                                        const struct smini_condition *other)
{
    DIFFER(kind);
    DIFFER(next_depends);
    switch (one->kind) {
    case SMINI_CONDITION_CONTENT:
        return content_difference(pair, &one->u.content, &other->u.content);
    case SMINI_CONDITION_BYTE_TEST:
        return byte_test_difference(pair, &one->u.byte_test, &other->u.byte_test);
    case SMINI_CONDITION_BYTE_JUMP:
        return byte_jump_difference(pair, &one->u.byte_jump, &other->u.byte_jump);
    case SMINI_CONDITION_BYTE_EXTRACT:
        return byte_extract_difference(pair, &one->u.byte_extract, &other->u.byte_extract);
    case SMINI_CONDITION_BYTE_MATH:
        return byte_math_difference(pair, &one->u.byte_math, &other->u.byte_math);
    case SMINI_CONDITION_PCRE:
        return regex_difference(&one->u.pcre, &other->u.pcre);
    case SMINI_CONDITION_DATA_AT:
        return data_at_difference(pair, &one->u.data_at, &other->u.data_at);
    case SMINI_CONDITION_SIZE:
        return size_difference(&one->u.size, &other->u.size);
    }
    return "kind";
}

static const char *section_difference(const struct same_rule_pair *pair, const struct smini_section *one,
                                      const struct smini_section *other)
{
    DIFFER(buffer);
    DIFFER(absent);
    DIFFER(or_absent);
    DIFFER(condition_count);
    const char *difference = NULL;
    for (uint32_t i = 0; !difference && i < one->condition_count; i++)
        difference = condition_difference(pair, &one->conditions[i], &other->conditions[i]);
    return difference;
}

static const char *field_difference(const struct smini_field_test *one, const struct smini_field_test *other)
{
    DIFFER(field);
    DIFFER(choice);
    DIFFER(index);
    DIFFER(sliced);
    DIFFER(slice_from);
    DIFFER(slice_to);
    const char *difference = integer_difference(&one->test, &other->test);
    return difference ? difference : integer_difference(&one->count, &other->count);
}

static const char *packet_difference(const struct smini_packet_test *one, const struct smini_packet_test *other)
{
    DIFFER(number);
    return integer_difference(&one->test, &other->test);
}

static const char *list_difference(const struct same_rule_pair *pair)
{
    const struct smini_rule *one = pair->one;
    const struct smini_rule *other = pair->other;
    const char *difference = NULL;
    DIFFER(variable_count);
    DIFFER(section_count);
    DIFFER(field_test_count);
    DIFFER(event_count);
    DIFFER(packet_test_count);
    DIFFER(metadata_count);
    DIFFER(reference_count);
    for (uint32_t i = 0; !difference && i < one->section_count; i++)
        difference = section_difference(pair, &one->sections[i], &other->sections[i]);
    for (uint32_t i = 0; !difference && i < one->field_test_count; i++)
        difference = field_difference(&one->field_tests[i], &other->field_tests[i]);
    for (uint32_t i = 0; !difference && i < one->packet_test_count; i++)
        difference = packet_difference(&one->packet_tests[i], &other->packet_tests[i]);
    for (uint32_t i = 0; !difference && i < one->event_count; i++)
        DIFFER(events[i]);
    for (uint32_t i = 0; !difference && i < one->metadata_count; i++) {
        DIFFER_TEXT(metadata[i].name);
        DIFFER_TEXT(metadata[i].value);
    }
    for (uint32_t i = 0; !difference && i < one->reference_count; i++) {
        DIFFER_TEXT(references[i].name);
        DIFFER_TEXT(references[i].value);
    }
    return difference;
}

static const char *step_difference(const struct same_rule_pair *pair, const struct smini_state_step *one,
                                   const struct smini_state_step *other)
{
    DIFFER(operation);
    DIFFER(place);
    DIFFER(id_count);
    DIFFER(track);
    DIFFER(expire);
    DIFFER(compare);
    DIFFER(operand_is_name);
    if (!one->operand_is_name) {
        DIFFER(operand);
    } else if (!smini_span_equal(smini_rule_set_state_name(pair->one_set, one->place, one->operand),
                                 smini_rule_set_state_name(pair->other_set, other->place, other->operand))) {
        return "name of state";
    }
    for (uint32_t i = 0; i < one->id_count; i++)
        if (!smini_span_equal(smini_rule_set_state_name(pair->one_set, one->place, one->ids[i]),
                              smini_rule_set_state_name(pair->other_set, other->place, other->ids[i])))
            return "name of state";
    return NULL;
}

static const char *threshold_difference(const struct smini_threshold *one, const struct smini_threshold *other)
{
    if (!one || !other)
        return one == other ? NULL : "threshold";
    DIFFER(type);
    DIFFER(track);
    DIFFER(count);
    DIFFER(seconds);
    DIFFER(multiplier);
    return NULL;
}

static const char *state_difference(const struct same_rule_pair *pair)
{
    const struct smini_rule_state *one = pair->one->state;
    const struct smini_rule_state *other = pair->other->state;
    const char *difference = NULL;
    if (!one || !other)
        return one == other ? NULL : "state";
    DIFFER(test_count);
    DIFFER(write_count);
    for (uint32_t i = 0; !difference && i < one->test_count; i++)
        difference = step_difference(pair, &one->tests[i], &other->tests[i]);
    for (uint32_t i = 0; !difference && i < one->write_count; i++)
        difference = step_difference(pair, &one->writes[i], &other->writes[i]);
    return difference ? difference : threshold_difference(one->threshold, other->threshold);
}

const char *same_rule_difference(const struct same_rule_pair *pair)
{
    const struct smini_rule *one = pair->one;
    const struct smini_rule *other = pair->other;
    DIFFER(gid);
    DIFFER(sid);
    DIFFER(rev);
    DIFFER(priority);
    DIFFER_TEXT(msg);
    DIFFER_TEXT(classtype);
    DIFFER_TEXT(category);
    DIFFER_TEXT(target);
    DIFFER(noalert);
    DIFFER(app_protocol);
    DIFFER(app_protocol_negated);
    DIFFER(app_transfer);
    DIFFER(app_transfer_negated);
    DIFFER(flow);
    DIFFER(judged_on);
    DIFFER(first_packet);
    const char *difference = header_difference(&one->header, &other->header);
    if (!difference)
        difference = list_difference(pair);
    return difference ? difference : state_difference(pair);
}

const char *same_rule_again(const struct smini_rule_set *set, const struct smini_rule *rule,
                            struct smini_rule_set *again, char *text)
{
    const size_t room = SMINI_RULE_BYTES_MAX + 1;
    size_t length = 0;
    uint32_t index = smini_rule_set_count(again);
    int32_t status = smini_rule_write(set, rule, SMINI_DIALECT_OWN, text, room, &length);
    if (status == SMIN_E_LIMIT) {
        text[0] = 0;
        return NULL;
    }
    if (status != SMIN_OK || strlen(text) != length)
        return "it is not written";
    if (smini_rule_set_add(again, "written", smini_span_make(text, length)) != SMIN_OK)
        return "what was written is refused";
    struct same_rule_pair pair = {set, again, rule, smini_rule_set_rule(again, index)};
    if (!pair.other)
        return "what was written is no rule";
    const char *difference = same_rule_difference(&pair);
    char *second = malloc(room);
    if (!second)
        return "no memory";
    if (!difference &&
        (smini_rule_write(again, pair.other, SMINI_DIALECT_OWN, second, room, &length) != SMIN_OK ||
         strcmp(text, second) != 0))
        difference = "written twice, it reads differently";
    free(second);
    return difference;
}
