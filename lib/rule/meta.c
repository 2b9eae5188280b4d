/* SPDX-License-Identifier: BSD-2-Clause */
/* Options that say what a rule is: number, text, class, references. */
#include "rule/classification.h"
#include "rule/parse.h"

void smini_option_msg(struct smini_rule_parser *parser, struct smini_span value)
{
    if (parser->has_msg)
        smini_rule_refuse(parser, "stands twice in one rule; leave one out");
    else if (smini_rule_unquote(parser, &value))
        parser->rule.msg = smini_rule_keep(parser, value);
    parser->has_msg = true;
}

static void read_number(struct smini_rule_parser *parser, struct smini_span value, uint64_t least, uint64_t most,
                        bool *seen, uint32_t *number)
{
    uint64_t read;
    if (*seen)
        smini_rule_refuse(parser, "stands twice in one rule; leave one out");
    else if (!smini_lex_number(value, &read) || read < least || read > most)
        smini_rule_refuse(parser, "\"%s\" is no number from %llu to %llu", smini_quote_span(value).text,
                          (unsigned long long)least, (unsigned long long)most);
    else
        *number = (uint32_t)read;
    *seen = true;
}

void smini_option_sid(struct smini_rule_parser *parser, struct smini_span value)
{
    read_number(parser, value, 1, UINT32_MAX, &parser->has_sid, &parser->rule.sid);
}

void smini_option_rev(struct smini_rule_parser *parser, struct smini_span value)
{
    read_number(parser, value, 0, UINT32_MAX, &parser->has_rev, &parser->rule.rev);
}

void smini_option_gid(struct smini_rule_parser *parser, struct smini_span value)
{
    read_number(parser, value, 1, UINT32_MAX, &parser->has_gid, &parser->rule.gid);
}

void smini_option_priority(struct smini_rule_parser *parser, struct smini_span value)
{
    read_number(parser, value, 1, 255, &parser->has_priority, &parser->rule.priority);
}

void smini_option_classtype(struct smini_rule_parser *parser, struct smini_span value)
{
    const struct smini_classification *class = smini_classification_find(value);
    if (parser->has_classtype) {
        smini_rule_refuse(parser, "stands twice in one rule; leave one out");
        return;
    }
    parser->has_classtype = true;
    parser->rule.classtype = smini_rule_keep(parser, value);
    if (!class) {
        smini_rule_warn(parser, "\"%s\" is not a known class; the rule gets priority %u and no category",
                        smini_quote_span(value).text, SMINI_PRIORITY_DEFAULT);
        return;
    }
    parser->rule.category = class->category;
    if (!parser->has_priority)
        parser->rule.priority = class->priority;
}

static void add_pair(struct smini_rule_parser *parser, struct smini_rule_pair *list, uint32_t *count,
                     struct smini_span name, struct smini_span value)
{
    if (*count >= SMINI_RULE_PAIRS_MAX) {
        smini_rule_refuse(parser, "more than %u entries in one rule", SMINI_RULE_PAIRS_MAX);
        return;
    }
    list[*count].name = smini_rule_keep(parser, name);
    list[*count].value = smini_rule_keep(parser, value);
    ++*count;
}

void smini_option_reference(struct smini_rule_parser *parser, struct smini_span value)
{
    size_t comma = smini_span_find(value, ',');
    struct smini_span kind = smini_lex_trim(smini_span_part(value, 0, comma));
    struct smini_span place = smini_lex_trim(smini_span_part(value, comma + 1, value.length));
    if (kind.length == 0 || place.length == 0)
        smini_rule_refuse(parser, "has to read kind,place");
    else
        add_pair(parser, parser->references, &parser->rule.reference_count, kind, place);
}

void smini_option_metadata(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_span part;
    while (smini_lex_part(&value, ',', &part) && !parser->refused) {
        struct smini_span name;
        struct smini_span rest;
        if (smini_lex_word(part, &name, &rest))
            add_pair(parser, parser->metadata, &parser->rule.metadata_count, name, rest);
    }
}

void smini_option_target(struct smini_rule_parser *parser, struct smini_span value)
{
    if (smini_lex_is(value, "dst_ip")) /* Snort 3's word */
        parser->rule.target = "dest_ip";
    else if (smini_lex_is(value, "src_ip") || smini_lex_is(value, "dest_ip"))
        parser->rule.target = smini_rule_keep(parser, value);
    else
        smini_rule_refuse(parser, "has to be src_ip or dest_ip (dst_ip in Snort 3)");
}

void smini_option_noalert(struct smini_rule_parser *parser, struct smini_span value)
{
    (void)value;
    parser->rule.noalert = true;
}
