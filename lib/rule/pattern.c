/* SPDX-License-Identifier: BSD-2-Clause */
/* pcre: the text of the expression and its flags. Compiling it is the matcher's job, through names->check_regex. */
#include "rule/parse.h"

/* Why a flag cannot be honoured, or NULL when it is simply unknown. */
static const char *flag_problem(uint8_t flag)
{
    static const char http[] = "names an HTTP buffer; write the smin.* buffer before the pcre instead";
    switch (flag) {
    case 'C':
    case 'D':
    case 'H':
    case 'I':
    case 'K':
    case 'M':
    case 'P':
    case 'Q':
    case 'S':
    case 'U':
    case 'V':
    case 'W':
    case 'Y':
    case 'Z':
        return http;
    default:
        return "is not known; i m s x A E G R O and B are";
    }
}

static bool read_flag(uint8_t flag, struct smini_regex_text *regex)
{
    static const struct {
        char letter;
        uint32_t flag;
    } flags[] = {{'i', SMINI_PCRE_CASELESS}, {'m', SMINI_PCRE_MULTILINE},      {'s', SMINI_PCRE_DOTALL},
                 {'x', SMINI_PCRE_EXTENDED}, {'A', SMINI_PCRE_ANCHORED},       {'E', SMINI_PCRE_DOLLAR_ENDONLY},
                 {'G', SMINI_PCRE_UNGREEDY}, {'B', 0}, /* raw bytes: always */
                 {'O', 0} /* chooses among an engine's match limits; those of limits.h hold here */};
    if (flag == 'R') {
        regex->relative = true;
        return true;
    }
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        if (flag == (uint8_t)flags[i].letter) {
            regex->flags |= flags[i].flag;
            return true;
        }
    }
    return false;
}

static bool contains(struct smini_span text, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= text.length; i++)
        if (memcmp(text.bytes + i, word, length) == 0)
            return true;
    return false;
}

/* "/expression/flags" without its quotes. */
static void read_expression(struct smini_rule_parser *parser, struct smini_span text, struct smini_regex_text *regex)
{
    size_t end = text.length;
    while (end > 1 && text.bytes[end - 1] != '/')
        end--;
    if (end < 2 || text.bytes[0] != '/') {
        smini_rule_refuse(parser, "the expression has to stand between slashes: \"/expression/flags\"");
        return;
    }
    for (size_t i = end; i < text.length; i++)
        if (!read_flag(text.bytes[i], regex))
            smini_rule_refuse(parser, "flag \"%s\" %s", smini_quote_span(smini_span_part(text, i, 1)).text,
                              flag_problem(text.bytes[i]));
    struct smini_span expression = smini_span_part(text, 1, end - 2);
    if (expression.length == 0 || expression.length > SMINI_RULE_PCRE_MAX)
        smini_rule_refuse(parser, "the expression is empty or longer than %u bytes", SMINI_RULE_PCRE_MAX);
    else if (contains(expression, "(?P<flow_") || contains(expression, "(?P<pkt_"))
        smini_rule_refuse(parser, "the expression stores what it finds in a variable, which no option here "
                                  "reads; write (?:...) for the group");
    regex->expression = smini_rule_keep(parser, expression);
    regex->length = (uint32_t)expression.length;
}

void smini_option_pcre(struct smini_rule_parser *parser, struct smini_span value)
{
    char problem[256] = "";
    struct smini_regex_text regex = {.negated = smini_take_negation(&value)};
    if (value.length < 2 || value.bytes[0] != '"' || value.bytes[value.length - 1] != '"') {
        smini_rule_refuse(parser, "the value has to stand in double quotes, and nothing may follow them");
        return;
    }
    bool refused_before = parser->refused;
    parser->refused = false;
    read_expression(parser, smini_span_part(value, 1, value.length - 2), &regex);
    bool fine = !parser->refused && !parser->no_memory;
    if (fine && parser->names->check_regex) {
        int32_t status = parser->names->check_regex(parser->alloc, &regex, problem, sizeof(problem));
        if (status == SMIN_E_NOMEM)
            parser->no_memory = true;
        else if (status != SMIN_OK)
            smini_rule_refuse(parser, "the expression cannot be honoured: %s", problem);
    }
    parser->refused |= refused_before;
    struct smini_condition *condition = smini_rule_condition(parser, SMINI_CONDITION_PCRE);
    if (condition) {
        condition->u.pcre = regex;
        condition->regex = parser->next_regex++;
    }
}
