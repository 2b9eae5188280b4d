/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/byte_read.h"

static bool is(struct smini_span word, const char *name)
{
    return smini_span_equal_nocase(word, smini_span_text(name));
}

static void read_word(struct smini_rule_parser *parser, struct smini_span part, struct smini_byte_jump *jump)
{
    struct smini_span word = part;
    struct smini_span rest = part;
    int64_t most = SMINI_RULE_POSITION_MAX;
    (void)smini_lex_word(part, &word, &rest);
    if (is(word, "bitmask"))
        smini_byte_read_mask(parser, rest, &jump->read);
    else if (is(word, "post_offset"))
        jump->post_offset = smini_rule_operand(parser, rest, -most, most, "post_offset");
    else if (is(part, "align"))
        jump->align = 4;
    else if (is(part, "from_beginning") || is(part, "from_end")) {
        if (jump->origin != SMINI_JUMP_HERE)
            smini_rule_refuse(parser, "counts from one place only: from_beginning or from_end");
        jump->origin = is(part, "from_end") ? SMINI_JUMP_END : SMINI_JUMP_BEGINNING;
    } else if (!smini_byte_scale(word, rest, &jump->multiplier, &jump->align) &&
               (rest.length || !smini_byte_read_word(parser, word, &jump->read)))
        smini_rule_refuse(parser,
                          "\"%s\" is not known here; relative, multiplier, big, little, string, hex, dec, oct, align, "
                          "from_beginning, from_end, post_offset and bitmask are",
                          smini_quote_span(part).text);
}

void smini_option_byte_jump(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_byte_jump jump = {.multiplier = 1};
    struct smini_span parts[2] = {{NULL, 0}, {NULL, 0}};
    struct smini_span part;
    size_t count = 0;
    for (; smini_lex_part(&value, ',', &part); count++) {
        if (count < 2)
            parts[count] = part;
        else
            read_word(parser, part, &jump);
    }
    if (count < 2) {
        smini_rule_refuse(parser, "has to read bytes,offset and then what else applies");
        return;
    }
    smini_byte_read_place(parser, parts[0], parts[1], &jump.read);
    smini_byte_read_check(parser, &jump.read, jump.read.string ? 1 : 0); /* no bytes: post_offset alone moves */
    struct smini_condition *condition = smini_rule_condition(parser, SMINI_CONDITION_BYTE_JUMP);
    if (condition)
        condition->u.byte_jump = jump;
}
