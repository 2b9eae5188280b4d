/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory of a flow: bits and numbers by name, and which rules have answered the message at hand. */
#include "match/recall.h"

#include "match/judge.h"
#include "rule/integer.h"
#include "smin/status.h"

struct smini_flow_memory {
    size_t size;
    uint64_t *bits;        /* by name */
    uint64_t *numbers_set; /* by name */
    uint64_t *answered[2]; /* by rule with state and direction: it matched the last message */
    struct smini_count *counts; /* of thresholds that count by flow */
    uint32_t *numbers; /* by name; 0 until set */
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
    size_t numbers = words_for(sizes->names[SMINI_STATE_FLOW_NUMBER]);
    size_t rules = words_for(sizes->rules);
    size_t size = sizeof(struct smini_flow_memory) + (bits + numbers + 2 * rules) * sizeof(uint64_t) +
                  sizes->flow_counts * sizeof(struct smini_count) +
                  sizes->names[SMINI_STATE_FLOW_NUMBER] * sizeof(uint32_t);
    struct smini_flow_memory *memory = smini_alloc_get(matcher->alloc, size);
    *made = memory;
    if (!memory)
        return SMIN_E_NOMEM;
    memory->size = size;
    memory->bits = memory->words;
    memory->numbers_set = memory->bits + bits;
    memory->answered[0] = memory->numbers_set + numbers;
    memory->answered[1] = memory->answered[0] + rules;
    memory->counts = (struct smini_count *)(void *)(memory->answered[1] + rules);
    memory->numbers = (uint32_t *)(void *)(memory->counts + sizes->flow_counts);
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
static bool bits_hold(const struct smini_flow_memory *memory, const struct smini_state_step *step)
{
    bool wanted = step->operation == SMINI_STATE_IS_SET;
    for (uint32_t i = 0; i < step->id_count; i++)
        if (get_bit(memory->bits, step->ids[i]) == wanted)
            return true;
    return false;
}

/* What a number is compared with or changed by; another number that was never set is 0. */
static uint32_t operand_of(const struct smini_flow_memory *memory, const struct smini_state_step *step)
{
    return step->operand_is_name ? memory->numbers[step->operand] : step->operand;
}

static bool number_holds(const struct smini_flow_memory *memory, const struct smini_state_step *step)
{
    bool set = get_bit(memory->numbers_set, step->ids[0]);
    if (step->operation != SMINI_STATE_COMPARE)
        return set == (step->operation == SMINI_STATE_IS_SET);
    struct smini_integer_test test = {.compare = step->compare, .first = operand_of(memory, step)};
    return set && smini_integer_holds(&test, memory->numbers[step->ids[0]]);
}

static bool step_holds(struct smini_matcher *matcher, const struct smini_state_step *step)
{
    const struct smini_flow_memory *memory = matcher->recall.memory;
    if (step->place == SMINI_STATE_HOST_BIT || step->place == SMINI_STATE_PAIR_BIT)
        return smini_recall_host_bit_holds(matcher, step);
    if (!memory)
        return false;
    return step->place == SMINI_STATE_FLOW_BIT ? bits_hold(memory, step) : number_holds(memory, step);
}

bool smini_recall_holds(struct smini_matcher *matcher, const struct smini_rule_state *state)
{
    for (uint32_t i = 0; i < state->test_count; i++)
        if (!step_holds(matcher, &state->tests[i]))
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

/* Numbers have 32 bits and go round, as in Suricata. Nothing can be taken from one that was never set. */
static void write_number(struct smini_recall *recall, const struct smini_state_step *step)
{
    struct smini_flow_memory *memory = recall->memory;
    uint32_t id = step->ids[0];
    uint32_t operand = operand_of(memory, step);
    bool set = get_bit(memory->numbers_set, id);
    if (step->operation == SMINI_STATE_SUBTRACT && !set)
        return;
    if (step->operation == SMINI_STATE_ADD)
        memory->numbers[id] += operand;
    else if (step->operation == SMINI_STATE_SUBTRACT)
        memory->numbers[id] -= operand;
    else
        memory->numbers[id] = operand;
    put_bit(memory->numbers_set, id, true);
    recall->changes++;
}

static void write_step(struct smini_matcher *matcher, const struct smini_state_step *step)
{
    struct smini_recall *recall = &matcher->recall;
    if (step->place == SMINI_STATE_HOST_BIT || step->place == SMINI_STATE_PAIR_BIT)
        smini_recall_host_bit_write(matcher, step);
    else if (recall->memory && step->place == SMINI_STATE_FLOW_BIT)
        write_bit(recall, step);
    else if (recall->memory)
        write_number(recall, step);
}

void smini_recall_write(struct smini_matcher *matcher, const struct smini_rule_state *state)
{
    struct smini_recall *recall = &matcher->recall;
    if (recall->memory && (recall->kind == SMIN_KIND_MESSAGE || recall->kind == SMIN_KIND_TRAILER))
        put_bit(recall->memory->answered[recall->direction], state->index, true);
    for (uint32_t i = 0; i < state->write_count; i++)
        write_step(matcher, &state->writes[i]);
}
