/* SPDX-License-Identifier: BSD-2-Clause */
/* Bits: flowbits of a flow, xbits of a host or of two. */
#include "rule/parse.h"
#include "rule/state_option.h"

static bool read_command(struct smini_span word, enum smini_state_operation *operation)
{
    static const struct {
        const char *name;
        enum smini_state_operation operation;
    } words[] = {{"isset", SMINI_STATE_IS_SET},
                 {"isnotset", SMINI_STATE_IS_NOT_SET},
                 {"set", SMINI_STATE_SET},
                 {"unset", SMINI_STATE_UNSET},
                 {"toggle", SMINI_STATE_TOGGLE}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (smini_lex_is(word, words[i].name)) {
            *operation = words[i].operation;
            return true;
        }
    }
    return false;
}

/* What flowbits and xbits begin with. False: it was noalert, which is all, or it was refused. */
static bool read_operation(struct smini_rule_parser *parser, struct smini_span command, bool more,
                           enum smini_state_operation *operation)
{
    if (smini_lex_is(command, "noalert")) {
        parser->rule.noalert = true;
        if (more)
            smini_rule_refuse(parser, "noalert takes no bit");
        return false;
    }
    if (read_command(command, operation))
        return true;
    smini_rule_refuse(parser, "\"%s\" is not known here; set, unset, toggle, isset, isnotset and noalert are",
                      smini_quote_span(command).text);
    return false;
}

/* What one engine reads in another way than the other, or not at all. */
static const char *unclear(const struct smini_state_step *step, struct smini_span names)
{
    bool several = smini_span_find(names, '|') < names.length;
    if (smini_span_find(names, ',') < names.length)
        return "has something behind the name: groups of bits are those of Snort 2; leave it out";
    if (smini_span_find(names, '&') < names.length)
        return "joins names with \"&\", which is one name to Suricata and several to Snort; write one option per bit";
    if (several && smini_state_writes(step))
        return "changes one bit at a time; write one option per bit";
    return NULL;
}

void smini_option_flowbits(struct smini_rule_parser *parser, struct smini_span value)
{
    size_t comma = smini_span_find(value, ',');
    struct smini_span command = smini_lex_trim(smini_span_part(value, 0, comma));
    struct smini_span names = smini_lex_trim(smini_span_part(value, comma + 1, value.length));
    struct smini_state_step step = {.place = SMINI_STATE_FLOW_BIT};
    if (!read_operation(parser, command, comma < value.length, &step.operation))
        return;
    const char *problem = unclear(&step, names);
    if (problem) {
        smini_rule_refuse(parser, "%s", problem);
        return;
    }
    if (!smini_state_names(parser, names, &step))
        return;
    if (step.operation == SMINI_STATE_IS_NOT_SET && step.id_count > 1)
        smini_rule_warn(parser, "holds when one of the bits is not set, as in Suricata; in Snort none may be set");
    smini_state_add(parser, step);
}

static bool read_track(struct smini_rule_parser *parser, struct smini_span word, struct smini_state_step *step)
{
    static const struct {
        const char *word;
        enum smini_state_place place;
        enum smini_state_track track;
    } tracks[] = {{"ip_src", SMINI_STATE_HOST_BIT, SMINI_TRACK_SOURCE},
                  {"ip_dst", SMINI_STATE_HOST_BIT, SMINI_TRACK_TARGET},
                  {"ip_pair", SMINI_STATE_PAIR_BIT, SMINI_TRACK_BOTH}};
    for (size_t i = 0; i < sizeof(tracks) / sizeof(tracks[0]); i++) {
        if (smini_lex_is(word, tracks[i].word)) {
            step->place = tracks[i].place;
            step->track = tracks[i].track;
            return true;
        }
    }
    smini_rule_refuse(parser, smini_lex_is(word, "tx")
                                  ? "a bit of a transaction ends with the message; write flowbits, or one rule"
                                  : "the track has to be ip_src, ip_dst or ip_pair");
    return false;
}

/* "track ip_src" or "expire 60". */
static bool read_detail(struct smini_rule_parser *parser, struct smini_span text, struct smini_state_step *step,
                        bool *tracked)
{
    struct smini_span name;
    struct smini_span value;
    uint64_t seconds;
    (void)smini_lex_word(text, &name, &value);
    if (smini_lex_is(name, "track") && !*tracked) {
        *tracked = true;
        return read_track(parser, value, step);
    }
    if (smini_lex_is(name, "expire") && step->expire == 0) {
        if (smini_lex_number(value, &seconds) && seconds > 0 && seconds <= UINT32_MAX) {
            step->expire = (uint32_t)seconds;
            return true;
        }
        smini_rule_refuse(parser, "expire has to be 1 to 4294967295 seconds");
        return false;
    }
    smini_rule_refuse(parser, "\"%s\" is not known here, or stands twice; write track and expire",
                      smini_quote_span(text).text);
    return false;
}

static bool read_details(struct smini_rule_parser *parser, struct smini_span rest, struct smini_state_step *step)
{
    struct smini_span part;
    bool tracked = false;
    while (smini_lex_part(&rest, ',', &part))
        if (!read_detail(parser, part, step, &tracked))
            return false;
    if (!tracked)
        smini_rule_refuse(parser, "has to say whose bit it is: track ip_src, ip_dst or ip_pair");
    if (step->expire == 0)
        step->expire = SMINI_RULE_BIT_EXPIRE;
    return tracked;
}

void smini_option_xbits(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_span command;
    struct smini_span name = smini_span_make(NULL, 0);
    struct smini_state_step step = {.place = SMINI_STATE_HOST_BIT};
    bool more = smini_lex_part(&value, ',', &command) && smini_lex_part(&value, ',', &name);
    if (!read_operation(parser, command, more, &step.operation))
        return;
    if (smini_span_find(name, '|') < name.length) {
        smini_rule_refuse(parser, "takes one bit; write one option per bit");
        return;
    }
    if (read_details(parser, value, &step) && smini_state_names(parser, name, &step))
        smini_state_add(parser, step);
}
