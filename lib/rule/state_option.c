/* SPDX-License-Identifier: BSD-2-Clause */
/* Steps of state as options add them to a rule. */
#include "rule/state_option.h"

#include "rule/parse.h"

bool smini_state_name(struct smini_rule_parser *parser, enum smini_state_place place, struct smini_span name,
                      uint32_t *id)
{
    for (size_t i = 0; i < name.length; i++) {
        if (smini_lex_is_space(name.bytes[i])) {
            smini_rule_refuse(parser, "\"%s\" is no name: it has a blank in it", smini_quote_span(name).text);
            return false;
        }
    }
    if (name.length > SMINI_RULE_STATE_NAME_BYTES_MAX) {
        smini_rule_refuse(parser, "the name \"%s\" is longer than %u bytes", smini_quote_span(name).text,
                          SMINI_RULE_STATE_NAME_BYTES_MAX);
        return false;
    }
    int32_t status = smini_state_names_id(parser->state_names, place, name, id);
    if (status == SMIN_E_LIMIT)
        smini_rule_refuse(parser, "more than %u names in one set of rules", SMINI_RULE_STATE_NAMES_MAX);
    parser->no_memory |= status == SMIN_E_NOMEM;
    return status == SMIN_OK;
}

/* What the rule wants both set and not set. */
static bool contradicts(const struct smini_state_step *one, const struct smini_state_step *other)
{
    bool both = (one->operation == SMINI_STATE_IS_SET && other->operation == SMINI_STATE_IS_NOT_SET) ||
                (one->operation == SMINI_STATE_IS_NOT_SET && other->operation == SMINI_STATE_IS_SET);
    return both && one->place == other->place && one->track == other->track && one->id_count == 1 &&
           other->id_count == 1 && one->ids[0] == other->ids[0];
}

void smini_state_add(struct smini_rule_parser *parser, struct smini_state_step step)
{
    if (parser->state_step_count >= SMINI_RULE_STATE_STEPS_MAX) {
        smini_rule_refuse(parser, "more than %u tests and changes of state in one rule", SMINI_RULE_STATE_STEPS_MAX);
        return;
    }
    for (uint32_t i = 0; i < parser->state_step_count; i++) {
        if (contradicts(&parser->state_steps[i], &step)) {
            smini_rule_refuse(parser, "asks for the same one set and not set, which never holds");
            return;
        }
    }
    smini_rule_locate(parser, parser->option.at, &step.line, &step.column);
    parser->state_steps[parser->state_step_count++] = step;
}

bool smini_state_names(struct smini_rule_parser *parser, struct smini_span text, struct smini_state_step *step)
{
    uint32_t room = 1;
    for (size_t i = 0; i < text.length; i++)
        room += text.bytes[i] == '|' ? 1 : 0;
    uint32_t *ids = smini_rule_arena_array(parser->arena, room, sizeof(*ids));
    if (!ids) {
        parser->no_memory = true;
        return false;
    }
    for (size_t at = 0; at < text.length;) {
        struct smini_span rest = smini_span_part(text, at, text.length);
        size_t length = smini_span_find(rest, '|');
        struct smini_span name = smini_lex_trim(smini_span_part(rest, 0, length));
        at += length + 1;
        if (name.length == 0)
            continue; /* as in Suricata, which skips what is empty */
        if (!smini_state_name(parser, step->place, name, &ids[step->id_count]))
            return false;
        step->id_count++;
    }
    step->ids = ids;
    if (step->id_count == 0)
        smini_rule_refuse(parser, "has no name");
    return step->id_count > 0;
}

static const struct smini_state_step *keep_steps(struct smini_rule_parser *parser, bool writing, uint32_t *count)
{
    struct smini_state_step *list =
        smini_rule_arena_array(parser->arena, parser->state_step_count + 1, sizeof(*list));
    if (!list) {
        parser->no_memory = true;
        return NULL;
    }
    for (uint32_t i = 0; i < parser->state_step_count; i++)
        if (smini_state_writes(&parser->state_steps[i]) == writing)
            list[(*count)++] = parser->state_steps[i];
    return list;
}

void smini_state_settle(struct smini_rule_parser *parser)
{
    if (parser->state_step_count == 0 && !parser->threshold)
        return;
    struct smini_rule_state *state = smini_rule_arena_get(parser->arena, sizeof(*state));
    if (!state) {
        parser->no_memory = true;
        return;
    }
    state->tests = keep_steps(parser, false, &state->test_count);
    state->writes = keep_steps(parser, true, &state->write_count);
    state->threshold = parser->threshold;
    parser->rule.state = parser->state = state;
}
