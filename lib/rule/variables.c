/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/variables.h"

#include "rule/address.h"
#include "rule/lex.h"
#include "rule/limits.h"
#include "smin/status.h"

static bool is_name(struct smini_span name)
{
    for (size_t i = 0; i < name.length; i++) {
        uint8_t low = smini_ascii_lower(name.bytes[i]);
        if (!((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9') || low == '_' || low == '-'))
            return false;
    }
    return name.length > 0;
}

int32_t smini_variables_set(struct smini_variables *variables, const char *name, const char *value)
{
    if (!is_name(smini_span_text(name)))
        return SMIN_E_MALFORMED;
    if (variables->count >= SMINI_RULE_VARIABLES_MAX || strlen(value) > SMINI_RULE_VARIABLE_BYTES_MAX)
        return SMIN_E_LIMIT;
    struct smini_variable *variable = smini_rule_arena_get(variables->arena, sizeof(*variable));
    if (!variable)
        return SMIN_E_NOMEM;
    variable->name = smini_rule_arena_text(variables->arena, smini_span_text(name));
    variable->value = smini_rule_arena_text(variables->arena, smini_span_text(value));
    if (!variable->name || !variable->value)
        return SMIN_E_NOMEM;
    variable->next = variables->first;
    variables->first = variable;
    variables->count++;
    return SMIN_OK;
}

static const struct smini_variable *find(const struct smini_variables *variables, struct smini_span name)
{
    const struct smini_variable *variable = variables->first;
    while (variable && !smini_lex_is(name, variable->name))
        variable = variable->next;
    return variable;
}

static int32_t refuse(struct smini_group_reader *reader, struct smini_span spot, const char *problem)
{
    reader->spot = spot;
    reader->problem = problem;
    return SMIN_E_REFUSED;
}

static int32_t parse(struct smini_group_reader *reader, struct smini_span text, unsigned depth,
                     struct smini_group **group);

/* "[a, b, !c]" without its brackets. */
static int32_t parse_list(struct smini_group_reader *reader, struct smini_span inside, unsigned depth,
                          struct smini_group *group)
{
    const struct smini_group **tail = &group->member;
    struct smini_span part;
    while (smini_lex_part(&inside, ',', &part)) {
        struct smini_group *member;
        int32_t status = parse(reader, part, depth + 1, &member);
        if (status != SMIN_OK)
            return status;
        *tail = member;
        tail = &member->next;
    }
    return SMIN_OK;
}

static int32_t parse_variable(struct smini_group_reader *reader, struct smini_span text, unsigned depth,
                              struct smini_group *group)
{
    const struct smini_variable *variable = find(reader->variables, smini_span_part(text, 1, text.length));
    if (!variable)
        return refuse(reader, text, "is a variable that nobody set; give it a value, or write what it stands for");
    struct smini_group *member;
    int32_t status = parse(reader, smini_span_text(variable->value), depth + 1, &member);
    if (status == SMIN_OK)
        group->member = member;
    return status;
}

static int32_t parse_element(struct smini_group_reader *reader, struct smini_span text, unsigned depth,
                             struct smini_group *group)
{
    if (text.length == 0)
        return refuse(reader, text, "is empty where an element should be");
    if (text.bytes[0] == '[') {
        if (text.length < 3 || text.bytes[text.length - 1] != ']')
            return refuse(reader, text, "is a group without its closing bracket, or an empty one");
        return parse_list(reader, smini_span_part(text, 1, text.length - 2), depth, group);
    }
    if (text.bytes[0] == '$')
        return parse_variable(reader, text, depth, group);
    if (smini_span_equal_nocase(text, smini_span_text("any"))) {
        group->any = true;
        return group->negated ? refuse(reader, text, "must not be negated: nothing would be left") : SMIN_OK;
    }
    const char *problem = reader->kind == SMINI_GROUP_ADDRESS ? smini_rule_address_parse(text, group)
                                                              : smini_rule_port_parse(text, group);
    return problem ? refuse(reader, text, problem) : SMIN_OK;
}

static int32_t parse(struct smini_group_reader *reader, struct smini_span text, unsigned depth,
                     struct smini_group **group)
{
    text = smini_lex_trim(text);
    if (depth > SMINI_RULE_GROUP_DEPTH_MAX)
        return refuse(reader, text, "is nested too deeply, or a variable refers to itself");
    if (reader->elements++ >= SMINI_RULE_GROUP_ELEMENTS_MAX)
        return refuse(reader, text, "is one element too many for one rule");
    *group = smini_rule_arena_get(reader->arena, sizeof(**group));
    if (!*group)
        return SMIN_E_NOMEM;
    if (text.length && text.bytes[0] == '!') {
        (*group)->negated = true;
        text = smini_lex_trim(smini_span_part(text, 1, text.length));
    }
    return parse_element(reader, text, depth, *group);
}

int32_t smini_group_parse(struct smini_group_reader *reader, struct smini_span text, const struct smini_group **group)
{
    if (!smini_lex_unjoin(reader->arena, &text))
        return SMIN_E_NOMEM;
    struct smini_group *made = NULL;
    int32_t status = parse(reader, text, 0, &made);
    *group = made;
    return status;
}

/* Without regard to its own negation. Depth is bounded by the parser. */
static bool holds(const struct smini_group *group, uint8_t family, const uint8_t *bytes)
{
    if (group->any)
        return true;
    if (!group->member) {
        size_t size = family == 0 ? 2 : family == 4 ? 4 : 16;
        return group->family == family && memcmp(bytes, group->low, size) >= 0 &&
               memcmp(bytes, group->high, size) <= 0;
    }
    bool wanted = false;
    bool found = false;
    for (const struct smini_group *member = group->member; member; member = member->next) {
        bool inside = holds(member, family, bytes);
        if (member->negated && inside)
            return false;
        wanted |= !member->negated;
        found |= !member->negated && inside;
    }
    return found || !wanted;
}

bool smini_group_has(const struct smini_group *group, uint8_t family, const uint8_t *bytes)
{
    return holds(group, family, bytes) != group->negated;
}
