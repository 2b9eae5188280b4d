/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/message_plan.h"

const struct smin_field_desc *smini_plan_field_desc(const struct smini_plan *plan, uint32_t index)
{
    return (const struct smin_field_desc *)(const void *)((const char *)plan->inspector->fields +
                                                          (size_t)index * plan->inspector->field_stride);
}

static const struct smin_event_desc *event_desc(const struct smin_inspector *inspector, uint32_t index)
{
    return (const struct smin_event_desc *)(const void *)((const char *)inspector->events +
                                                          (size_t)index * inspector->event_stride);
}

const struct smin_event_desc *smini_plan_event(const struct smini_plan *plan, uint32_t id)
{
    if (id > SMINI_PLAN_ID_MAX || plan->event_of_id[id] == 0)
        return NULL;
    return event_desc(plan->inspector, plan->event_of_id[id] - 1U);
}

const struct smin_message_desc *smini_plan_message(const struct smini_plan *plan, uint32_t id)
{
    const struct smin_inspector *inspector = plan->inspector;
    for (uint32_t i = 0; i < inspector->message_count; i++) {
        const struct smin_message_desc *desc =
            (const struct smin_message_desc *)(const void *)((const char *)inspector->messages +
                                                             (size_t)i * inspector->message_stride);
        if (desc->id == id)
            return desc;
    }
    return NULL;
}

/* The part of a key that names its group: up to "[]." or "."; the whole key when it has none. */
static uint32_t group_length(const char *key, enum smini_plan_kind *kind)
{
    const char *dot = strchr(key, '.'), *brackets = strstr(key, "[]");
    if (brackets) {
        *kind = brackets[2] == '.' ? SMINI_PLAN_ITEMS : SMINI_PLAN_LIST;
        return (uint32_t)(brackets - key);
    }
    *kind = dot ? SMINI_PLAN_OBJECT : SMINI_PLAN_VALUE;
    return dot ? (uint32_t)(dot - key) : (uint32_t)strlen(key);
}

/* Members of one group stand side by side in the table; each becomes part of the step before it. */
static bool joins_last(struct smini_plan *plan, const struct smini_plan_step *step)
{
    if (plan->step_count == 0 || (step->kind != SMINI_PLAN_OBJECT && step->kind != SMINI_PLAN_ITEMS))
        return false;
    struct smini_plan_step *last = &plan->steps[plan->step_count - 1];
    if (last->kind != step->kind || last->first + last->count != step->first ||
        last->key_length != step->key_length || memcmp(last->key, step->key, step->key_length) != 0)
        return false;
    last->count++;
    return true;
}

static const char *member_key(const char *key)
{
    const char *dot = strchr(key, '.');
    return dot ? dot + 1 : key;
}

/* Description `i` into a step, and what its values need to be written. */
static void index_field(struct smini_plan *plan, uint32_t i, const struct smin_field_desc *desc)
{
    struct smini_plan_step step = {.first = i, .count = 1, .key = desc->key};
    struct smini_plan_member *member = &plan->members[i];
    step.key_length = group_length(desc->key, &step.kind);
    if (!joins_last(plan, &step))
        plan->steps[plan->step_count++] = step;
    member->key = member_key(desc->key);
    member->key_length = (uint32_t)strlen(member->key);
    member->type = desc->type;
    member->step = (uint16_t)plan->step_count;
    member->chain = (uint16_t)(step.kind == SMINI_PLAN_ITEMS ? plan->steps[plan->step_count - 1].first : i);
}

static int32_t index_tables(struct smini_plan *plan)
{
    const struct smin_inspector *inspector = plan->inspector;
    for (uint32_t i = 0; i < inspector->field_count; i++) {
        const struct smin_field_desc *desc = smini_plan_field_desc(plan, i);
        if (desc->id >= SMIN_FIELD_SHARED && !desc->key)
            continue; /* for rules */
        if (desc->id > SMINI_PLAN_ID_MAX)
            return SMIN_E_MISUSE;
        plan->desc_of_id[desc->id] = (uint16_t)(i + 1);
        if (desc->key)
            index_field(plan, i, desc);
    }
    for (uint32_t i = 0; i < inspector->event_count; i++) {
        uint32_t id = event_desc(inspector, i)->id;
        if (id > SMINI_PLAN_ID_MAX)
            return SMIN_E_MISUSE;
        plan->event_of_id[id] = (uint16_t)(i + 1);
    }
    return SMIN_OK;
}

int32_t smini_plan_init(struct smini_plan *plan, struct smini_alloc *alloc, const struct smin_inspector *inspector)
{
    memset(plan, 0, sizeof(*plan));
    if (inspector->field_count > SMINI_PLAN_ID_MAX || inspector->event_count > SMINI_PLAN_ID_MAX)
        return SMIN_E_MISUSE;
    plan->inspector = inspector;
    plan->name_length = (uint32_t)strlen(inspector->name);
    plan->step_capacity = inspector->field_count + 1;
    plan->used_words = plan->step_capacity / 64 + 1;
    plan->steps = smini_alloc_array(alloc, plan->step_capacity, sizeof(*plan->steps));
    plan->members = smini_alloc_array(alloc, plan->step_capacity, sizeof(*plan->members));
    plan->desc_of_id = smini_alloc_array(alloc, SMINI_PLAN_ID_MAX + 1, sizeof(uint16_t));
    plan->event_of_id = smini_alloc_array(alloc, SMINI_PLAN_ID_MAX + 1, sizeof(uint16_t));
    plan->head = smini_alloc_array(alloc, plan->step_capacity, sizeof(uint16_t));
    plan->tail = smini_alloc_array(alloc, plan->step_capacity, sizeof(uint16_t));
    plan->next = smini_alloc_array(alloc, SMINI_PLAN_FIELDS_MAX, sizeof(uint16_t));
    plan->used = smini_alloc_array(alloc, plan->used_words, sizeof(uint64_t));
    int32_t status = SMIN_E_NOMEM;
    if (plan->steps && plan->members && plan->desc_of_id && plan->event_of_id && plan->head && plan->tail &&
        plan->next && plan->used)
        status = index_tables(plan);
    if (status != SMIN_OK)
        smini_plan_free(plan, alloc);
    return status;
}

void smini_plan_free(struct smini_plan *plan, struct smini_alloc *alloc)
{
    smini_alloc_free(alloc, plan->steps, plan->step_capacity * sizeof(*plan->steps));
    smini_alloc_free(alloc, plan->members, plan->step_capacity * sizeof(*plan->members));
    smini_alloc_free(alloc, plan->desc_of_id, (SMINI_PLAN_ID_MAX + 1) * sizeof(uint16_t));
    smini_alloc_free(alloc, plan->event_of_id, (SMINI_PLAN_ID_MAX + 1) * sizeof(uint16_t));
    smini_alloc_free(alloc, plan->head, plan->step_capacity * sizeof(uint16_t));
    smini_alloc_free(alloc, plan->tail, plan->step_capacity * sizeof(uint16_t));
    smini_alloc_free(alloc, plan->next, SMINI_PLAN_FIELDS_MAX * sizeof(uint16_t));
    smini_alloc_free(alloc, plan->used, plan->used_words * sizeof(uint64_t));
    memset(plan, 0, sizeof(*plan));
}

static void write_value(struct smini_json *json, uint32_t type, const struct smin_field *field)
{
    struct smini_span bytes = smini_span_make(field->bytes, field->size);
    switch (type) {
    case SMIN_TYPE_BOOL:
        smini_json_bool(json, field->number != 0);
        return;
    case SMIN_TYPE_TEXT:
        smini_json_text(json, bytes);
        return;
    case SMIN_TYPE_NUMBER:
        smini_json_number(json, field->number);
        return;
    case SMIN_TYPE_MAC:
        if (bytes.length == 6) {
            smini_json_mac(json, bytes.bytes);
            return;
        }
        break;
    case SMIN_TYPE_IPV4:
        if (bytes.length == 4) {
            smini_json_address(json, 4, bytes.bytes);
            return;
        }
        break;
    default:
        break;
    }
    smini_json_hex(json, bytes);
}

/* Groups the message's fields by description, and notes which steps have any. False when some had to be left out. */
static bool sort_fields(struct smini_plan *plan, const struct smin_message *message)
{
    memset(plan->head, 0, plan->step_capacity * sizeof(uint16_t));
    memset(plan->used, 0, plan->used_words * sizeof(uint64_t));
    uint32_t count = message->field_count < SMINI_PLAN_FIELDS_MAX ? message->field_count : SMINI_PLAN_FIELDS_MAX;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t id = smini_plan_field_at(message, i)->id;
        uint16_t desc = id <= SMINI_PLAN_ID_MAX ? plan->desc_of_id[id] : 0;
        if (desc == 0 || plan->members[desc - 1].step == 0)
            continue;
        const struct smini_plan_member *member = &plan->members[desc - 1];
        uint16_t chain = member->chain;
        plan->next[i] = 0;
        if (plan->head[chain])
            plan->next[plan->tail[chain] - 1] = (uint16_t)(i + 1);
        else
            plan->head[chain] = (uint16_t)(i + 1);
        plan->tail[chain] = (uint16_t)(i + 1);
        plan->used[(member->step - 1) / 64] |= (uint64_t)1 << ((member->step - 1) % 64);
    }
    return count == message->field_count;
}

static void write_list(struct smini_plan *plan, struct smini_json *json, const struct smin_message *message,
                       const struct smini_plan_step *step)
{
    uint32_t type = plan->members[step->first].type;
    smini_json_begin(json, '[');
    for (uint16_t i = plan->head[step->first]; i; i = plan->next[i - 1])
        write_value(json, type, smini_plan_field_at(message, i - 1U));
    smini_json_end(json, ']');
}

static void write_member(const struct smini_plan_member *member, struct smini_json *json,
                         const struct smin_field *field)
{
    smini_json_key_bytes(json, member->key, member->key_length);
    write_value(json, member->type, field);
}

static void write_object(struct smini_plan *plan, struct smini_json *json, const struct smin_message *message,
                         const struct smini_plan_step *step)
{
    smini_json_begin(json, '{');
    for (uint32_t d = step->first; d < step->first + step->count; d++)
        if (plan->head[d])
            write_member(&plan->members[d], json, smini_plan_field_at(message, plan->tail[d] - 1U));
    smini_json_end(json, '}');
}

/* The group's fields in their order on the wire; SMIN_FIELD_NEW_ITEM opens the next object. */
static void write_items(struct smini_plan *plan, struct smini_json *json, const struct smin_message *message,
                        const struct smini_plan_step *step)
{
    bool open = false;
    smini_json_begin(json, '[');
    for (uint16_t i = plan->head[step->first]; i; i = plan->next[i - 1]) {
        const struct smin_field *field = smini_plan_field_at(message, i - 1U);
        if (open && (field->flags & SMIN_FIELD_NEW_ITEM))
            smini_json_end(json, '}');
        if (!open || (field->flags & SMIN_FIELD_NEW_ITEM))
            smini_json_begin(json, '{');
        open = true;
        write_member(&plan->members[plan->desc_of_id[field->id] - 1], json, field);
    }
    if (open)
        smini_json_end(json, '}');
    smini_json_end(json, ']');
}

static void write_step(struct smini_plan *plan, struct smini_json *json, const struct smin_message *message,
                       const struct smini_plan_step *step)
{
    smini_json_key_bytes(json, step->key, step->key_length);
    if (step->kind == SMINI_PLAN_LIST)
        write_list(plan, json, message, step);
    else if (step->kind == SMINI_PLAN_OBJECT)
        write_object(plan, json, message, step);
    else if (step->kind == SMINI_PLAN_ITEMS)
        write_items(plan, json, message, step);
    else
        write_value(json, plan->members[step->first].type,
                    smini_plan_field_at(message, plan->tail[step->first] - 1U));
}

static void put_fields(struct smini_plan *plan, struct smini_json *json, const struct smin_message *message)
{
    bool all = sort_fields(plan, message);
    for (uint32_t word = 0; word < plan->used_words; word++)
        for (uint64_t left = plan->used[word]; left; left &= left - 1)
            write_step(plan, json, message, &plan->steps[word * 64 + (uint32_t)__builtin_ctzll(left)]);
    if (!all)
        smini_json_key_bool(json, "fields_cut", true);
}

static void put_events(struct smini_json *json, const struct smini_plan *plan, const struct smin_message *message)
{
    if (message->event_count == 0)
        return;
    smini_json_key(json, "events");
    smini_json_begin(json, '[');
    for (uint32_t i = 0; i < message->event_count; i++) {
        const struct smin_event_desc *desc = smini_plan_event(plan, smini_plan_event_at(message, i)->id);
        if (desc)
            smini_json_string(json, desc->name);
    }
    smini_json_end(json, ']');
}

void smini_plan_write_object(struct smini_plan *plan, struct smini_json *json, const struct smin_message *message)
{
    smini_json_begin(json, '{');
    smini_json_key_literal(json, "direction", message->direction == SMIN_TO_SERVER ? "to_server" : "to_client");
    smini_json_key_number(json, "offset", message->offset);
    if (message->kind == SMIN_KIND_TRAILER)
        smini_json_key_literal(json, "kind", "trailer");
    else if (message->kind == SMIN_KIND_STREAM)
        smini_json_key_literal(json, "kind", "stream");
    if (message->kind == SMIN_KIND_MESSAGE)
        smini_json_key_bool(json, "complete", (message->flags & SMIN_MESSAGE_COMPLETE) != 0);
    if (message->flags & SMIN_MESSAGE_HOLE)
        smini_json_key_bool(json, "hole", true);
    if (message->flags & SMIN_MESSAGE_LIMIT)
        smini_json_key_bool(json, "limit", true);
    put_fields(plan, json, message);
    put_events(json, plan, message);
    smini_json_end(json, '}');
}
