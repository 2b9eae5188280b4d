/* SPDX-License-Identifier: BSD-2-Clause */
/* The option list: cut at unescaped semicolons, dispatched by the keyword table and by the names of fields. */
#include "rule/keyword_table.h"

static bool is_name_byte(uint8_t byte)
{
    uint8_t low = smini_ascii_lower(byte);
    return (low >= 'a' && low <= 'z') || (low >= '0' && low <= '9') || low == '_' || low == '-' || low == '.';
}

/* Moves behind the semicolon; `value` is what stood before it. False when the rule ends first. */
static bool cut_value(struct smini_rule_parser *parser, struct smini_span *value)
{
    struct smini_span text = parser->text;
    size_t from = parser->at;
    bool quoted = false;
    for (size_t at = from; at < text.length; at++) {
        uint8_t byte = text.bytes[at];
        if (byte == '\\') {
            at++;
        } else if (byte == '"') {
            quoted = !quoted;
        } else if (byte == ';' && quoted) {
            smini_rule_refuse(parser, "a semicolon inside quotes ends the option in Suricata; write \\; or |3B|");
            return false;
        } else if (byte == ';') {
            *value = smini_lex_trim(smini_span_part(text, from, at - from));
            parser->at = at + 1;
            return true;
        }
    }
    smini_rule_refuse(parser, quoted ? "the quotes are never closed" : "the option has no semicolon at its end");
    return false;
}

/* Reads "name;" or "name:value;". False at the closing parenthesis or when the rest cannot be read. */
static bool next_option(struct smini_rule_parser *parser)
{
    struct smini_span text = parser->text;
    size_t at = smini_lex_skip(text, parser->at);
    parser->option = (struct smini_option){.at = at};
    if (at < text.length && text.bytes[at] == ')') {
        parser->at = at + 1;
        return false;
    }
    size_t from = at;
    while (at < text.length && is_name_byte(text.bytes[at]))
        at++;
    parser->option.name = smini_span_part(text, from, at - from);
    if (at == from) {
        smini_rule_refuse(parser, at < text.length ? "an option should begin here"
                                                   : "the rule ends before its closing parenthesis; write ) "
                                                     "behind the last semicolon");
        return false;
    }
    parser->at = smini_lex_skip(text, at);
    bool has_value = parser->at < text.length && text.bytes[parser->at] == ':';
    parser->at += has_value ? 1 : 0;
    struct smini_span value;
    if (!cut_value(parser, &value))
        return false;
    if (!has_value && value.length) {
        smini_rule_refuse(parser, "a colon should follow the name, a semicolon end the option");
        parser->option.unreadable = true;
        return true;
    }
    if (has_value && !smini_lex_unjoin(parser->arena, &value))
        parser->no_memory = true;
    parser->option.value = has_value ? smini_lex_trim(value) : smini_span_make(NULL, 0);
    return !parser->no_memory;
}

static const struct smin_field_desc *find_in(const struct smin_field_desc *fields, uint32_t count,
                                             struct smini_span name)
{
    for (uint32_t i = 0; i < count; i++)
        if (smini_lex_is_option(name, fields[i].name))
            return &fields[i];
    return NULL;
}

/* A field by its name. Snort has no dots in the names of its options: smin_type there is smin.type here. */
static const struct smin_field_desc *find_field(const struct smini_rule_names *names, struct smini_span name)
{
    uint32_t count;
    const struct smin_field_desc *shared = smini_shared_fields(&count);
    const struct smin_field_desc *field = find_in(names->fields, names->field_count, name);
    return field ? field : find_in(shared, count, name);
}

/* "http.uri", "dce_iface", "http2": the name of a protocol stands in front. */
static bool is_of_other_protocol(struct smini_span name)
{
    static const char *const protocols[] = {"http", "http1", "http2", "tls",  "ssl",  "dns",  "mdns",  "ssh",  "smb",
                                            "dce",  "dcerpc", "krb5", "snmp", "sip",  "sdp",  "smtp",  "mqtt", "nfs",
                                            "ftp",  "ftpbounce", "ike", "modbus", "dnp3", "enip", "cip", "rfb",  "quic",
                                            "ja3",  "ja3s",   "ja4",  "ldap", "pgsql", "websocket", "email", "rdp"};
    size_t end = 0;
    while (end < name.length && name.bytes[end] != '.' && name.bytes[end] != '_')
        end++;
    for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
        if (smini_span_equal_nocase(smini_span_part(name, 0, end), smini_span_text(protocols[i])))
            return true;
    return false;
}

static void refuse_unknown(struct smini_rule_parser *parser)
{
    if (is_of_other_protocol(parser->option.name))
        smini_rule_refuse(parser, "looks at another protocol than %s, the only one decoded here; write the smin.* buffer "
                                  "or the payload that is meant",
                          parser->names->protocol);
    else
        smini_rule_refuse(parser, "is not a keyword that is known here; the keywords are listed in rules.md");
}

static void dispatch(struct smini_rule_parser *parser)
{
    const struct smini_option *option = &parser->option;
    const struct smini_keyword *keyword = smini_keyword_find(option->name);
    if (!keyword) {
        const struct smin_field_desc *field = find_field(parser->names, option->name);
        parser->snort |= field && smini_span_find(option->name, '.') == option->name.length;
        if (field)
            smini_option_field(parser, field);
        else
            refuse_unknown(parser);
        return;
    }
    parser->snort |= smini_keyword_is_snort(keyword);
    if (!keyword->read)
        smini_rule_refuse(parser, "%s", keyword->note);
    else if (keyword->shape == SMINI_VALUE_NEEDED && option->value.length == 0)
        smini_rule_refuse(parser, "needs a value: %s", keyword->note);
    else if (keyword->shape == SMINI_VALUE_NONE && option->value.bytes)
        smini_rule_refuse(parser, "takes no value");
    else
        keyword->read(parser, option->value);
}

void smini_parse_options(struct smini_rule_parser *parser)
{
    uint32_t options = 0;
    while (next_option(parser)) {
        if (options++ >= SMINI_RULE_OPTIONS_MAX) {
            smini_rule_refuse(parser, "more than %u options in one rule", SMINI_RULE_OPTIONS_MAX);
            return;
        }
        if (!parser->option.unreadable)
            dispatch(parser);
        if (parser->no_memory)
            return;
    }
    if (parser->refused || parser->no_memory)
        return;
    size_t rest = smini_lex_skip(parser->text, parser->at);
    if (rest < parser->text.length && parser->text.bytes[rest] != '#') {
        parser->option.at = rest;
        smini_rule_refuse(parser, "text follows the end of the rule; begin a new line, or write # before a remark");
    }
}

bool smini_rule_unquote(struct smini_rule_parser *parser, struct smini_span *value)
{
    size_t length = value->length;
    if (length < 2 || value->bytes[0] != '"' || value->bytes[length - 1] != '"') {
        smini_rule_refuse(parser, "the value has to stand in double quotes");
        return false;
    }
    uint8_t *copy = smini_rule_arena_get(parser->arena, length);
    if (!copy) {
        parser->no_memory = true;
        return false;
    }
    size_t to = 0;
    for (size_t i = 1; i + 1 < length; i++) {
        uint8_t byte = value->bytes[i];
        uint8_t next = i + 2 < length ? value->bytes[i + 1] : 0;
        if (byte == '\\' && (next == '"' || next == ';' || next == '\\' || next == ':'))
            byte = value->bytes[++i];
        copy[to++] = byte;
    }
    *value = smini_span_make(copy, to);
    return true;
}
