/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/state_names.h"

#include "rule/limits.h"
#include "smin/status.h"

void smini_state_names_init(struct smini_state_names *names, struct smini_alloc *alloc, struct smini_rule_arena *arena)
{
    memset(names, 0, sizeof(*names));
    names->alloc = alloc;
    names->arena = arena;
}

void smini_state_names_free(struct smini_state_names *names)
{
    for (size_t i = 0; i < SMINI_STATE_PLACES; i++) {
        struct smini_state_table *table = &names->tables[i];
        smini_alloc_free(names->alloc, table->list, table->capacity * sizeof(table->list[0]));
        smini_alloc_free(names->alloc, table->slots, table->capacity * 2 * sizeof(table->slots[0]));
    }
}

static uint32_t hash_of(struct smini_span text)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ text.bytes[i]) * 16777619u;
    return hash ^ (hash >> 15);
}

/* The slot of that name: its own, or the empty one where it would go. */
static uint32_t *slot_of(struct smini_state_table *table, struct smini_span text)
{
    uint32_t mask = table->capacity * 2 - 1;
    for (uint32_t i = hash_of(text) & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &table->slots[i];
        if (*slot == 0 || smini_span_equal(table->list[*slot - 1].text, text))
            return slot;
    }
}

static int32_t make_room(struct smini_alloc *alloc, struct smini_state_table *table)
{
    if (table->count < table->capacity)
        return SMIN_OK;
    uint32_t wanted = table->capacity ? table->capacity * 2 : 16;
    uint32_t *slots = smini_alloc_array(alloc, wanted * 2, sizeof(*slots));
    if (!slots)
        return SMIN_E_NOMEM;
    void *list = smini_alloc_grow(alloc, table->list, table->capacity * sizeof(table->list[0]),
                                  wanted * sizeof(table->list[0]));
    if (!list) {
        smini_alloc_free(alloc, slots, wanted * 2 * sizeof(*slots));
        return SMIN_E_NOMEM;
    }
    smini_alloc_free(alloc, table->slots, table->capacity * 2 * sizeof(*slots));
    table->list = list;
    table->slots = slots;
    table->capacity = wanted;
    for (uint32_t i = 0; i < table->count; i++)
        *slot_of(table, table->list[i].text) = i + 1;
    return SMIN_OK;
}

int32_t smini_state_names_id(struct smini_state_names *names, enum smini_state_place place, struct smini_span text,
                             uint32_t *id)
{
    struct smini_state_table *table = &names->tables[place];
    if (make_room(names->alloc, table) != SMIN_OK)
        return SMIN_E_NOMEM;
    uint32_t *slot = slot_of(table, text);
    if (*slot == 0) {
        if (table->count >= SMINI_RULE_STATE_NAMES_MAX)
            return SMIN_E_LIMIT;
        const char *copy = smini_rule_arena_text(names->arena, text);
        if (!copy)
            return SMIN_E_NOMEM;
        struct smini_state_name name = {.text = smini_span_make(copy, text.length)};
        table->list[table->count++] = name;
        *slot = table->count;
    }
    *id = *slot - 1;
    return SMIN_OK;
}

struct smini_state_sizes smini_state_names_sizes(const struct smini_state_names *names)
{
    struct smini_state_sizes sizes = names->sizes;
    for (size_t i = 0; i < SMINI_STATE_PLACES; i++)
        sizes.names[i] = names->tables[i].count;
    return sizes;
}

static void note_test(struct smini_state_name *name, const struct smini_rule *rule, const struct smini_state_step *step)
{
    if (name->tested_by)
        return;
    name->tested_by = rule;
    name->line = step->line;
    name->column = step->column;
}

void smini_state_names_keep(struct smini_state_names *names, const struct smini_rule *rule,
                            struct smini_rule_state *state)
{
    state->index = names->sizes.rules++;
    names->sizes.thresholds += state->threshold ? 1 : 0;
    if (state->threshold && state->threshold->track == SMINI_TRACK_FLOW)
        state->flow_count = names->sizes.flow_counts++;
    for (uint32_t i = 0; i < state->test_count; i++) {
        const struct smini_state_step *step = &state->tests[i];
        for (uint32_t k = 0; k < step->id_count && step->operation != SMINI_STATE_IS_NOT_SET; k++)
            note_test(&names->tables[step->place].list[step->ids[k]], rule, step);
    }
    for (uint32_t i = 0; i < state->write_count; i++)
        if (state->writes[i].operation != SMINI_STATE_UNSET && state->writes[i].operation != SMINI_STATE_SUBTRACT)
            names->tables[state->writes[i].place].list[state->writes[i].ids[0]].written = true;
}

static void report(struct smini_state_name *name, const char *option, struct smini_diagnose *diagnose)
{
    if (!name->tested_by || name->written || name->reported)
        return;
    struct smini_rule_place place = {.file = name->tested_by->file,
                                     .line = name->line,
                                     .column = name->column,
                                     .sid = name->tested_by->sid,
                                     .option = smini_span_text(option)};
    smini_diagnose_say(diagnose, SMINI_DIAGNOSTIC_WARNING, &place,
                       "\"%s\" is tested, but no rule of the set sets it, so that the test never holds",
                       smini_quote_span(name->text).text);
    name->reported = true;
}

void smini_state_names_report(struct smini_state_names *names, struct smini_diagnose *diagnose)
{
    static const char *const options[SMINI_STATE_PLACES] = {"flowbits", "flowint", "xbits", "xbits"};
    for (size_t i = 0; i < SMINI_STATE_PLACES; i++)
        for (uint32_t k = 0; k < names->tables[i].count; k++)
            report(&names->tables[i].list[k], options[i], diagnose);
}
