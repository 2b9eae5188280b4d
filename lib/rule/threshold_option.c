/* SPDX-License-Identifier: BSD-2-Clause */
/* Options that turn matches into fewer alerts: threshold and detection_filter. */
#include "rule/parse.h"
#include "rule/state_option.h"

enum part { PART_TYPE, PART_TRACK, PART_COUNT, PART_SECONDS, PART_MULTIPLIER, PARTS };

static const char *const part_names[PARTS] = {"type", "track", "count", "seconds", "multiplier"};

struct reading {
    struct smini_threshold threshold;
    bool seen[PARTS];
};

struct word {
    const char *name;
    int value;
};

static const struct word types[] = {{"limit", SMINI_THRESHOLD_LIMIT},
                                    {"threshold", SMINI_THRESHOLD_EVERY},
                                    {"both", SMINI_THRESHOLD_BOTH},
                                    {"backoff", SMINI_THRESHOLD_BACKOFF},
                                    {NULL, 0}};
static const struct word tracks[] = {{"by_src", SMINI_TRACK_SOURCE}, {"by_dst", SMINI_TRACK_TARGET},
                                     {"by_both", SMINI_TRACK_BOTH},  {"by_rule", SMINI_TRACK_RULE},
                                     {"by_flow", SMINI_TRACK_FLOW},  {NULL, 0}};

static const struct word *find_word(const struct word *list, struct smini_span text)
{
    while (list->name && !smini_lex_is(text, list->name))
        list++;
    return list->name ? list : NULL;
}

/* Decimal digits only, as Suricata has it. */
static bool read_count(struct smini_span text, uint32_t *number)
{
    uint64_t value;
    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
    if (!smini_lex_number(text, &value) || value > UINT32_MAX)
        return false;
    *number = (uint32_t)value;
    return true;
}

static void read_value(struct smini_rule_parser *parser, struct reading *reading, enum part part,
                       struct smini_span value)
{
    struct smini_threshold *threshold = &reading->threshold;
    uint32_t *numbers[PARTS] = {NULL, NULL, &threshold->count, &threshold->seconds, &threshold->multiplier};
    const struct word *word = NULL;
    if (part == PART_TYPE || part == PART_TRACK)
        word = find_word(part == PART_TYPE ? types : tracks, value);
    if (part == PART_TYPE && word)
        threshold->type = (enum smini_threshold_type)word->value;
    else if (part == PART_TRACK && word)
        threshold->track = (enum smini_state_track)word->value;
    else if (part == PART_TYPE)
        smini_rule_refuse(parser, "\"%s\" is no type; limit, threshold, both and backoff are",
                          smini_quote_span(value).text);
    else if (part == PART_TRACK)
        smini_rule_refuse(parser, "\"%s\" cannot be tracked; by_src, by_dst, by_both, by_rule and by_flow can",
                          smini_quote_span(value).text);
    else if (!read_count(value, numbers[part]))
        smini_rule_refuse(parser, "%s \"%s\" is no number up to 4294967295", part_names[part],
                          smini_quote_span(value).text);
}

/* "track by_src, count 5, ..." in any order, each once. */
static void read_parts(struct smini_rule_parser *parser, struct reading *reading, struct smini_span value)
{
    struct smini_span text;
    while (smini_lex_part(&value, ',', &text) && !parser->refused) {
        struct smini_span name = smini_span_make(NULL, 0);
        struct smini_span rest = name;
        int part = 0;
        (void)smini_lex_word(text, &name, &rest);
        while (part < PARTS && !smini_lex_is(name, part_names[part]))
            part++;
        if (part == PARTS)
            smini_rule_refuse(parser, "\"%s\" is not known here", smini_quote_span(text).text);
        else if (reading->seen[part])
            smini_rule_refuse(parser, "%s stands twice", part_names[part]);
        else
            read_value(parser, reading, (enum part)part, rest);
        if (part < PARTS)
            reading->seen[part] = true;
    }
}

static void need(struct smini_rule_parser *parser, const struct reading *reading, enum part part, bool wanted)
{
    if (!parser->refused && reading->seen[part] != wanted)
        smini_rule_refuse(parser, wanted ? "%s is missing" : "%s does not belong here", part_names[part]);
}

static void keep(struct smini_rule_parser *parser, const struct reading *reading)
{
    if (parser->refused)
        return;
    if (parser->threshold) {
        smini_rule_refuse(parser, "a rule has one threshold or one detection_filter, and this is its second");
        return;
    }
    struct smini_threshold *threshold = smini_rule_arena_get(parser->arena, sizeof(*threshold));
    if (threshold)
        *threshold = reading->threshold;
    else
        parser->no_memory = true;
    parser->threshold = threshold;
}

static void read_threshold(struct smini_rule_parser *parser, struct smini_span value)
{
    struct reading reading = {.seen = {false}};
    const struct smini_threshold *threshold = &reading.threshold;
    read_parts(parser, &reading, value);
    bool backoff = threshold->type == SMINI_THRESHOLD_BACKOFF;
    need(parser, &reading, PART_TYPE, true);
    need(parser, &reading, PART_TRACK, true);
    need(parser, &reading, PART_COUNT, true);
    need(parser, &reading, PART_SECONDS, !backoff);
    need(parser, &reading, PART_MULTIPLIER, backoff);
    if (parser->refused)
        return;
    /* The bounds are Suricata's. */
    if (backoff && threshold->track != SMINI_TRACK_FLOW)
        smini_rule_refuse(parser, "backoff can only be tracked by_flow");
    else if (backoff && (threshold->count < 1 || threshold->count > 65535))
        smini_rule_refuse(parser, "the count of backoff has to be 1 to 65535");
    else if (backoff && (threshold->multiplier < 2 || threshold->multiplier > 65535))
        smini_rule_refuse(parser, "the multiplier has to be 2 to 65535");
    keep(parser, &reading);
}

static void read_detection_filter(struct smini_rule_parser *parser, struct smini_span value)
{
    struct reading reading = {.threshold = {.type = SMINI_THRESHOLD_DETECTION}, .seen = {false}};
    const struct smini_threshold *threshold = &reading.threshold;
    read_parts(parser, &reading, value);
    need(parser, &reading, PART_TYPE, false);
    need(parser, &reading, PART_TRACK, true);
    need(parser, &reading, PART_COUNT, true);
    need(parser, &reading, PART_SECONDS, true);
    need(parser, &reading, PART_MULTIPLIER, false);
    if (parser->refused)
        return;
    if (threshold->track == SMINI_TRACK_BOTH || threshold->track == SMINI_TRACK_RULE)
        smini_rule_refuse(parser, "can only be tracked by_src, by_dst and by_flow");
    else if (threshold->count == 0 || threshold->seconds == 0)
        smini_rule_refuse(parser, "count and seconds have to be at least 1");
    keep(parser, &reading);
}

/* What was wrong with earlier options is no reason to pass over this one. */
static void read_apart(struct smini_rule_parser *parser, struct smini_span value, smini_option_reader *read)
{
    bool before = parser->refused;
    parser->refused = false;
    read(parser, value);
    parser->refused |= before;
}

void smini_option_threshold(struct smini_rule_parser *parser, struct smini_span value)
{
    read_apart(parser, value, read_threshold);
}

void smini_option_detection_filter(struct smini_rule_parser *parser, struct smini_span value)
{
    read_apart(parser, value, read_detection_filter);
}
