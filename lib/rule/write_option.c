/* SPDX-License-Identifier: BSD-2-Clause */
/* Conditions on the bytes of a buffer as options. */
#include "rule/writer.h"

/* Suricata's "; name:value", Snort's ",name value". */
static void put_modifier(struct smini_rule_writer *writer, const char *name)
{
    smini_put(writer, smini_writes_snort(writer) ? ",%s" : "; %s", name);
}

static void put_position(struct smini_rule_writer *writer, const char *name, const struct smini_operand *value)
{
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
    if (content->ends_with && smini_writes_snort(writer))
        smini_put_refuse(writer, "Snort 3 has no endswith; a content followed by isdataat:!1,relative is near it");
    else if (content->ends_with)
        put_modifier(writer, "endswith");
}

static void put_content(struct smini_rule_writer *writer, const struct smini_content *content)
{
    smini_put(writer, " content:%s", content->negated ? "!" : "");
    smini_put_pattern(writer, content->pattern);
    if (content->nocase)
        put_modifier(writer, "nocase");
    if (content->has_offset)
        put_position(writer, "offset", &content->offset);
    if (content->has_depth && !content->starts_with)
        put_position(writer, "depth", &content->depth);
    if (content->has_distance)
        put_position(writer, "distance", &content->distance);
    if (content->has_within)
        put_position(writer, "within", &content->within);
    put_ends(writer, content);
    if (content->fast_pattern)
        put_fast_pattern(writer, content);
    smini_put(writer, ";");
}

static void put_regex(struct smini_rule_writer *writer, const struct smini_regex_text *regex)
{
    static const struct {
        uint32_t flag;
        char letter;
    } flags[] = {{SMINI_PCRE_CASELESS, 'i'}, {SMINI_PCRE_MULTILINE, 'm'}, {SMINI_PCRE_DOTALL, 's'},
                 {SMINI_PCRE_EXTENDED, 'x'}, {SMINI_PCRE_ANCHORED, 'A'},  {SMINI_PCRE_DOLLAR_ENDONLY, 'E'},
                 {SMINI_PCRE_UNGREEDY, 'G'}};
    smini_put(writer, " pcre:%s\"/", regex->negated ? "!" : "");
    smini_put_text(writer, regex->expression);
    smini_put(writer, "/");
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
        if (regex->flags & flags[i].flag)
            smini_put(writer, "%c", flags[i].letter);
    smini_put(writer, "%s\";", regex->relative ? "R" : "");
}

static void put_data_at(struct smini_rule_writer *writer, const struct smini_data_at *data_at)
{
    smini_put(writer, " isdataat:%s", data_at->negated ? "!" : "");
    smini_put_operand(writer, &data_at->position);
    smini_put(writer, data_at->relative ? ",relative;" : ";");
}

static void put_size(struct smini_rule_writer *writer, const struct smini_section *section,
                     const struct smini_size_test *size)
{
    bool bsize = section->buffer != SMINI_BUFFER_PAYLOAD && !size->relative && !smini_writes_snort(writer);
    if (!bsize && writer->dialect == SMINI_DIALECT_SURICATA8)
        smini_put_refuse(writer, "Suricata has bsize only: no size of the payload, and none of what is left");
    smini_put(writer, bsize ? " bsize:" : " bufferlen:");
    smini_put_integer(writer, &size->test);
    smini_put(writer, size->relative ? ",relative;" : ";");
}

/* A new kind of condition is a warning of the compiler here until it has its writer: see NOTES.md. */
static void put_condition(struct smini_rule_writer *writer, const struct smini_section *section,
                          const struct smini_condition *condition)
{
    switch (condition->kind) {
    case SMINI_CONDITION_CONTENT:
        put_content(writer, &condition->u.content);
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
        put_regex(writer, &condition->u.pcre);
        break;
    case SMINI_CONDITION_DATA_AT:
        put_data_at(writer, &condition->u.data_at);
        break;
    case SMINI_CONDITION_SIZE:
        put_size(writer, section, &condition->u.size);
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
        put_condition(writer, section, &section->conditions[i]);
}
