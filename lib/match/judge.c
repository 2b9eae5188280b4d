/* SPDX-License-Identifier: BSD-2-Clause */
/* One message: what can be asked without looking at bytes first, then one scan per buffer, then verification. */
#include "match/judge.h"

#include <stdlib.h>

#include "match/header_test.h"
#include "smin/status.h"

enum { MARK_ALIVE = 1, MARK_FOUND = 2, MARK_WAITING = 4 };

static void index_message(struct smini_matcher *matcher, const struct smin_message *message)
{
    uint64_t fields = 0, repeated = 0;
    for (uint32_t i = message->field_count; i-- > 0;) {
        uint32_t id = smini_message_field(message, i)->id;
        if (id < SMINI_MATCH_FIELD_INDEX) {
            repeated |= fields & smini_bit_of(id);
            fields |= smini_bit_of(id);
            matcher->first_field[id] = i;
        }
    }
    matcher->message = message;
    matcher->fields = fields;
    matcher->repeated = repeated;
    memset(matcher->events, 0, sizeof(matcher->events));
    for (uint32_t i = 0; i < message->event_count; i++) {
        uint32_t id = smini_message_event(message, i)->id;
        if (id < SMINI_MATCH_EVENT_INDEX)
            matcher->events[id / 64] |= smini_bit_of(id);
    }
}

uint32_t smini_judge_field(const struct smini_matcher *matcher, uint32_t id, uint32_t from)
{
    const struct smin_message *message = matcher->message;
    if (from == 0 && id < SMINI_MATCH_FIELD_INDEX)
        return matcher->fields & smini_bit_of(id) ? matcher->first_field[id] : message->field_count;
    while (from < message->field_count && smini_message_field(message, from)->id != id)
        from++;
    return from;
}

/* The rules that can apply, told by the one field that tells them apart best. */
static const struct smini_candidate_list *candidates_of(const struct smini_matcher *matcher)
{
    const struct smini_candidates *candidates = &matcher->database->candidates;
    uint32_t id = candidates->field;
    if (id == 0 || !smini_judge_is_plain(matcher, id) || !(matcher->fields & smini_bit_of(id)))
        return &candidates->all;
    return smini_candidates_of(candidates, smini_message_field(matcher->message, matcher->first_field[id])->number);
}

static const struct smin_event *find_event(const struct smin_message *message, uint32_t id)
{
    for (uint32_t i = 0; i < message->event_count; i++)
        if (smini_message_event(message, i)->id == id)
            return smini_message_event(message, i);
    return NULL;
}

static bool events_hold(const struct smini_matcher *matcher, const struct smini_plan_rule *planned)
{
    for (size_t i = 0; i < sizeof(matcher->events) / sizeof(matcher->events[0]); i++)
        if (planned->events[i] & ~matcher->events[i])
            return false;
    for (uint32_t i = 0; planned->rare_events && i < planned->rule->event_count; i++)
        if (!find_event(matcher->message, planned->rule->events[i]))
            return false;
    return true;
}

static bool kind_fits(const struct smini_plan_rule *planned, uint32_t kind)
{
    if (kind == SMIN_KIND_STREAM)
        return planned->rule->event_count > 0 && planned->rule->section_count == 0;
    return kind == SMIN_KIND_MESSAGE || !planned->bare_numbers;
}

/* A field that stands there once is what the rule wants it to be, if the rule wants that. */
static bool exact_holds(const struct smini_matcher *matcher, const struct smini_plan_rule *planned)
{
    uint32_t id = planned->exact_field;
    if (id == 0 || !smini_judge_is_plain(matcher, id))
        return true;
    const struct smin_field *field = smini_message_field(matcher->message, matcher->first_field[id]);
    return field->size == planned->exact.length &&
           (field->size == 0 || memcmp(field->bytes, planned->exact.bytes, planned->exact.length) == 0);
}

/* Everything about a rule that needs no search; what excludes most, and cheapest, first. */
static bool applies(const struct smini_matcher *matcher, const struct smini_plan_rule *planned,
                    const struct smini_flow_facts *facts)
{
    const struct smini_rule *rule = planned->rule;
    const struct smin_message *message = matcher->message;
    if ((planned->fields & ~matcher->fields) || !kind_fits(planned, message->kind) ||
        !events_hold(matcher, planned) || !exact_holds(matcher, planned))
        return false;
    for (uint32_t i = 0; i < rule->field_test_count; i++)
        if (!smini_judge_number(matcher, &rule->field_tests[i]))
            return false;
    return smini_header_flow_allows(rule, facts, message->direction) &&
           (planned->any_header || smini_header_allows(rule, facts, message->direction));
}

struct found {
    struct smini_matcher *matcher;
    const struct smini_plan_buffer *buffer;
};

static void on_pattern(void *user, uint32_t pattern)
{
    const struct found *found = user;
    struct smini_matcher *matcher = found->matcher;
    uint32_t rule = found->buffer->pattern_rule[pattern];
    uint8_t *mark = &matcher->marks[rule];
    if (*mark & MARK_ALIVE)
        *mark |= MARK_FOUND;
    if (!matcher->collecting || *mark)
        return;
    *mark = MARK_FOUND;
    matcher->found[matcher->found_count++] = rule;
}

static int32_t scan_bytes(struct smini_matcher *matcher, const struct smini_plan_buffer *buffer,
                          struct smini_span bytes)
{
    struct found found = {.matcher = matcher, .buffer = buffer};
    matcher->counters.scans++;
    matcher->counters.scanned_bytes += bytes.length;
    return smini_scan(buffer->scanner, &matcher->scratch, bytes, on_pattern, &found);
}

static int32_t scan_buffer(struct smini_matcher *matcher, const struct smini_plan_buffer *buffer)
{
    const struct smin_message *message = matcher->message;
    if (buffer->buffer == SMINI_BUFFER_PAYLOAD)
        return scan_bytes(matcher, buffer, smini_span_make(message->bytes, message->size));
    int32_t status = SMIN_OK;
    uint32_t at = smini_judge_field(matcher, buffer->buffer, 0);
    for (; at < message->field_count && status == SMIN_OK; at = smini_judge_field(matcher, buffer->buffer, at + 1)) {
        const struct smin_field *field = smini_message_field(message, at);
        status = scan_bytes(matcher, buffer, smini_span_make(field->bytes, field->size));
    }
    return status;
}

struct smini_verify smini_judge_begin(struct smini_matcher *matcher)
{
    struct smini_verify verify = {.regexes = matcher->database->regexes,
                                  .regex_scratch = matcher->regex_scratch,
                                  .step_limit = matcher->database->limits.steps};
    matcher->counters.verifications++;
    return verify;
}

void smini_judge_end(struct smini_matcher *matcher, const struct smini_rule *rule, const struct smini_verify *verify)
{
    if (matcher->costs) {
        struct smini_rule_cost *cost = &matcher->costs[rule->index];
        cost->verifications++;
        cost->steps += verify->steps;
        cost->limit_hits += verify->limited || verify->regex_limited ? 1 : 0;
    }
    matcher->counters.steps += verify->steps;
    matcher->counters.step_limit_hits += verify->limited ? 1 : 0;
    matcher->counters.regex_limit_hits += verify->regex_limited ? 1 : 0;
    matcher->limited |= verify->limited || verify->regex_limited;
    matcher->no_memory |= verify->no_memory;
}

void smini_judge_add(struct smini_matcher *matcher, const struct smini_rule *rule, uint64_t offset, uint64_t length)
{
    if (matcher->costs)
        matcher->costs[rule->index].matches++;
    if (rule->noalert && rule->header.action != SMINI_ACTION_PASS)
        return;
    if (matcher->hit_count == matcher->database->limits.hits) {
        matcher->counters.hit_limit_hits++;
        matcher->limited = true;
        return;
    }
    struct smini_hit *hit = &matcher->hits[matcher->hit_count++];
    hit->rule = rule;
    hit->offset = offset;
    hit->length = length > UINT32_MAX ? UINT32_MAX : (uint32_t)length;
}

/* What a hit points at. */
struct place {
    uint64_t offset;
    uint64_t length;
};

/*
 * A value that the decoder made up, such as a name, stands nowhere in the stream. Its field tells where what it speaks
 * of begins, and an event that begins there how much that is.
 */
static struct place place_of_derived(const struct smin_message *message, const struct smin_field *field)
{
    struct place place = {field->offset, field->length};
    for (uint32_t i = 0; i < message->event_count && place.length == 0; i++) {
        const struct smin_event *event = smini_message_event(message, i);
        if (event->offset == field->offset)
            place.length = event->length;
    }
    return place;
}

static struct place place_in(const struct smin_message *message, const struct smin_field *field,
                             const struct smini_verify *verify)
{
    uintptr_t begin = (uintptr_t)message->bytes;
    uintptr_t value = (uintptr_t)field->bytes;
    if (value < begin || value >= begin + message->size)
        return place_of_derived(message, field);
    return (struct place){field->offset + verify->match_at, verify->match_length};
}

/* Some instance of the section's buffer meets its conditions. `place` becomes where the deciding match is, if one did. */
static bool section_holds(const struct smini_matcher *matcher, struct smini_verify *verify,
                          const struct smini_section *section, struct place *place)
{
    const struct smin_message *message = matcher->message;
    verify->match_at = verify->match_length = 0;
    if (section->buffer == SMINI_BUFFER_PAYLOAD) {
        verify->bytes = smini_span_make(message->bytes, message->size);
        if (message->kind == SMIN_KIND_STREAM || !smini_verify_section(verify, section))
            return false;
        if (verify->match_length)
            *place = (struct place){message->offset + verify->match_at, verify->match_length};
        return true;
    }
    uint32_t at = smini_judge_field(matcher, section->buffer, 0);
    if (at == message->field_count)
        return section->absent || section->or_absent;
    for (; at < message->field_count && !section->absent; at = smini_judge_field(matcher, section->buffer, at + 1)) {
        const struct smin_field *field = smini_message_field(message, at);
        verify->bytes = smini_span_make(field->bytes, field->size);
        if (!smini_verify_section(verify, section))
            continue;
        if (verify->match_length)
            *place = place_in(message, field, verify);
        return true;
    }
    return false;
}

/* Judges the bytes; the hit points at the last match, else at the event, else at the message. */
static bool judge_rule(struct smini_matcher *matcher, const struct smini_rule *rule)
{
    struct smini_verify verify = smini_judge_begin(matcher);
    struct place place = {matcher->message->offset, 0};
    bool holds = true;
    if (rule->event_count) {
        const struct smin_event *event = find_event(matcher->message, rule->events[0]);
        if (event)
            place = (struct place){event->offset, event->length};
    }
    for (uint32_t i = 0; i < rule->section_count && holds; i++)
        holds = section_holds(matcher, &verify, &rule->sections[i], &place);
    smini_judge_end(matcher, rule, &verify);
    if (holds)
        smini_judge_add(matcher, rule, place.offset, place.length);
    return holds;
}

/* Scans the buffers that living rules wait for, each once. */
static int32_t scan_wanted(struct smini_matcher *matcher, uint64_t wanted)
{
    const struct smini_database *database = matcher->database;
    int32_t status = SMIN_OK;
    for (uint32_t b = 0; b < database->buffer_count && wanted && status == SMIN_OK; b++)
        if (wanted & smini_plan_buffer_bit(b))
            status = scan_buffer(matcher, &database->buffers[b]);
    return status;
}

/* A rule that lives and whose literal was found: what is left to ask. */
static void answer(struct smini_matcher *matcher, struct smini_match_stream *stream,
                   const struct smini_plan_rule *planned)
{
    uint8_t *mark = &matcher->marks[planned - matcher->database->rules];
    *mark = 0;
    if (planned->rule->state && smini_recall_answered(matcher, planned->rule->state))
        return;
    if (planned->rule->state && !smini_recall_holds(matcher, planned->rule->state)) {
        *mark = MARK_WAITING;
        matcher->marks_left = true;
        return;
    }
    if (!judge_rule(matcher, planned->rule))
        return;
    if (planned->rule->state)
        smini_recall_write(matcher, planned->rule->state);
    if (planned->on_stream && stream)
        smini_match_reported(stream, planned);
}

/* Asks every candidate first: a message that no rule lives on is not scanned. */
static int32_t judge_few(struct smini_matcher *matcher, struct smini_match_stream *stream,
                         const struct smini_flow_facts *facts, const struct smini_candidate_list *list)
{
    const struct smini_database *database = matcher->database;
    uint32_t alive = 0;
    uint64_t wanted = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct smini_plan_rule *planned = &database->rules[list->rules[i]];
        smini_judge_checked(matcher, planned->rule);
        if (!applies(matcher, planned, facts))
            continue;
        matcher->marks[list->rules[i]] = MARK_ALIVE;
        alive++;
        wanted |= planned->has_fast ? smini_plan_buffer_bit(planned->fast_buffer) : 0;
    }
    int32_t status = scan_wanted(matcher, wanted);
    matcher->marks_left = status != SMIN_OK;
    for (uint32_t i = 0; i < list->count && alive && status == SMIN_OK; i++) {
        const struct smini_plan_rule *planned = &database->rules[list->rules[i]];
        uint8_t mark = matcher->marks[list->rules[i]];
        if (!(mark & MARK_ALIVE))
            continue;
        alive--;
        matcher->marks[list->rules[i]] = 0;
        if (!planned->has_fast || (mark & MARK_FOUND))
            answer(matcher, stream, planned);
    }
    return status;
}

static int compare_indexes(const void *left, const void *right)
{
    uint32_t one = *(const uint32_t *)left, other = *(const uint32_t *)right;
    return one < other ? -1 : one > other;
}

void smini_judge_sort_found(struct smini_matcher *matcher)
{
    if (matcher->found_count > 1)
        qsort(matcher->found, matcher->found_count, sizeof(matcher->found[0]), compare_indexes);
}

/* Scans first, and asks only the rules that were found and those that no pattern finds. */
static int32_t judge_many(struct smini_matcher *matcher, struct smini_match_stream *stream,
                          const struct smini_flow_facts *facts, const struct smini_candidate_list *list)
{
    uint32_t index;
    matcher->found_count = 0;
    matcher->collecting = true;
    int32_t status = scan_wanted(matcher, list->buffers);
    matcher->collecting = false;
    matcher->marks_left = status != SMIN_OK;
    smini_judge_sort_found(matcher);
    struct smini_judge_walk walk = {.found = matcher->found, .found_count = matcher->found_count,
                                    .outright = list->outright, .outright_count = list->outright_count};
    while (status == SMIN_OK && smini_judge_next(&walk, &index)) {
        const struct smini_plan_rule *planned = &matcher->database->rules[index];
        matcher->marks[index] = 0;
        smini_judge_checked(matcher, planned->rule);
        if (planned->on_messages && applies(matcher, planned, facts))
            answer(matcher, stream, planned);
    }
    return status;
}

int32_t smini_judge_message(struct smini_matcher *matcher, struct smini_match_stream *stream,
                            const struct smini_flow_facts *facts, const struct smin_message *message)
{
    index_message(matcher, message);
    if (matcher->marks_left)
        memset(matcher->marks, 0, matcher->database->rule_count);
    matcher->marks_left = false;
    const struct smini_candidate_list *list = candidates_of(matcher);
    if (list->count <= SMINI_MATCH_ASKED_FIRST)
        return judge_few(matcher, stream, facts, list);
    return judge_many(matcher, stream, facts, list);
}

void smini_judge_waiting(struct smini_matcher *matcher, struct smini_match_stream *stream)
{
    const struct smini_database *database = matcher->database;
    for (uint32_t i = 0; i < database->rule_count && matcher->marks_left; i++)
        if (matcher->marks[i] & MARK_WAITING)
            answer(matcher, stream, &database->rules[i]);
}

void smini_judge_answered(struct smini_matcher *matcher, const struct smini_plan_rule *planned)
{
    matcher->marks[planned - matcher->database->rules] = 0;
}
