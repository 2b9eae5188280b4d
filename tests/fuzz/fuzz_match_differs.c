/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The input chooses rules, messages and pieces of a stream from a tiny
 * alphabet, so that much of it matches. Hyperscan and the plain scanner have
 * to give the same hits at the same places; and what holds no expression is
 * judged by a reference that tries every way and knows nothing of plans and scans.
 */
#include <stdio.h>
#include <stdlib.h>

#include "match/file.h"
#include "smin/status.h"
#include "tests/fuzz/choices.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/reference.h"
#include "tests/support/rule_names.h"

const char *const fuzz_seed_folder = NULL;

static const char letters[] = "aAbB\0\1\2\3";
enum { LETTERS = sizeof(letters) - 1 };

static size_t write_content(struct choices *choices, char *to, size_t room)
{
    size_t at = (size_t)snprintf(to, room, "content:%s\"", choose(choices, 6) == 0 ? "!" : "");
    bool negated = to[8] == '!';
    unsigned length = 1 + choose(choices, 4);
    for (unsigned i = 0; i < length; i++)
        at += (size_t)snprintf(to + at, room - at, "|%02x|", (unsigned)(uint8_t)letters[choose(choices, LETTERS)]);
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

/* Numbers in the bytes; `variables` counts the names that were given. */
static size_t write_bytes_option(struct choices *choices, char *to, size_t room, unsigned *variables)
{
    static const char *const operators[] = {"=", "<", ">", "<=", ">=", "&", "^", "!=", "!<", "!&"};
    static const char *const places[] = {"offset", "depth", "distance", "within"};
    unsigned size = 1 + choose(choices, 2);
    unsigned at = choose(choices, 5);
    unsigned number = choose(choices, 4);
    const char *relative = choose(choices, 2) ? ",relative" : "";
    const char *little = choose(choices, 3) == 0 ? ",little" : "";
    switch (choose(choices, *variables ? 8 : 5)) {
    case 0:
        return (size_t)snprintf(to, room, "byte_test:%u,%s,%u,%u%s%s%s;", size, operators[choose(choices, 10)], number,
                                at, relative, little, choose(choices, 4) == 0 ? ",bitmask 0x6" : "");
    case 1:
        return (size_t)snprintf(to, room, "byte_jump:%u,%u%s%s%s%s%s;", size, at, relative, little,
                                choose(choices, 4) == 0 ? ",multiplier 2" : "",
                                choose(choices, 4) == 0 ? ",from_beginning" : choose(choices, 4) == 0 ? ",align" : "",
                                choose(choices, 4) == 0 ? ",post_offset -2" : "");
    case 2:
        return (size_t)snprintf(to, room, "byte_extract:%u,%u,v%u%s%s%s;", size, at, ++*variables, relative, little,
                                choose(choices, 4) == 0 ? ",multiplier 2" : choose(choices, 4) == 0 ? ",align 4" : "");
    case 3:
        return (size_t)snprintf(to, room, "byte_math:bytes %u,offset %u,oper %c,rvalue %u,result v%u%s%s;", size, at,
                                "+-*/"[choose(choices, 4)], 1 + number, ++*variables, *relative ? ",relative" : "",
                                *little ? ",endian little" : "");
    case 4:
        return (size_t)snprintf(to, room, "isdataat:%s%u%s;", choose(choices, 3) == 0 ? "!" : "", 3 * at, relative);
    case 5:
        return (size_t)snprintf(to, room, "byte_test:1,=,v1,%u%s;", at, relative);
    case 6:
        return (size_t)snprintf(to, room, "isdataat:%sv%u%s;", choose(choices, 3) == 0 ? "!" : "", *variables, relative);
    default:
        return (size_t)snprintf(to, room, "content:\"|%02x|\";%s:v%u;",
                                (unsigned)(uint8_t)letters[choose(choices, LETTERS)], places[choose(choices, 4)],
                                *variables);
    }
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
                                        "smin any any -> any any (", "ip any any -> any any (file.data;",
                                        "tftp any any -> any any (file.name;"};
    size_t at = 0;
    unsigned rules = 1 + choose(choices, 4);
    for (unsigned i = 1; i <= rules; i++) {
        at += (size_t)snprintf(to + at, room - at, "alert %s", heads[choose(choices, sizeof(heads) / sizeof(heads[0]))]);
        unsigned contents = 1 + choose(choices, 5);
        bool with_pcre = choose(choices, 2) == 0;
        bool with_bytes = choose(choices, 2) == 0;
        unsigned variables = 0;
        at += write_content(choices, to + at, room - at);
        for (unsigned k = 1; k < contents; k++)
            at += with_pcre && choose(choices, 2) == 0    ? write_pcre(choices, to + at, room - at)
                  : with_bytes && choose(choices, 2) == 0 ? write_bytes_option(choices, to + at, room - at, &variables)
                                                          : write_content(choices, to + at, room - at);
        if (choose(choices, 3) == 0)
            at += write_state(choices, to + at, room - at);
        at += (size_t)snprintf(to + at, room - at, "sid:%u;)\n", i);
    }
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

/* The bytes as a file, whole or the beginning of one, and as its name. */
static void judge_file(struct side *side, struct smini_span bytes, bool more, bool *undecided)
{
    struct smini_file_facts file = {.protocol = 17, .transfer = "tftp", .more = more, .name = bytes, .data = bytes};
    smini_matcher_recall(side->matcher, NULL, 0);
    (void)smini_match_file(side->matcher, &facts, &file, undecided, &side->hits);
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

/* Rules without expressions, with nothing remembered, judged on the message alone, hit exactly when the reference judge
 * says so. */
static void ask_reference(const struct side *side, const struct smini_rule_set *set, struct smini_span bytes, bool file,
                          const char *rules)
{
    for (uint32_t i = 0; i < smini_rule_set_count(set); i++) {
        const struct smini_rule *rule = smini_rule_set_rule(set, i);
        bool hit = false;
        bool asked = file ? rule->judged_on == SMINI_ON_FILES : rule->header.protocol == SMINI_PROTOCOL_APP;
        if (!asked || rule->state || !reference_knows(&rule->sections[0]))
            continue;
        for (uint32_t k = 0; k < side->hits.count; k++)
            hit |= side->hits.list[k].rule == rule;
        demand(hit == reference_holds(&rule->sections[0], bytes), "the reference judge disagrees", rules);
    }
}

static void judge_as_file(struct choices *choices, struct side *fast, struct side *slow, const struct smini_rule_set *set,
                          struct smini_span bytes, const char *rules)
{
    bool undecided[2];
    bool more = choose(choices, 3) == 0;
    if (bytes.length == 0)
        return;
    judge_file(fast, bytes, more, &undecided[0]);
    judge_file(slow, bytes, more, &undecided[1]);
    compare(fast, slow, rules);
    demand(undecided[0] == undecided[1], "the scanners differ in what is undecided", rules);
    if (!more)
        ask_reference(fast, set, bytes, true, rules);
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
            bytes[k] = (uint8_t)letters[choose(choices, LETTERS)];
        bool message = choose(choices, 4) != 0;
        offset += choose(choices, 8) == 0 ? 3 : 0; /* a gap */
        judge(fast, offset, smini_span_make(bytes, length), message);
        judge(slow, offset, smini_span_make(bytes, length), message);
        compare(fast, slow, rules);
        if (message)
            ask_reference(fast, set, smini_span_make(bytes, length), false, rules);
        judge_as_file(choices, fast, slow, set, smini_span_make(bytes, length), rules);
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
