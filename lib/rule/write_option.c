/* SPDX-License-Identifier: BSD-2-Clause */
/* Conditions on the bytes of a buffer as options. */
#include "rule/writer.h"

/* The farthest position that both engines take. */
#define ENGINE_POSITION_MAX 65535

/* Suricata's "; name:value", Snort's ",name value". */
static void put_modifier(struct smini_rule_writer *writer, const char *name)
{
    smini_put(writer, smini_writes_snort(writer) ? ",%s" : "; %s", name);
}

static void put_position(struct smini_rule_writer *writer, const char *name, const struct smini_operand *value)
{
    if (writer->dialect != SMINI_DIALECT_OWN && (value->number > ENGINE_POSITION_MAX || -value->number > ENGINE_POSITION_MAX))
        smini_put_refuse(writer, "positions go up to %d there", ENGINE_POSITION_MAX);
    put_modifier(writer, name);
    smini_put(writer, smini_writes_snort(writer) ? " " : ":");
    smini_put_operand(writer, value);
}

static void put_fast_pattern(struct smini_rule_writer *writer, const struct smini_content *content)
{
    bool part = content->fast_from > 0 || content->fast_length < content->pattern.length;
    put_modifier(writer, "fast_pattern");
    if (smini_writes_snort(writer)) {
        if (part) /* "only" is Snort 3's own decision */
            smini_put(writer, ",fast_pattern_offset %u,fast_pattern_length %u", content->fast_from,
                      content->fast_length);
    } else if (content->fast_only) {
        smini_put(writer, ":only");
    } else if (part) {
        smini_put(writer, ":%u,%u", content->fast_from, content->fast_length);
    }
}

static void put_ends(struct smini_rule_writer *writer, const struct smini_content *content)
{
    if (content->starts_with && smini_writes_snort(writer))
        put_position(writer, "depth", &content->depth);
    else if (content->starts_with)
        put_modifier(writer, "startswith");
    if (content->ends_with && !smini_writes_snort(writer))
        put_modifier(writer, "endswith");
    else if (content->ends_with && content->negated)
        smini_put_refuse(writer, "Snort 3 cannot say that a content is not at the end");
}

/*
 * Snort 3 leaves a content without a place to its fast pattern alone, and forgets where it was, unless the very next
 * option is relative. A depth that no buffer exceeds is a place.
 */
static bool needs_place(const struct smini_rule_writer *writer, const struct smini_condition *condition,
                        const struct smini_condition *next)
{
    const struct smini_content *content = &condition->u.content;
    bool placed = content->negated || content->relative || content->has_depth || content->offset.variable ||
                  content->offset.number;
    return smini_writes_snort(writer) && !placed && condition->next_depends && next &&
           !smini_condition_is_relative(next);
}

static void put_content(struct smini_rule_writer *writer, const struct smini_condition *condition,
                        const struct smini_condition *next)
{
    const struct smini_content *content = &condition->u.content;
    const struct smini_operand no_limit = {ENGINE_POSITION_MAX, 0};
    smini_put(writer, " content:%s", content->negated ? "!" : "");
    smini_put_pattern(writer, content->pattern);
    if (content->nocase)
        put_modifier(writer, "nocase");
    if (content->has_offset)
        put_position(writer, "offset", &content->offset);
    if (content->has_depth && !content->starts_with)
        put_position(writer, "depth", &content->depth);
    if (needs_place(writer, condition, next))
        put_position(writer, "depth", &no_limit);
    if (content->has_distance)
        put_position(writer, "distance", &content->distance);
    if (content->has_within)
        put_position(writer, "within", &content->within);
    put_ends(writer, content);
    if (content->fast_pattern)
        put_fast_pattern(writer, content);
    smini_put(writer, ";");
    if (content->ends_with && smini_writes_snort(writer))
        smini_put(writer, " bufferlen:<1,relative;");
}

/* What an expression can see of the bytes before its beginning: Suricata's relative one none, Snort's all. */
static bool looks_back(const char *expression)
{
    static const char *const signs[] = {"(?<=", "(?<!", "\\b", "\\B", "\\A", "\\G", "\\K"};
    bool class = false;
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (strstr(expression, signs[i]))
            return true;
    for (; *expression; expression++) {
        if (*expression == '\\' && expression[1])
            expression++;
        else if (*expression == '[')
            class = true;
        else if (*expression == ']')
            class = false;
        else if (*expression == '^' && !class)
            return true;
    }
    return false;
}

static void put_regex(struct smini_rule_writer *writer, const struct smini_regex_text *regex, bool first)
{
    static const struct {
        uint32_t flag;
        char letter;
    } flags[] = {{SMINI_PCRE_CASELESS, 'i'}, {SMINI_PCRE_MULTILINE, 'm'}, {SMINI_PCRE_DOTALL, 's'},
                 {SMINI_PCRE_EXTENDED, 'x'}, {SMINI_PCRE_ANCHORED, 'A'},  {SMINI_PCRE_DOLLAR_ENDONLY, 'E'},
                 {SMINI_PCRE_UNGREEDY, 'G'}};
    if (smini_writes_snort(writer) && regex->relative && !first && looks_back(regex->expression))
        smini_put_refuse(writer, "a relative pcre begins anew in Suricata and looks back in Snort, which ^, \\b, \\A and "
                                 "lookbehind show");
    smini_put(writer, " pcre:%s\"/", regex->negated ? "!" : "");
    smini_put_text(writer, regex->expression);
    smini_put(writer, "/");
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
        if (regex->flags & flags[i].flag)
            smini_put(writer, "%c", flags[i].letter);
    smini_put(writer, "%s\";", regex->relative ? "R" : "");
}

/*
 * The first condition on a buffer, relative to its beginning, which is the same. Snort 3 goes on to the next value of a
 * buffer that has several only where what follows is relative.
 */
static void make_relative(struct smini_rule_writer *writer, struct smini_condition *condition)
{
    struct smini_content *content = &condition->u.content;
    switch (condition->kind) {
    case SMINI_CONDITION_CONTENT:
        if (content->relative)
            break;
        content->relative = content->has_distance = true;
        content->distance = content->has_offset ? content->offset : (struct smini_operand){0};
        content->has_within = content->has_depth || content->starts_with;
        content->within = content->depth;
        content->has_offset = content->has_depth = content->starts_with = false;
        break;
    case SMINI_CONDITION_PCRE:
        condition->u.pcre.relative = true;
        break;
    case SMINI_CONDITION_SIZE:
        condition->u.size.relative = true;
        break;
    case SMINI_CONDITION_BYTE_TEST:
        condition->u.byte_test.read.relative = true;
        break;
    case SMINI_CONDITION_BYTE_JUMP:
        condition->u.byte_jump.read.relative = true;
        break;
    case SMINI_CONDITION_BYTE_EXTRACT:
        condition->u.byte_extract.read.relative = true;
        break;
    case SMINI_CONDITION_BYTE_MATH:
        condition->u.byte_math.read.relative = true;
        break;
    case SMINI_CONDITION_DATA_AT:
        if (!condition->u.data_at.relative)
            smini_put_refuse(writer, "Snort 3 would look at the first value of that buffer only; write a content or bsize "
                                     "before isdataat");
        break;
    }
}

static bool occurs_several_times(const struct smini_rule_writer *writer, uint32_t field)
{
    const struct smini_rule_names *names = writer->names;
    for (uint32_t i = 0; i < names->field_count; i++)
        if (names->fields[i].id == field)
            return names->fields[i].key && strstr(names->fields[i].key, "[]");
    return false;
}

/* A new kind of condition is a warning of the compiler here until it has its writer: see NOTES.md. */
static void put_condition(struct smini_rule_writer *writer, const struct smini_section *section, uint32_t index)
{
    struct smini_condition copy = section->conditions[index];
    const struct smini_condition *condition = &copy;
    const struct smini_condition *next = index + 1 < section->condition_count ? &section->conditions[index + 1] : NULL;
    if (index == 0 && smini_writes_snort(writer) && occurs_several_times(writer, section->buffer))
        make_relative(writer, &copy);
    switch (condition->kind) {
    case SMINI_CONDITION_CONTENT:
        put_content(writer, condition, next);
        break;
    case SMINI_CONDITION_BYTE_TEST:
        smini_put_byte_test(writer, &condition->u.byte_test);
        break;
    case SMINI_CONDITION_BYTE_JUMP:
        smini_put_byte_jump(writer, &condition->u.byte_jump);
        break;
    case SMINI_CONDITION_BYTE_EXTRACT:
        smini_put_byte_extract(writer, &condition->u.byte_extract);
        break;
    case SMINI_CONDITION_BYTE_MATH:
        smini_put_byte_math(writer, condition);
        break;
    case SMINI_CONDITION_PCRE:
        put_regex(writer, &condition->u.pcre, index == 0);
        break;
    case SMINI_CONDITION_DATA_AT:
        smini_put_data_at(writer, &condition->u.data_at);
        break;
    case SMINI_CONDITION_SIZE:
        smini_put_size(writer, section, &condition->u.size);
        break;
    }
}

void smini_put_section(struct smini_rule_writer *writer, const struct smini_section *section, bool first)
{
    if (section->buffer != SMINI_BUFFER_PAYLOAD) {
        smini_put(writer, " ");
        smini_put_field(writer, section->buffer);
        smini_put(writer, ";");
    } else if (!first) {
        smini_put(writer, " pkt_data;");
    }
    if (section->absent || section->or_absent) {
        smini_put(writer, section->absent ? " absent;" : " absent:or_else;");
        if (smini_writes_snort(writer))
            smini_put_refuse(writer, "Snort 3 cannot ask for a buffer that is not there");
    }
    for (uint32_t i = 0; i < section->condition_count; i++)
        put_condition(writer, section, i);
}
