/* SPDX-License-Identifier: BSD-2-Clause */
/* A rule that fits a message, or nearly: contents where they stand, with positions at or beside the true ones. */
#include <ctype.h>
#include <string.h>

#include "invent.h"

static void add_header(struct invent_rule *rule)
{
    static const char *const ends[] = {"any any -> any any",
                                       "any any -> any 4786",
                                       "198.51.100.0/24 any -> 192.0.2.0/24 4786",
                                       "any any <> any 4786",
                                       "any any <> 198.51.100.0/25 any",
                                       "any 4786 -> any 1024:",
                                       "![198.51.100.1,198.51.100.2] any -> any [4786,!80]",
                                       "[192.0.2.0/24,!192.0.2.3] any <> any any",
                                       "any 40000:40010 -> any any",
                                       "any !4786 -> any ![80,443]"};
    static const char *const flows[] = {"",
                                        "flow:established; ",
                                        "flow:to_server; ",
                                        "flow:established,to_server; ",
                                        "flow:from_client,established; ",
                                        "flow:to_client; ",
                                        "flow:established,from_server; ",
                                        "flow:stateless; "};
    bool usual = !invent_once_in(3);
    const char *end = ends[usual ? 0 : invent_below(sizeof(ends) / sizeof(ends[0]))];
    const char *flow = flows[usual ? 0 : invent_below(sizeof(flows) / sizeof(flows[0]))];
    invent_add(rule, "alert tcp %s (msg:\"invented\"; %s", end, flow);
}

static void add_literal(struct invent_rule *rule, const uint8_t *bytes, size_t length, bool *nocase)
{
    bool hex = false;
    bool spoil = invent_once_in(12);
    size_t spoilt = invent_below((unsigned)length);
    bool turn = invent_once_in(4);
    *nocase = turn ? !invent_once_in(4) : invent_once_in(6);
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = bytes[i];
        if (spoil && i == spoilt)
            byte ^= 1;
        if (turn && isalpha(byte))
            byte ^= 0x20;
        bool plain = byte >= 0x20 && byte < 0x7f && !strchr("\"\\;:|", byte);
        if (plain == hex)
            invent_add(rule, "|");
        hex = !plain;
        if (plain)
            invent_add(rule, "%c", byte);
        else
            invent_add(rule, "%02x ", byte);
    }
    if (hex)
        invent_add(rule, "|");
}

/* Depth and within must hold the content, or the rule is refused by both. */
static long at_least(long number, size_t length)
{
    return number < (long)length ? (long)length : number;
}

static void add_absolute(struct invent_rule *rule, size_t at, size_t length)
{
    long offset = invent_near((long)at) - (invent_once_in(2) ? (long)invent_below(10) : 0);
    if (offset < 0)
        offset = 0;
    bool from = invent_once_in(2);
    if (from)
        invent_add(rule, "offset:%ld; ", offset);
    else
        offset = 0;
    if (!from || invent_once_in(2))
        invent_add(rule, "depth:%ld; ", at_least(invent_near((long)(at + length) - offset), length));
}

static void add_relative(struct invent_rule *rule, size_t at, size_t length)
{
    long gap = (long)at - (long)rule->cursor;
    long distance = 0;
    bool far = invent_once_in(2);
    if (far) {
        distance = invent_near(gap) - (invent_once_in(2) ? (long)invent_below(8) : 0);
        invent_add(rule, "distance:%ld; ", distance);
    }
    if (!far || invent_once_in(2))
        invent_add(rule, "within:%ld; ", at_least(invent_near(gap + (long)length - distance), length));
}

static void add_content(struct invent_rule *rule, bool first)
{
    const struct invent_message *message = rule->message;
    size_t length = 1 + invent_below(invent_once_in(3) ? 12 : 5);
    bool relative = !first && rule->relative && invent_once_in(2);
    bool negated = !first && (rule->families & INVENT_NEGATED) && invent_once_in(4);
    size_t from = relative && rule->cursor + length < message->length && !invent_once_in(6) ? rule->cursor : 0;
    size_t room = message->length - from - length;
    size_t at = from + invent_below((unsigned)(relative && room > 30 && !invent_once_in(4) ? 30 : room + 1));
    bool nocase;
    if (first && invent_once_in(10))
        at = 0;
    invent_add(rule, "content:%s\"", negated ? "!" : "");
    add_literal(rule, message->bytes + at, length, &nocase);
    invent_add(rule, "\"; ");
    if (nocase)
        invent_add(rule, "nocase; ");
    if (relative)
        add_relative(rule, at, length);
    else if (at == 0 && invent_once_in(2))
        invent_add(rule, "startswith; ");
    else if (at + length == message->length && invent_once_in(2))
        invent_add(rule, "endswith; ");
    else if (!invent_once_in(3))
        add_absolute(rule, at, length);
    if (!negated && first && invent_once_in(5))
        invent_add(rule, "fast_pattern; ");
    if (negated)
        return; /* what follows is relative to the match before */
    rule->cursor = at + length;
    rule->relative = true;
}

void invent_rule_make(struct invent_rule *rule, const struct invent_talk *talks, unsigned families, unsigned sid)
{
    const struct invent_talk *talk = &talks[invent_below(INVENT_TALKS)];
    rule->message = &talk->messages[invent_below((unsigned)talk->count)];
    rule->families = families;
    add_header(rule);
    unsigned options = 1 + invent_below(4);
    add_content(rule, true);
    for (unsigned i = 1; i < options; i++) {
        bool other = (families & ~(unsigned)(INVENT_CONTENT | INVENT_NEGATED)) != 0;
        if (!other || invent_once_in(2))
            add_content(rule, false);
        else if ((families & INVENT_PCRE) && (families & ~(unsigned)(INVENT_CONTENT | INVENT_NEGATED | INVENT_PCRE)
                                                  ? invent_once_in(3)
                                                  : true))
            invent_pcre(rule);
        else
            invent_bytes_option(rule);
    }
    invent_add(rule, "sid:%u;)", sid);
}
