/* SPDX-License-Identifier: BSD-2-Clause */
/* One rule: its header, its places, and the checks that need all of it. */
#include "rule/parse.h"
#include "rule/transfer.h"

#include <stdarg.h>
#include <stdio.h>

void smini_rule_locate(const struct smini_rule_parser *parser, size_t at, uint32_t *line, uint32_t *column)
{
    *line = parser->line;
    *column = parser->column;
    for (size_t i = 0; i < at && i < parser->text.length; i++) {
        if (parser->text.bytes[i] == '\n') {
            ++*line;
            *column = 1;
        } else {
            ++*column;
        }
    }
}

static void say(struct smini_rule_parser *parser, uint32_t severity, const char *text)
{
    struct smini_rule_place place = {.file = parser->file, .sid = parser->rule.sid, .option = parser->option.name};
    smini_rule_locate(parser, parser->option.at, &place.line, &place.column);
    smini_diagnose_say(parser->diagnose, severity, &place, "%s", text);
    parser->no_memory |= parser->diagnose->failed;
}

void smini_rule_refuse(struct smini_rule_parser *parser, const char *format, ...)
{
    char text[512] = "";
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    parser->refused = true;
    say(parser, SMINI_DIAGNOSTIC_ERROR, text);
}

void smini_rule_warn(struct smini_rule_parser *parser, const char *format, ...)
{
    char text[512] = "";
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    say(parser, SMINI_DIAGNOSTIC_WARNING, text);
}

const char *smini_rule_keep(struct smini_rule_parser *parser, struct smini_span span)
{
    const char *text = smini_rule_arena_text(parser->arena, span);
    if (!text)
        parser->no_memory = true;
    return text ? text : "";
}

static struct smini_span header_token(struct smini_rule_parser *parser, const char *what)
{
    parser->option.at = smini_lex_skip(parser->text, parser->at);
    struct smini_span token = smini_lex_token(parser->text, &parser->at);
    if (token.length == 0 && !parser->refused)
        smini_rule_refuse(parser, "the header ends where %s should be; it reads: action protocol address port -> "
                                  "address port (options)",
                          what);
    return token;
}

static void read_action(struct smini_rule_parser *parser)
{
    static const struct {
        const char *name;
        enum smini_action action;
    } actions[] = {{"alert", SMINI_ACTION_ALERT},      {"drop", SMINI_ACTION_DROP},
                   {"reject", SMINI_ACTION_REJECT},    {"rejectsrc", SMINI_ACTION_REJECT},
                   {"rejectdst", SMINI_ACTION_REJECT}, {"rejectboth", SMINI_ACTION_REJECT},
                   {"pass", SMINI_ACTION_PASS},        {"block", SMINI_ACTION_DROP},
                   {"react", SMINI_ACTION_REJECT}};
    struct smini_span token = header_token(parser, "an action");
    for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
        if (smini_lex_is(token, actions[i].name)) {
            parser->rule.header.action = actions[i].action;
            parser->rule.header.action_text = actions[i].name;
            return;
        }
    }
    if (!parser->refused)
        smini_rule_refuse(parser, "\"%s\" is no action; write alert, drop, reject or pass", smini_quote_span(token).text);
}

static bool is_protocol(struct smini_span token, const char *name)
{
    return smini_span_equal_nocase(token, smini_span_text(name));
}

static void read_protocol(struct smini_rule_parser *parser)
{
    struct smini_span token = header_token(parser, "a protocol");
    struct smini_rule *rule = &parser->rule;
    if (parser->refused)
        return;
    rule->header.protocol = SMINI_PROTOCOL_TCP;
    if (smini_lex_is(token, parser->names->protocol))
        rule->header.protocol = SMINI_PROTOCOL_APP;
    else if (is_protocol(token, "tcp-stream"))
        rule->flow |= SMINI_FLOW_ONLY_STREAM;
    else if ((rule->header.transfer = smini_transfer_number(token)) != 0)
        rule->header.protocol = SMINI_PROTOCOL_TRANSFER;
    else if (!is_protocol(token, "tcp") && !smini_parse_packet_protocol(parser, token))
        smini_rule_refuse(parser, "protocol \"%s\" is not known; write tcp, udp, ip, icmp or %s, for files tftp, http or "
                                  "ftp",
                          smini_quote_span(token).text, parser->names->protocol);
}

static const struct smini_group *read_group(struct smini_rule_parser *parser, enum smini_group_kind kind,
                                            uint32_t *elements, const char **written)
{
    struct smini_span token = header_token(parser, kind == SMINI_GROUP_ADDRESS ? "an address" : "a port");
    *written = "";
    if (parser->refused)
        return NULL;
    if (!smini_lex_unjoin(parser->arena, &token))
        parser->no_memory = true;
    *written = smini_rule_keep(parser, token);
    struct smini_group_reader reader = {
        .arena = parser->arena, .variables = parser->variables, .kind = kind, .elements = *elements};
    const struct smini_group *group = NULL;
    int32_t status = smini_group_parse(&reader, token, &group);
    *elements = reader.elements;
    if (status == SMIN_E_NOMEM)
        parser->no_memory = true;
    else if (status != SMIN_OK)
        smini_rule_refuse(parser, "\"%s\" %s", smini_quote_span(reader.spot).text, reader.problem);
    return group;
}

/* Snort 3 leaves addresses, ports and direction out where a service says enough. */
static bool is_service_header(struct smini_rule_parser *parser)
{
    size_t at = smini_lex_skip(parser->text, parser->at);
    return at < parser->text.length && parser->text.bytes[at] == '(';
}

static void read_any_ends(struct smini_rule_parser *parser)
{
    struct smini_rule_header *header = &parser->rule.header;
    struct smini_group *any = smini_rule_arena_get(parser->arena, sizeof(*any));
    if (!any) {
        parser->no_memory = true;
        return;
    }
    any->any = true;
    header->service = true;
    header->source_address = header->source_port = header->target_address = header->target_port = any;
    header->source_address_text = header->source_port_text = "any";
    header->target_address_text = header->target_port_text = "any";
}

static void read_ends(struct smini_rule_parser *parser)
{
    struct smini_rule_header *header = &parser->rule.header;
    uint32_t elements = 0;
    header->source_address = read_group(parser, SMINI_GROUP_ADDRESS, &elements, &header->source_address_text);
    header->source_port = read_group(parser, SMINI_GROUP_PORT, &elements, &header->source_port_text);
    if (parser->refused || parser->no_memory)
        return;
    struct smini_span arrow = header_token(parser, "a direction");
    header->both_directions = smini_lex_is(arrow, "<>");
    if (!parser->refused && smini_lex_is(arrow, "=>"))
        smini_rule_refuse(parser, "\"=>\" joins a request with its answer, and messages are judged one by one here; "
                                  "write -> or <>");
    else if (!parser->refused && !header->both_directions && !smini_lex_is(arrow, "->"))
        smini_rule_refuse(parser, "\"%s\" is no direction; write -> or <>", smini_quote_span(arrow).text);
    header->target_address = read_group(parser, SMINI_GROUP_ADDRESS, &elements, &header->target_address_text);
    header->target_port = read_group(parser, SMINI_GROUP_PORT, &elements, &header->target_port_text);
}

void smini_parse_header(struct smini_rule_parser *parser)
{
    read_action(parser);
    read_protocol(parser);
    if (is_service_header(parser))
        read_any_ends(parser);
    else
        read_ends(parser);
    if (parser->no_memory)
        return;
    parser->at = smini_lex_skip(parser->text, parser->at);
    parser->option.at = parser->at;
    if (!parser->refused && (parser->at >= parser->text.length || parser->text.bytes[parser->at] != '('))
        smini_rule_refuse(parser, "the header is not followed by options in parentheses; write (msg:\"...\"; sid:1;)");
    parser->at++;
}

int32_t smini_rule_parse(struct smini_rule_parser *parser)
{
    if (parser->text.length > SMINI_RULE_BYTES_MAX)
        smini_rule_refuse(parser, "the rule is longer than %u bytes", SMINI_RULE_BYTES_MAX);
    else if (memchr(parser->text.bytes, 0, parser->text.length))
        smini_rule_refuse(parser, "the line holds a NUL byte and is no text");
    if (!parser->refused)
        smini_parse_header(parser);
    if (!parser->refused && !parser->no_memory)
        smini_parse_options(parser);
    if (!parser->refused && !parser->no_memory)
        smini_parse_finish(parser);
    if (parser->no_memory)
        return SMIN_E_NOMEM;
    return parser->refused ? SMIN_E_REFUSED : SMIN_OK;
}
