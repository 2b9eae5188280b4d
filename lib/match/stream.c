/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rules on streams. The scanner says which literals were seen so far; once all
 * of a rule's were, and something new could decide it, the rule is verified on
 * the retained window. A rule is reported once per direction: by the message
 * that answers it alone, or by the piece that completes it.
 */
#include "match/header_test.h"
#include "match/judge.h"
#include "smin/status.h"

enum { RULE_OPEN = 1 }; /* may still be reported */

struct smini_match_stream {
    uint32_t direction;
    uint32_t open_rules;
    uint64_t start; /* position of the direction's first byte, or of the first one behind missing bytes */
    uint64_t end;   /* of what was seen */
    uint64_t base;  /* position of window[0] */
    uint8_t *window;
    size_t length;
    size_t capacity;
    struct smini_scan_state state;
    uint8_t *rules; /* per rule on streams: RULE_OPEN */
    uint64_t *used; /* likewise: matches that state refused have used up what lies before; NULL without state */
    uint8_t *seen;  /* per pattern on streams */
};

static size_t rules_size(const struct smini_database *database)
{
    return database->stream_rule_count;
}

static size_t seen_size(const struct smini_database *database)
{
    return (size_t)database->stream_pattern_count + 1;
}

void smini_match_stream_free(struct smini_matcher *matcher, struct smini_match_stream *stream)
{
    if (!stream)
        return;
    smini_scan_state_free(&stream->state);
    smini_alloc_free(matcher->alloc, stream->window, stream->capacity);
    smini_alloc_free(matcher->alloc, stream->rules, rules_size(matcher->database));
    smini_alloc_free(matcher->alloc, stream->used, rules_size(matcher->database) * sizeof(stream->used[0]));
    smini_alloc_free(matcher->alloc, stream->seen, seen_size(matcher->database));
    smini_alloc_free(matcher->alloc, stream, sizeof(*stream));
}

static bool may_apply(const struct smini_plan_rule *planned, const struct smini_flow_facts *facts, uint32_t direction)
{
    uint32_t excluded = direction == SMIN_TO_SERVER ? SMINI_FLOW_TO_CLIENT : SMINI_FLOW_TO_SERVER;
    return planned->on_stream && !(planned->rule->flow & excluded) &&
           (planned->any_header || smini_header_allows(planned->rule, facts, direction));
}

int32_t smini_match_stream_new(struct smini_matcher *matcher, const struct smini_flow_facts *facts, uint32_t direction,
                               uint64_t offset, struct smini_match_stream **made)
{
    const struct smini_database *database = matcher->database;
    uint32_t open = 0;
    *made = NULL;
    for (uint32_t i = 0; i < database->rule_count && database->stream_rule_count; i++)
        open += may_apply(&database->rules[i], facts, direction) ? 1 : 0;
    if (open == 0)
        return SMIN_OK;
    struct smini_match_stream *stream = smini_alloc_get(matcher->alloc, sizeof(*stream));
    if (!stream)
        return SMIN_E_NOMEM;
    stream->rules = smini_alloc_get(matcher->alloc, rules_size(database));
    stream->seen = smini_alloc_get(matcher->alloc, seen_size(database));
    stream->state.alloc = matcher->alloc;
    if (database->state.rules)
        stream->used = smini_alloc_array(matcher->alloc, rules_size(database), sizeof(stream->used[0]));
    if (!stream->rules || !stream->seen || (database->state.rules && !stream->used)) {
        smini_match_stream_free(matcher, stream);
        return SMIN_E_NOMEM;
    }
    stream->direction = direction;
    stream->open_rules = open;
    stream->start = stream->end = stream->base = offset;
    for (uint32_t i = 0; i < database->rule_count; i++)
        if (may_apply(&database->rules[i], facts, direction))
            stream->rules[database->rules[i].stream_index] = RULE_OPEN;
    *made = stream;
    return SMIN_OK;
}

void smini_match_reported(struct smini_match_stream *stream, const struct smini_plan_rule *planned)
{
    if (stream->rules[planned->stream_index] == RULE_OPEN) {
        stream->rules[planned->stream_index] = 0;
        stream->open_rules--;
    }
}

/* Bytes are missing before `position`: no match may span them, and the stream begins there once more, as Suricata
 * has it too. Where the real beginning lies is not known to anybody who lacks bytes. */
static void restart(const struct smini_database *database, struct smini_match_stream *stream, uint64_t position)
{
    memset(stream->seen, 0, seen_size(database));
    stream->state.used = 0;
    stream->length = 0;
    stream->start = stream->base = stream->end = position;
}

/* Makes room by forgetting the oldest bytes when the window is full twice over. */
static int32_t append(struct smini_matcher *matcher, struct smini_match_stream *stream, struct smini_span piece)
{
    size_t window = matcher->database->limits.stream_window;
    if (stream->length + piece.length > 2 * window) {
        size_t keep = window > piece.length ? window - piece.length : 0;
        size_t dropped = stream->length - keep;
        memmove(stream->window, stream->window + dropped, keep);
        stream->length = keep;
        stream->base += dropped;
        matcher->counters.window_limit_hits++;
        matcher->limited = true;
    }
    size_t wanted = stream->length + piece.length;
    if (wanted > stream->capacity) {
        size_t size = stream->capacity ? stream->capacity : 256;
        while (size < wanted)
            size *= 2;
        void *grown = smini_alloc_grow(matcher->alloc, stream->window, stream->capacity, size);
        if (!grown)
            return SMIN_E_NOMEM;
        stream->window = grown;
        stream->capacity = size;
    }
    memcpy(stream->window + stream->length, piece.bytes, piece.length);
    stream->length += piece.length;
    stream->end += piece.length;
    return SMIN_OK;
}

/* All literals were seen, and this piece brought one of them or something else that could decide. */
static bool is_due(const struct smini_matcher *matcher, const struct smini_match_stream *stream,
                   const struct smini_plan_rule *planned)
{
    bool fresh = planned->restless;
    for (uint32_t i = planned->stream_first; i < planned->stream_first + planned->stream_count; i++) {
        if (!stream->seen[i])
            return false;
        fresh |= matcher->fresh[i] != 0;
    }
    return fresh;
}

/* A match is judged by what is remembered when its last byte arrives. One that came too early is over. */
static void use_up(const struct smini_database *database, struct smini_match_stream *stream,
                   const struct smini_plan_rule *planned)
{
    stream->used[planned->stream_index] = stream->end;
    for (uint32_t i = planned->stream_first; i < planned->stream_first + planned->stream_count; i++)
        if (!database->stream_patterns[i].expression) /* which is told once only */
            stream->seen[i] = 0;
}

static void judge(struct smini_matcher *matcher, struct smini_match_stream *stream,
                  const struct smini_plan_rule *planned)
{
    const struct smini_rule_state *state = planned->rule->state;
    uint64_t used = state ? stream->used[planned->stream_index] : 0;
    size_t skip = used > stream->base ? (size_t)(used - stream->base) : 0;
    struct smini_verify verify = smini_judge_begin(matcher);
    verify.bytes = smini_span_part(smini_span_make(stream->window, stream->length), skip, stream->length);
    verify.base = stream->base + skip - stream->start;
    bool holds = smini_verify_section(&verify, &planned->rule->sections[0]);
    smini_judge_end(matcher, &verify);
    if (!holds)
        return;
    if (state && !smini_recall_holds(matcher, state)) {
        use_up(matcher->database, stream, planned);
        return;
    }
    if (state)
        smini_recall_write(matcher, state);
    smini_judge_answered(matcher, planned);
    smini_match_reported(stream, planned);
    smini_judge_add(matcher, planned->rule, stream->base + skip + verify.match_at, verify.match_length);
}

struct piece {
    struct smini_matcher *matcher;
    struct smini_match_stream *stream;
};

static void on_pattern(void *user, uint32_t pattern)
{
    struct piece *piece = user;
    piece->matcher->fresh[pattern] = 1;
    piece->stream->seen[pattern] = 1;
}

static int32_t feed_piece(struct smini_matcher *matcher, struct smini_match_stream *stream,
                          const struct smini_flow_facts *facts, struct smini_span bytes)
{
    const struct smini_database *database = matcher->database;
    struct piece piece = {.matcher = matcher, .stream = stream};
    int32_t status = SMIN_OK;
    memset(matcher->fresh, 0, seen_size(database));
    if (database->stream_scanner) {
        matcher->counters.scans++;
        matcher->counters.scanned_bytes += bytes.length;
        status = smini_scan_stream(database->stream_scanner, &matcher->stream_scratch, &stream->state, bytes,
                                   on_pattern, &piece);
    }
    if (status == SMIN_OK)
        status = append(matcher, stream, bytes);
    if (status != SMIN_OK)
        return status;
    for (uint32_t i = 0; i < database->rule_count && stream->open_rules; i++) {
        const struct smini_plan_rule *planned = &database->rules[i];
        if (planned->on_stream && stream->rules[planned->stream_index] == RULE_OPEN &&
            is_due(matcher, stream, planned) && smini_header_flow_allows(planned->rule, facts, stream->direction))
            judge(matcher, stream, planned);
    }
    return SMIN_OK;
}

int32_t smini_match_search(struct smini_matcher *matcher, struct smini_match_stream *stream,
                          const struct smini_flow_facts *facts, uint64_t offset, struct smini_span bytes)
{
    const struct smini_database *database = matcher->database;
    matcher->recall.direction = stream->direction;
    size_t most = database->limits.stream_window / 2 + 1;
    if (offset > stream->end)
        restart(database, stream, offset);
    if (offset < stream->end) { /* seen before */
        uint64_t overlap = stream->end - offset;
        bytes = smini_span_part(bytes, overlap < bytes.length ? (size_t)overlap : bytes.length, bytes.length);
    }
    while (bytes.length && stream->open_rules) {
        struct smini_span piece = smini_span_part(bytes, 0, most);
        uint64_t position = stream->end;
        int32_t status = feed_piece(matcher, stream, facts, piece);
        if (status != SMIN_OK) {
            restart(database, stream, position + bytes.length);
            return status;
        }
        bytes = smini_span_part(bytes, piece.length, bytes.length);
    }
    stream->end += bytes.length; /* nothing left to look for */
    return SMIN_OK;
}
