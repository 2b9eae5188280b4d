/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory of a flow: bits by name, and which rules have answered the message at hand. */
#include "match/recall.h"

#include "match/judge.h"
#include "smin/status.h"

struct smini_flow_memory {
    size_t size;
    uint64_t *bits;        /* by name */
    uint64_t *answered[2]; /* by rule with state and direction: it matched the last message */
    struct smini_count *counts; /* of thresholds that count by flow */
    uint64_t words[];
};

static size_t words_for(uint32_t bits)
{
    return ((size_t)bits + 63) / 64;
}

int32_t smini_flow_memory_new(struct smini_matcher *matcher, struct smini_flow_memory **made)
{
    const struct smini_state_sizes *sizes = &matcher->database->state;
    size_t bits = words_for(sizes->names[SMINI_STATE_FLOW_BIT]);
    size_t rules = words_for(sizes->rules);
    size_t size = sizeof(struct smini_flow_memory) + (bits + 2 * rules) * sizeof(uint64_t) +
                  sizes->flow_counts * sizeof(struct smini_count);
    struct smini_flow_memory *memory = smini_alloc_get(matcher->alloc, size);
    *made = memory;
    if (!memory)
        return SMIN_E_NOMEM;
    memory->size = size;
    memory->bits = memory->words;
    memory->answered[0] = memory->bits + bits;
    memory->answered[1] = memory->answered[0] + rules;
    memory->counts = (struct smini_count *)(void *)(memory->answered[1] + rules);
    return SMIN_OK;
}

void smini_flow_memory_free(struct smini_matcher *matcher, struct smini_flow_memory *memory)
{
    if (memory)
        smini_alloc_free(matcher->alloc, memory, memory->size);
}

void smini_matcher_recall(struct smini_matcher *matcher, struct smini_flow_memory *memory, uint64_t time_ns)
{
    matcher->recall.memory = memory;
    matcher->recall.time_ns = time_ns;
}

static bool get_bit(const uint64_t *words, uint32_t at)
{
    return (words[at / 64] >> (at % 64)) & 1;
}

static void put_bit(uint64_t *words, uint32_t at, bool value)
{
    uint64_t bit = (uint64_t)1 << (at % 64);
    words[at / 64] = value ? words[at / 64] | bit : words[at / 64] & ~bit;
}

void smini_recall_message(struct smini_matcher *matcher, const struct smin_message *message)
{
    struct smini_recall *recall = &matcher->recall;
    recall->direction = message->direction;
    recall->kind = message->kind;
    if (recall->memory && message->kind == SMIN_KIND_MESSAGE)
        memset(recall->memory->answered[message->direction], 0,
               words_for(matcher->database->state.rules) * sizeof(uint64_t));
}

bool smini_recall_answered(const struct smini_matcher *matcher, const struct smini_rule_state *state)
{
    const struct smini_recall *recall = &matcher->recall;
    return recall->kind == SMIN_KIND_TRAILER && recall->memory &&
           get_bit(recall->memory->answered[recall->direction], state->index);
}

struct smini_count *smini_recall_count(struct smini_matcher *matcher, const struct smini_rule_state *state)
{
    return matcher->recall.memory ? &matcher->recall.memory->counts[state->flow_count] : NULL;
}

/* One of the bits is as asked. */
static bool bits_hold(const uint64_t *words, const struct smini_state_step *step)
{
    bool wanted = step->operation == SMINI_STATE_IS_SET;
    for (uint32_t i = 0; i < step->id_count; i++)
        if (get_bit(words, step->ids[i]) == wanted)
            return true;
    return false;
}

bool smini_recall_holds(const struct smini_matcher *matcher, const struct smini_rule_state *state)
{
    const struct smini_flow_memory *memory = matcher->recall.memory;
    for (uint32_t i = 0; i < state->test_count; i++)
        if (!memory || !bits_hold(memory->bits, &state->tests[i]))
            return false;
    return true;
}

static void write_bit(struct smini_recall *recall, const struct smini_state_step *step)
{
    uint64_t *words = recall->memory->bits;
    uint32_t id = step->ids[0];
    bool before = get_bit(words, id);
    bool after = step->operation == SMINI_STATE_TOGGLE ? !before : step->operation == SMINI_STATE_SET;
    put_bit(words, id, after);
    recall->changes += before != after ? 1 : 0;
}

void smini_recall_write(struct smini_matcher *matcher, const struct smini_rule_state *state)
{
    struct smini_recall *recall = &matcher->recall;
    if (!recall->memory)
        return;
    if (recall->kind == SMIN_KIND_MESSAGE || recall->kind == SMIN_KIND_TRAILER)
        put_bit(recall->memory->answered[recall->direction], state->index, true);
    for (uint32_t i = 0; i < state->write_count; i++)
        write_bit(recall, &state->writes[i]);
}
