/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The input chooses rules, messages and pieces of a stream from a tiny
 * alphabet, so that much of it matches. Hyperscan and the plain scanner have
 * to give the same hits at the same places; and contents alone are judged by
 * an oracle that tries every position and knows nothing of plans and scans.
 */
#include <stdio.h>
#include <stdlib.h>

#include "match/matcher.h"
#include "smin/status.h"
#include "tests/fuzz/choices.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/rule_names.h"

const char *const fuzz_seed_folder = NULL;

static const char letters[] = "aAbB\0c";

static size_t write_content(struct choices *choices, char *to, size_t room)
{
    size_t at = (size_t)snprintf(to, room, "content:%s\"", choose(choices, 6) == 0 ? "!" : "");
    bool negated = to[8] == '!';
    unsigned length = 1 + choose(choices, 4);
    for (unsigned i = 0; i < length; i++)
        at += (size_t)snprintf(to + at, room - at, "|%02x|", (unsigned)(uint8_t)letters[choose(choices, 6)]);
    at += (size_t)snprintf(to + at, room - at, "\";%s", choose(choices, 3) == 0 ? "nocase;" : "");
    switch (choose(choices, 8)) {
    case 0:
        at += (size_t)snprintf(to + at, room - at, "offset:%u;", choose(choices, 6));
        break;
    case 1:
        at += (size_t)snprintf(to + at, room - at, "offset:%u;depth:%u;", choose(choices, 4), length + choose(choices, 4));
        break;
    case 2:
        at += (size_t)snprintf(to + at, room - at, "distance:%d;", (int)choose(choices, 7) - 3);
        break;
    case 3:
        at += (size_t)snprintf(to + at, room - at, "within:%u;", length + choose(choices, 3));
        break;
    case 4:
        at += (size_t)snprintf(to + at, room - at, "distance:%d;within:%u;", (int)choose(choices, 5) - 2,
                               length + choose(choices, 3));
        break;
    case 5:
        at += (size_t)snprintf(to + at, room - at, "%s;", choose(choices, 2) ? "startswith" : "endswith");
        break;
    case 6:
        at += (size_t)snprintf(to + at, room - at, "%s", negated ? "" : "depth:9;");
        break;
    default:
        break;
    }
    return at;
}

/* Not judged by the oracle: PCRE2 is what both sides confirm with. */
static size_t write_pcre(struct choices *choices, char *to, size_t room)
{
    char expression[96];
    (void)choices_expression(choices, expression, sizeof(expression));
    int wrote = snprintf(to, room, "pcre:%s\"/%s/%s%s%s\";", choose(choices, 6) == 0 ? "!" : "", expression,
                         choose(choices, 3) == 0 ? "i" : "", choose(choices, 4) == 0 ? "R" : "",
                         choose(choices, 6) == 0 ? "A" : "");
    return (size_t)wrote;
}

/* What one rule leaves for another. */
static size_t write_state(struct choices *choices, char *to, size_t room)
{
    static const char *const options[] = {"flowbits:set,a;", "flowbits:isset,a;", "flowbits:isnotset,a;",
                                          "flowbits:unset,a; noalert;", "flowbits:toggle,b;", "flowbits:isset,a|b;",
                                          "flowint:nn,+,1;", "flowint:nn,>,1; flowint:nn,-,1;",
                                          "xbits:set,a,track ip_src,expire 2;", "xbits:isset,a,track ip_src;",
                                          "threshold:type both,track by_rule,count 2,seconds 2;",
                                          "detection_filter:track by_flow,count 1,seconds 3;"};
    return (size_t)snprintf(to, room, "%s", options[choose(choices, sizeof(options) / sizeof(options[0]))]);
}

static void write_rules(struct choices *choices, char *to, size_t room)
{
    static const char *const heads[] = {"tcp any any -> any any (", "tcp any any -> any any (flow:only_stream;",
                                        "smin any any -> any any ("};
    size_t at = 0;
    unsigned rules = 1 + choose(choices, 4);
    for (unsigned i = 1; i <= rules; i++) {
        at += (size_t)snprintf(to + at, room - at, "alert %s", heads[choose(choices, 3)]);
        unsigned contents = 1 + choose(choices, 4);
        bool with_pcre = choose(choices, 2) == 0;
        for (unsigned k = 0; k < contents; k++)
            at += with_pcre && choose(choices, 2) == 0 ? write_pcre(choices, to + at, room - at)
                                                       : write_content(choices, to + at, room - at);
        if (choose(choices, 3) == 0)
            at += write_state(choices, to + at, room - at);
        at += (size_t)snprintf(to + at, room - at, "sid:%u;)\n", i);
    }
}

static bool content_at(const struct smini_content *content, struct smini_span bytes, size_t at)
{
    if (at > bytes.length || bytes.length - at < content->pattern.length)
        return false;
    struct smini_span here = smini_span_part(bytes, at, content->pattern.length);
    return content->nocase ? smini_span_equal_nocase(here, content->pattern)
                           : smini_span_equal(here, content->pattern);
}

/* Is a match at `at` where the rule wants it, seen from the end of the previous one? */
static bool allowed_at(const struct smini_content *content, struct smini_span bytes, size_t at, size_t cursor)
{
    int64_t begin = (int64_t)at;
    int64_t end = begin + (int64_t)content->pattern.length;
    if (content->ends_with && end != (int64_t)bytes.length)
        return false;
    if (content->starts_with && begin != 0)
        return false;
    if (content->relative)
        return begin >= (int64_t)cursor + content->distance.number &&
               (!content->has_within || end <= (int64_t)cursor + content->distance.number + content->within.number);
    return begin >= content->offset.number &&
           (!content->has_depth || end <= content->offset.number + content->depth.number);
}

/* Tries everything. */
static bool oracle(const struct smini_section *section, uint32_t index, struct smini_span bytes, size_t cursor)
{
    if (index == section->condition_count)
        return true;
    const struct smini_content *content = &section->conditions[index].u.content;
    bool found = false;
    for (size_t at = 0; at < bytes.length && !(found && content->negated); at++) {
        if (!content_at(content, bytes, at) || !allowed_at(content, bytes, at, cursor))
            continue;
        found = true;
        if (!content->negated && oracle(section, index + 1, bytes, at + content->pattern.length))
            return true;
    }
    return content->negated && !found && oracle(section, index + 1, bytes, cursor);
}

static void demand(bool holds, const char *what, const char *rules)
{
    if (holds)
        return;
    (void)fprintf(stderr, "%s\n%s", what, rules);
    abort();
}

struct side {
    struct smini_database *database;
    struct smini_matcher *matcher;
    struct smini_match_stream *stream;
    struct smini_flow_memory *flow;
    struct smini_hits hits;
};

static const struct smini_flow_facts facts = {.ip_version = 4, .established = true};

static void open_side(struct side *side, struct smini_alloc *alloc, struct smini_rule_set *set,
                      enum smini_scanner_choice choice, const char *rules)
{
    static const struct smini_match_limits limits = {.stream_window = 24};
    demand(smini_database_new(alloc, set, &limits, choice, &side->database) == SMIN_OK, "no database", rules);
    demand(smini_matcher_new(alloc, side->database, &side->matcher) == SMIN_OK, "no matcher", rules);
    demand(smini_match_stream_new(side->matcher, &facts, SMIN_TO_SERVER, 0, &side->stream) == SMIN_OK, "no stream",
           rules);
    if (smini_database_has_state(side->database))
        demand(smini_flow_memory_new(side->matcher, &side->flow) == SMIN_OK, "no memory of the flow", rules);
}

static void close_side(struct side *side)
{
    smini_flow_memory_free(side->matcher, side->flow);
    smini_match_stream_free(side->matcher, side->stream);
    smini_matcher_free(side->matcher);
    smini_database_unref(side->database);
}

static void judge(struct side *side, uint64_t offset, struct smini_span bytes, bool message)
{
    struct smin_message shown = {.struct_size = sizeof(shown), .kind = SMIN_KIND_MESSAGE, .offset = offset,
                                 .length = bytes.length, .size = bytes.length, .bytes = bytes.bytes,
                                 .field_stride = sizeof(struct smin_field),
                                 .event_stride = sizeof(struct smin_event)};
    smini_matcher_recall(side->matcher, side->flow, offset * 100000000u);
    if (message)
        (void)smini_match_message(side->matcher, side->stream, &facts, &shown, &side->hits);
    else
        (void)smini_match_stream_bytes(side->matcher, side->stream, &facts, offset, bytes, &side->hits);
}

static void compare(const struct side *fast, const struct side *slow, const char *rules)
{
    demand(fast->hits.count == slow->hits.count, "the scanners differ in how many rules hit", rules);
    for (uint32_t i = 0; i < fast->hits.count; i++) {
        const struct smini_hit *one = &fast->hits.list[i];
        const struct smini_hit *other = &slow->hits.list[i];
        demand(one->rule == other->rule && one->offset == other->offset && one->length == other->length,
               "the scanners differ in a hit", rules);
    }
}

static bool has_pcre(const struct smini_section *section)
{
    for (uint32_t i = 0; i < section->condition_count; i++)
        if (section->conditions[i].kind == SMINI_CONDITION_PCRE)
            return true;
    return false;
}

/* Rules of contents alone, with nothing remembered, judged on the message alone, hit exactly when the oracle says so. */
static void ask_oracle(const struct side *side, const struct smini_rule_set *set, struct smini_span bytes,
                       const char *rules)
{
    for (uint32_t i = 0; i < smini_rule_set_count(set); i++) {
        const struct smini_rule *rule = smini_rule_set_rule(set, i);
        bool hit = false;
        if (rule->header.protocol != SMINI_PROTOCOL_APP || rule->state || has_pcre(&rule->sections[0]))
            continue;
        for (uint32_t k = 0; k < side->hits.count; k++)
            hit |= side->hits.list[k].rule == rule;
        demand(hit == oracle(&rule->sections[0], 0, bytes, 0), "the oracle disagrees", rules);
    }
}

static void judge_pieces(struct choices *choices, struct side *fast, struct side *slow,
                         const struct smini_rule_set *set, const char *rules)
{
    uint8_t bytes[24];
    uint64_t offset = 0;
    unsigned pieces = 1 + choose(choices, 6);
    for (unsigned i = 0; i < pieces; i++) {
        size_t length = choose(choices, sizeof(bytes));
        for (size_t k = 0; k < length; k++)
            bytes[k] = (uint8_t)letters[choose(choices, 6)];
        bool message = choose(choices, 4) != 0;
        offset += choose(choices, 8) == 0 ? 3 : 0; /* a gap */
        judge(fast, offset, smini_span_make(bytes, length), message);
        judge(slow, offset, smini_span_make(bytes, length), message);
        compare(fast, slow, rules);
        if (message)
            ask_oracle(fast, set, smini_span_make(bytes, length), rules);
        offset += length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct choices choices = {.bytes = data, .left = size};
    struct smini_rule_names names = rule_names();
    struct smini_alloc alloc;
    struct smini_rule_set *set = NULL;
    struct side fast = {.database = NULL};
    struct side slow = {.database = NULL};
    static char rules[4096];
    write_rules(&choices, rules, sizeof(rules));
    smini_alloc_init(&alloc, 0);
    demand(smini_rule_set_new(&alloc, &names, &set) == SMIN_OK, "no set", rules);
    (void)smini_rule_set_add(set, "made", smini_span_text(rules)); /* some are refused: they ask for nothing */
    open_side(&fast, &alloc, set, SMINI_SCANNER_BEST, rules);
    open_side(&slow, &alloc, set, SMINI_SCANNER_PLAIN, rules);
    judge_pieces(&choices, &fast, &slow, set, rules);
    close_side(&fast);
    close_side(&slow);
    smini_rule_set_free(set);
    demand(alloc.used == 0, "memory was left behind", rules);
    return 0;
}
