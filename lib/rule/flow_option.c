/* SPDX-License-Identifier: BSD-2-Clause */
/* Options about the flow a message belongs to, and about what the decoder said of it. */
#include "rule/parse.h"
#include "rule/transfer.h"

static bool read_flow_word(struct smini_span word, uint32_t *flags)
{
    static const struct {
        const char *name;
        uint32_t flag;
    } words[] = {{"established", SMINI_FLOW_ESTABLISHED}, {"not_established", SMINI_FLOW_NOT_ESTABLISHED},
                 {"stateless", 0},                        {"to_server", SMINI_FLOW_TO_SERVER},
                 {"from_client", SMINI_FLOW_TO_SERVER},   {"to_client", SMINI_FLOW_TO_CLIENT},
                 {"from_server", SMINI_FLOW_TO_CLIENT},   {"only_stream", SMINI_FLOW_ONLY_STREAM},
                 {"no_stream", SMINI_FLOW_NO_STREAM}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (smini_span_equal_nocase(word, smini_span_text(words[i].name))) {
            *flags |= words[i].flag;
            return true;
        }
    }
    return false;
}

static bool both(uint32_t flags, uint32_t one, uint32_t other)
{
    return (flags & one) && (flags & other);
}

void smini_option_flow(struct smini_rule_parser *parser, struct smini_span value)
{
    uint32_t flags = parser->rule.flow;
    struct smini_span word;
    if (parser->has_flow)
        smini_rule_refuse(parser, "stands twice in one rule; leave one out");
    parser->has_flow = true;
    while (smini_lex_part(&value, ',', &word))
        if (!read_flow_word(word, &flags))
            smini_rule_refuse(parser, "\"%s\" is not known here; established, not_established, stateless, to_server, "
                                      "to_client, only_stream and no_stream are",
                              smini_quote_span(word).text);
    if (both(flags, SMINI_FLOW_ESTABLISHED, SMINI_FLOW_NOT_ESTABLISHED) ||
        both(flags, SMINI_FLOW_TO_SERVER, SMINI_FLOW_TO_CLIENT) ||
        both(flags, SMINI_FLOW_ONLY_STREAM, SMINI_FLOW_NO_STREAM))
        smini_rule_refuse(parser, "asks for two things that exclude each other; leave one out");
    parser->rule.flow = flags;
}

void smini_option_app_protocol(struct smini_rule_parser *parser, struct smini_span value)
{
    bool negated = smini_take_negation(&value);
    uint32_t transfer = smini_transfer_number(value);
    if (transfer) {
        if (parser->rule.app_transfer)
            smini_rule_refuse(parser, "is there twice; leave one out");
        parser->rule.app_transfer = transfer;
        parser->rule.app_transfer_negated = negated;
        return;
    }
    if (!smini_lex_is(value, parser->names->protocol)) {
        smini_rule_refuse(parser, "\"%s\" is not decoded here; only %s is", smini_quote_span(value).text,
                          parser->names->protocol);
        return;
    }
    if (negated)
        parser->rule.app_protocol_negated = true;
    else
        parser->rule.app_protocol = true;
    if (parser->rule.app_protocol_negated && (parser->rule.app_protocol ||
                                              parser->rule.header.protocol == SMINI_PROTOCOL_APP))
        smini_rule_refuse(parser, "asks for two things that exclude each other; leave one out");
}

/* Snort 3's way to say the same; only the list of one is exact. */
void smini_option_service(struct smini_rule_parser *parser, struct smini_span value)
{
    if (smini_lex_is(value, parser->names->protocol))
        parser->rule.app_protocol = true;
    else
        smini_rule_refuse(parser, "\"%s\" is not decoded here; only %s is", smini_quote_span(value).text,
                          parser->names->protocol);
}

void smini_option_app_event(struct smini_rule_parser *parser, struct smini_span value)
{
    size_t dot = smini_span_find(value, '.');
    struct smini_span name = smini_span_part(value, dot + 1, value.length);
    parser->section_left = true;
    if (!smini_lex_is(smini_span_part(value, 0, dot), parser->names->protocol) || name.length == 0) {
        smini_rule_refuse(parser, "has to read %s.<event>", parser->names->protocol);
        return;
    }
    for (uint32_t i = 0; i < parser->names->event_count; i++) {
        if (!smini_lex_is(name, parser->names->events[i].name))
            continue;
        if (parser->rule.event_count >= SMINI_RULE_EVENTS_MAX)
            smini_rule_refuse(parser, "more than %u events in one rule", SMINI_RULE_EVENTS_MAX);
        else
            parser->events[parser->rule.event_count++] = parser->names->events[i].id;
        return;
    }
    smini_rule_refuse(parser, "no event is called \"%s\"; the events are listed in rules.md",
                      smini_quote_span(name).text);
}
