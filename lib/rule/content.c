/* SPDX-License-Identifier: BSD-2-Clause */
/* content and its modifiers, in Suricata's form and in Snort 3's. */
#include "rule/content.h"

#include "rule/byte_read.h"

static int hex_digit(uint8_t byte)
{
    uint8_t low = smini_ascii_lower(byte);
    if (low >= '0' && low <= '9')
        return low - '0';
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

struct pattern_reader {
    uint8_t *bytes;
    size_t length;
    bool hex;
    int high; /* first digit of a pair, or -1 */
};

static const char *read_hex(struct pattern_reader *reader, uint8_t byte)
{
    if (smini_lex_is_space(byte) || byte == ',')
        return NULL;
    int digit = hex_digit(byte);
    if (digit < 0)
        return "holds something else than hexadecimal digits between bars; write text outside of them";
    if (reader->high < 0) {
        reader->high = digit;
        return NULL;
    }
    reader->bytes[reader->length++] = (uint8_t)(reader->high * 16 + digit);
    reader->high = -1;
    return NULL;
}

/* The text between the quotes into bytes; never more of them than the text has. */
static const char *read_pattern(struct smini_span text, struct pattern_reader *reader)
{
    for (size_t i = 0; i < text.length; i++) {
        uint8_t byte = text.bytes[i];
        const char *problem = NULL;
        if (byte == '|') {
            if (reader->high >= 0)
                return "has an odd number of hexadecimal digits between bars; write two for each byte";
            reader->hex = !reader->hex;
        } else if (reader->hex) {
            problem = read_hex(reader, byte);
        } else if (byte == '\\') {
            uint8_t next = i + 1 < text.length ? text.bytes[i + 1] : 0;
            if (next != '"' && next != ';' && next != '\\' && next != ':')
                return "has a backslash before something else than \" ; : or \\ (write |5C| for a backslash)";
            reader->bytes[reader->length++] = next;
            i++;
        } else {
            reader->bytes[reader->length++] = byte;
        }
        if (problem)
            return problem;
    }
    return reader->hex ? "has a bar that is never closed; write another behind the digits, or |7C| for the byte" : NULL;
}

/* The closing quote of a text that begins with one; its length when there is none. */
static size_t closing_quote(struct smini_span value)
{
    size_t at = 1;
    while (at < value.length && value.bytes[at] != '"')
        at += value.bytes[at] == '\\' ? 2 : 1;
    return at < value.length ? at : value.length;
}

static void read_modifiers(struct smini_rule_parser *parser, struct smini_span list);

void smini_option_content(struct smini_rule_parser *parser, struct smini_span value)
{
    bool negated = smini_take_negation(&value);
    size_t end = value.length && value.bytes[0] == '"' ? closing_quote(value) : value.length;
    if (end == value.length) {
        smini_rule_refuse(parser, "the content has to stand in double quotes");
        return;
    }
    struct smini_span rest = smini_lex_trim(smini_span_part(value, end + 1, value.length));
    if (rest.length && rest.bytes[0] != ',') {
        smini_rule_refuse(parser, "text follows the closing quote");
        return;
    }
    struct pattern_reader reader = {.bytes = smini_rule_arena_get(parser->arena, end), .high = -1};
    if (!reader.bytes) {
        parser->no_memory = true;
        return;
    }
    const char *problem = read_pattern(smini_span_part(value, 1, end - 1), &reader);
    if (problem)
        smini_rule_refuse(parser, "the content %s", problem);
    else if (reader.length == 0)
        smini_rule_refuse(parser, "the content is empty; write what has to be there, or bsize:0 for an empty buffer");
    else if (reader.length > SMINI_RULE_CONTENT_MAX)
        smini_rule_refuse(parser, "the content is longer than %u bytes", SMINI_RULE_CONTENT_MAX);
    struct smini_condition *condition = smini_rule_condition(parser, SMINI_CONDITION_CONTENT);
    if (!condition)
        return;
    condition->u.content.pattern = smini_span_make(reader.bytes, reader.length);
    condition->u.content.negated = negated;
    condition->u.content.fast_length = (uint32_t)reader.length;
    if (rest.length)
        read_modifiers(parser, smini_span_part(rest, 1, rest.length));
}

static struct smini_content *last_content(struct smini_rule_parser *parser)
{
    struct smini_condition *condition = smini_rule_last_content(parser);
    if (!condition) {
        smini_rule_refuse(parser, "has no content before it; write it behind the one it is for");
        return NULL;
    }
    return &condition->u.content;
}

/* A position; `*seen` guards against a modifier that stands twice. */
static struct smini_operand read_position(struct smini_rule_parser *parser, struct smini_span value, bool *seen,
                                          int64_t least)
{
    if (*seen)
        smini_rule_refuse(parser, "stands twice behind one content; leave one out");
    *seen = true;
    return smini_rule_operand(parser, value, least, SMINI_RULE_POSITION_MAX, "position");
}

void smini_option_nocase(struct smini_rule_parser *parser, struct smini_span value)
{
    (void)value;
    struct smini_content *content = last_content(parser);
    if (content)
        content->nocase = true;
}

void smini_option_offset(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_content *content = last_content(parser);
    if (content)
        content->offset = read_position(parser, value, &content->has_offset, 0);
}

void smini_option_depth(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_content *content = last_content(parser);
    if (content)
        content->depth = read_position(parser, value, &content->has_depth, 1);
}

void smini_option_distance(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_content *content = last_content(parser);
    if (content)
        content->distance =
            read_position(parser, value, &content->has_distance, -(int64_t)SMINI_RULE_POSITION_MAX);
}

void smini_option_within(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_content *content = last_content(parser);
    if (content)
        content->within = read_position(parser, value, &content->has_within, 1);
}

void smini_option_startswith(struct smini_rule_parser *parser, struct smini_span value)
{
    (void)value;
    struct smini_content *content = last_content(parser);
    if (content)
        content->starts_with = true;
}

void smini_option_endswith(struct smini_rule_parser *parser, struct smini_span value)
{
    (void)value;
    struct smini_content *content = last_content(parser);
    if (content)
        content->ends_with = true;
}

void smini_option_rawbytes(struct smini_rule_parser *parser, struct smini_span value)
{
    (void)value;
    (void)last_content(parser);
}

void smini_option_fast_pattern(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_content *content = last_content(parser);
    if (!content)
        return;
    if (content->fast_pattern)
        smini_rule_refuse(parser, "stands twice behind one content; leave one out");
    content->fast_pattern = true;
    if (!value.bytes)
        return;
    if (smini_lex_is(value, "only")) {
        content->fast_only = true;
        return;
    }
    size_t comma = smini_span_find(value, ',');
    uint64_t from = 0;
    uint64_t length = 0;
    if (comma == value.length || !smini_lex_number(smini_span_part(value, 0, comma), &from) ||
        !smini_lex_number(smini_span_part(value, comma + 1, value.length), &length))
        smini_rule_refuse(parser, "takes only, or offset,length");
    else if (length == 0 || from > content->pattern.length || length > content->pattern.length - from)
        smini_rule_refuse(parser, "names a part that lies outside the content; offset and length together are "
                                  "at most its length");
    else {
        content->fast_from = (uint32_t)from;
        content->fast_length = (uint32_t)length;
    }
}

/* Snort 3's two halves of fast_pattern:offset,length. */
static void read_fast_part(struct smini_rule_parser *parser, struct smini_span value, bool is_length)
{
    struct smini_content *content = last_content(parser);
    uint64_t number = 0;
    if (!content)
        return;
    size_t whole = content->pattern.length;
    if (!smini_lex_number(value, &number) || number > whole || (is_length && number == 0)) {
        smini_rule_refuse(parser, "names a part that lies outside the content; offset and length together are "
                                  "at most its length");
        return;
    }
    if (is_length)
        content->fast_length = (uint32_t)number;
    else
        content->fast_from = (uint32_t)number;
    if (content->fast_length > whole - content->fast_from)
        content->fast_length = (uint32_t)whole - content->fast_from;
    if (content->fast_length == 0)
        smini_rule_refuse(parser, "names a part that lies outside the content; offset and length together are "
                                  "at most its length");
}

static void read_fast_offset(struct smini_rule_parser *parser, struct smini_span value)
{
    read_fast_part(parser, value, false);
}

static void read_fast_length(struct smini_rule_parser *parser, struct smini_span value)
{
    read_fast_part(parser, value, true);
}

/* Snort 3: content:"x", nocase, offset 4, depth 20; */
static void read_modifiers(struct smini_rule_parser *parser, struct smini_span list)
{
    static const struct {
        const char *name;
        bool valued;
        smini_option_reader *read;
    } modifiers[] = {{"nocase", false, smini_option_nocase},
                     {"offset", true, smini_option_offset},
                     {"depth", true, smini_option_depth},
                     {"distance", true, smini_option_distance},
                     {"within", true, smini_option_within},
                     {"fast_pattern", false, smini_option_fast_pattern},
                     {"fast_pattern_offset", true, read_fast_offset},
                     {"fast_pattern_length", true, read_fast_length},
                     {"rawbytes", false, smini_option_rawbytes},
                     {"startswith", false, smini_option_startswith},
                     {"endswith", false, smini_option_endswith}};
    struct smini_span part;
    parser->snort = true;
    while (smini_lex_part(&list, ',', &part)) {
        struct smini_span name = part;
        struct smini_span value = part;
        bool known = false;
        (void)smini_lex_word(part, &name, &value);
        for (size_t i = 0; i < sizeof(modifiers) / sizeof(modifiers[0]) && !known; i++) {
            known = smini_lex_is(name, modifiers[i].name) && modifiers[i].valued == (value.length > 0);
            if (known)
                modifiers[i].read(parser, value.length ? value : smini_span_make(NULL, 0));
        }
        if (!known)
            smini_rule_refuse(parser, "\"%s\" is no modifier of a content; nocase, offset N, depth N, distance "
                                      "N, within N, fast_pattern, startswith and endswith are",
                              smini_quote_span(part).text);
    }
}

/* Smaller than the content: it could never match. A variable is only known while matching. */
static bool is_too_small(bool given, struct smini_operand size, const struct smini_content *content)
{
    return given && !size.variable && size.number < (int64_t)content->pattern.length;
}

static const char *fast_pattern_problem(const struct smini_content *content, bool placed)
{
    if (content->fast_only && (placed || content->negated))
        return "fast_pattern:only does not go with positions or a negated content";
    if (content->negated && placed)
        return "fast_pattern does not go with a negated content that has a position";
    return NULL;
}

const char *smini_content_settle(struct smini_content *content)
{
    bool absolute = content->has_offset || content->has_depth;
    content->relative = content->has_distance || content->has_within;
    if (content->relative && absolute)
        return "distance and within count from the previous match, offset and depth from the beginning; leave "
               "one pair out";
    if (content->starts_with && (absolute || content->relative))
        return "startswith says where the content lies: no offset, depth, distance or within beside it";
    if (is_too_small(content->has_depth, content->depth, content))
        return "depth is smaller than the content; write at least its length";
    if (is_too_small(content->has_within, content->within, content))
        return "within is smaller than the content; write at least its length";
    bool placed = absolute || content->relative || content->starts_with || content->ends_with;
    if (content->fast_pattern && fast_pattern_problem(content, placed))
        return fast_pattern_problem(content, placed);
    if (content->starts_with) {
        content->has_depth = true;
        content->depth.number = (int64_t)content->pattern.length;
    }
    return NULL;
}
