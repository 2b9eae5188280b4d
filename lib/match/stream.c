/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rules on streams. The scanner says which literals were seen so far; once all
 * of a rule's were, and something new could decide it, the rule is verified on
 * the retained window. A rule is reported once per direction: by the message
 * that answers it alone, or by the piece that completes it.
 */
#include "match/bits.h"
#include "match/header_test.h"
#include "match/judge.h"
#include "smin/status.h"

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
    uint64_t *open;    /* bits per rule on streams: may still be reported */
    uint64_t *used;    /* per rule on streams: matches that state refused have used up what lies before; NULL without state */
    uint64_t *seen;    /* bits per pattern on streams */
    uint64_t *waits;   /* bits per rule on streams: it is in the list of */
    uint32_t *waiting; /* rules all of whose patterns were seen, and which any further byte can decide */
    uint32_t waiting_count;
    uint32_t waiting_capacity;
};

static size_t rule_words(const struct smini_database *database)
{
    return smini_bits_words(database->stream_rule_count);
}

static size_t pattern_words(const struct smini_database *database)
{
    return smini_bits_words(database->stream_pattern_count);
}

void smini_match_stream_free(struct smini_matcher *matcher, struct smini_match_stream *stream)
{
    if (!stream)
        return;
    smini_scan_state_free(&stream->state);
    const struct smini_database *database = matcher->database;
    struct smini_alloc *alloc = matcher->alloc;
    smini_alloc_free(alloc, stream->window, stream->capacity);
    smini_alloc_free(alloc, stream->open, rule_words(database) * sizeof(stream->open[0]));
    smini_alloc_free(alloc, stream->used, database->stream_rule_count * sizeof(stream->used[0]));
    smini_alloc_free(alloc, stream->seen, pattern_words(database) * sizeof(stream->seen[0]));
    smini_alloc_free(alloc, stream->waits, rule_words(database) * sizeof(stream->waits[0]));
    smini_alloc_free(alloc, stream->waiting, stream->waiting_capacity * sizeof(stream->waiting[0]));
    smini_alloc_free(alloc, stream, sizeof(*stream));
}

int32_t smini_match_stream_new(struct smini_matcher *matcher, const struct smini_flow_facts *facts, uint32_t direction,
                               uint64_t offset, struct smini_match_stream **made)
{
    const struct smini_database *database = matcher->database;
    struct smini_alloc *alloc = matcher->alloc;
    *made = NULL;
    if (!smini_stream_plan_wants(database, facts, direction))
        return SMIN_OK;
    struct smini_match_stream *stream = smini_alloc_get(alloc, sizeof(*stream));
    if (!stream)
        return SMIN_E_NOMEM;
    stream->open = smini_alloc_array(alloc, rule_words(database), sizeof(stream->open[0]));
    stream->seen = smini_alloc_array(alloc, pattern_words(database), sizeof(stream->seen[0]));
    stream->waits = smini_alloc_array(alloc, rule_words(database), sizeof(stream->waits[0]));
    stream->state.alloc = alloc;
    if (database->state.rules)
        stream->used = smini_alloc_array(alloc, database->stream_rule_count, sizeof(stream->used[0]));
    if (!stream->open || !stream->seen || !stream->waits || (database->state.rules && !stream->used)) {
        smini_match_stream_free(matcher, stream);
        return SMIN_E_NOMEM;
    }
    stream->direction = direction;
    stream->start = stream->end = stream->base = offset;
    stream->open_rules = smini_stream_plan_open(database, facts, direction, stream->open);
    *made = stream;
    return SMIN_OK;
}

void smini_match_reported(struct smini_match_stream *stream, const struct smini_plan_rule *planned)
{
    if (smini_bits_has(stream->open, planned->stream_index)) {
        smini_bits_clear(stream->open, planned->stream_index);
        stream->open_rules--;
    }
}

/* Bytes are missing before `position`: no match may span them, and the stream begins there once more, as Suricata
 * has it too. Where the real beginning lies is not known to anybody who lacks bytes. */
static void restart(const struct smini_database *database, struct smini_match_stream *stream, uint64_t position)
{
    memset(stream->seen, 0, pattern_words(database) * sizeof(stream->seen[0]));
    memset(stream->waits, 0, rule_words(database) * sizeof(stream->waits[0]));
    stream->waiting_count = 0;
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

static bool all_seen(const struct smini_match_stream *stream, const struct smini_plan_rule *planned)
{
    for (uint32_t i = planned->stream_first; i < planned->stream_first + planned->stream_count; i++)
        if (!smini_bits_has(stream->seen, i))
            return false;
    return true;
}

/* All patterns were seen, and this piece brought one of them or something else that could decide. */
static bool is_due(const struct smini_matcher *matcher, const struct smini_match_stream *stream,
                   const struct smini_plan_rule *planned)
{
    bool fresh = planned->restless;
    for (uint32_t i = planned->stream_first; i < planned->stream_first + planned->stream_count && !fresh; i++)
        fresh = smini_bits_has(matcher->fresh, i);
    return fresh && all_seen(stream, planned);
}

/* A match is judged by what is remembered when its last byte arrives. One that came too early is over. */
static void use_up(const struct smini_database *database, struct smini_match_stream *stream,
                   const struct smini_plan_rule *planned)
{
    stream->used[planned->stream_index] = stream->end;
    for (uint32_t i = planned->stream_first; i < planned->stream_first + planned->stream_count; i++)
        if (!database->stream_patterns[i].expression) /* which is told once only */
            smini_bits_clear(stream->seen, i);
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
    smini_judge_end(matcher, planned->rule, &verify);
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
    struct smini_matcher *matcher = piece->matcher;
    smini_bits_set(piece->stream->seen, pattern);
    if (smini_bits_has(matcher->fresh, pattern))
        return;
    smini_bits_set(matcher->fresh, pattern);
    matcher->touched[matcher->touched_count++] = pattern;
}

static int32_t scan_piece(struct smini_matcher *matcher, struct smini_match_stream *stream, struct smini_span bytes)
{
    const struct smini_database *database = matcher->database;
    struct piece piece = {.matcher = matcher, .stream = stream};
    if (!database->stream_scanner)
        return SMIN_OK;
    matcher->counters.scans++;
    matcher->counters.scanned_bytes += bytes.length;
    return smini_scan_stream(database->stream_scanner, &matcher->stream_scratch, &stream->state, bytes, on_pattern,
                             &piece);
}

static void queue(struct smini_matcher *matcher, const struct smini_match_stream *stream, uint32_t rule)
{
    if (smini_bits_has(matcher->queued, rule) ||
        !smini_bits_has(stream->open, matcher->database->rules[rule].stream_index))
        return;
    smini_bits_set(matcher->queued, rule);
    matcher->found[matcher->found_count++] = rule;
}

/* The rules that this piece can decide, in their order: those it brought a pattern of, and those that wait for
 * any byte. */
static void queue_all(struct smini_matcher *matcher, const struct smini_match_stream *stream)
{
    const struct smini_stream_plan *plan = &matcher->database->stream_plan;
    matcher->found_count = 0;
    for (uint32_t i = 0; i < matcher->touched_count; i++)
        queue(matcher, stream, plan->pattern_rule[matcher->touched[i]]);
    for (uint32_t i = 0; i < stream->waiting_count; i++)
        queue(matcher, stream, stream->waiting[i]);
    for (uint32_t i = 0; i < plan->patternless_count; i++)
        queue(matcher, stream, plan->patternless[i]);
    smini_judge_sort_found(matcher);
}

/* A rule that further bytes can decide, whatever they are. */
static int32_t keep_waiting(struct smini_matcher *matcher, struct smini_match_stream *stream, uint32_t rule)
{
    const struct smini_plan_rule *planned = &matcher->database->rules[rule];
    if (!planned->restless || planned->stream_count == 0 || smini_bits_has(stream->waits, planned->stream_index) ||
        !smini_bits_has(stream->open, planned->stream_index) || !all_seen(stream, planned))
        return SMIN_OK;
    if (stream->waiting_count == stream->waiting_capacity) {
        uint32_t wanted = stream->waiting_capacity ? stream->waiting_capacity * 2 : 8;
        void *grown = smini_alloc_grow(matcher->alloc, stream->waiting,
                                       stream->waiting_capacity * sizeof(stream->waiting[0]),
                                       wanted * sizeof(stream->waiting[0]));
        if (!grown)
            return SMIN_E_NOMEM;
        stream->waiting = grown;
        stream->waiting_capacity = wanted;
    }
    stream->waiting[stream->waiting_count++] = rule;
    smini_bits_set(stream->waits, planned->stream_index);
    return SMIN_OK;
}

static int32_t judge_queue(struct smini_matcher *matcher, struct smini_match_stream *stream,
                           const struct smini_flow_facts *facts)
{
    int32_t status = SMIN_OK;
    queue_all(matcher, stream);
    for (uint32_t i = 0; i < matcher->found_count; i++) {
        uint32_t rule = matcher->found[i];
        const struct smini_plan_rule *planned = &matcher->database->rules[rule];
        smini_bits_clear(matcher->queued, rule);
        if (status != SMIN_OK)
            continue;
        smini_judge_checked(matcher, planned->rule);
        if (is_due(matcher, stream, planned) && smini_header_flow_allows(planned->rule, facts, stream->direction))
            judge(matcher, stream, planned);
        status = keep_waiting(matcher, stream, rule);
    }
    return status;
}

static int32_t feed_piece(struct smini_matcher *matcher, struct smini_match_stream *stream,
                          const struct smini_flow_facts *facts, struct smini_span bytes)
{
    matcher->touched_count = 0;
    int32_t status = scan_piece(matcher, stream, bytes);
    if (status == SMIN_OK)
        status = append(matcher, stream, bytes);
    if (status == SMIN_OK)
        status = judge_queue(matcher, stream, facts);
    for (uint32_t i = 0; i < matcher->touched_count; i++)
        smini_bits_clear(matcher->fresh, matcher->touched[i]);
    return status;
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
