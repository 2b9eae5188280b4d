/* SPDX-License-Identifier: BSD-2-Clause */
/* How the fields of an inspector become the members of one JSON object; made once per inspector. */
#ifndef SMINI_MESSAGE_PLAN_H
#define SMINI_MESSAGE_PLAN_H

#include "record/write_json.h"
#include "smin/abi.h"

enum {
    /* Field and event ids above it are not numbered densely; the tables would waste memory. */
    SMINI_PLAN_ID_MAX = 1023,
    /* Far above what a decoder reports for one message; the rest is left out and "fields_cut" says so. */
    SMINI_PLAN_FIELDS_MAX = 1024
};

enum smini_plan_kind {
    SMINI_PLAN_VALUE,  /* "from": the last value stands */
    SMINI_PLAN_LIST,   /* "urls[]": an array of every value */
    SMINI_PLAN_OBJECT, /* "reload.now", "reload.hours": one object */
    SMINI_PLAN_ITEMS   /* "tlvs[].type", "tlvs[].length": an array of objects */
};

struct smini_plan_step {
    enum smini_plan_kind kind;
    uint32_t first; /* descriptions it covers, in the inspector's table */
    uint32_t count;
    const char *key; /* of the member; for groups only the part before the dot counts */
    uint32_t key_length;
};

/* A description, as writing needs it. */
struct smini_plan_member {
    const char *key; /* behind the dot, inside an object */
    uint32_t key_length;
    uint32_t type;
    uint16_t step; /* + 1; 0: not written */
    uint16_t chain; /* description whose list its fields join: its own, or for items that of the group */
};

struct smini_plan {
    const struct smin_inspector *inspector;
    uint32_t name_length;
    struct smini_plan_member *members;
    struct smini_plan_step *steps;
    uint32_t step_count;
    uint32_t step_capacity;
    uint16_t *desc_of_id;  /* field id to description + 1 */
    uint16_t *event_of_id; /* event id to description + 1 */
    /* Scratch of one message: per description the fields that carry it, in their order. */
    uint16_t *head, *tail; /* field index + 1 */
    uint16_t *next;
    uint64_t *used; /* a bit per step: has fields */
    uint32_t used_words;
};

/* SMIN_OK, SMIN_E_NOMEM, SMIN_E_MISUSE. */
int32_t smini_plan_init(struct smini_plan *plan, struct smini_alloc *alloc, const struct smin_inspector *inspector);
void smini_plan_free(struct smini_plan *plan, struct smini_alloc *alloc);

const struct smin_field_desc *smini_plan_field_desc(const struct smini_plan *plan, uint32_t index);
/* NULL for an id that is not in the table. */
const struct smin_event_desc *smini_plan_event(const struct smini_plan *plan, uint32_t id);
/* NULL likewise. */
const struct smin_message_desc *smini_plan_message(const struct smini_plan *plan, uint32_t id);

static inline const struct smin_field *smini_plan_field_at(const struct smin_message *message, uint32_t index)
{
    return (const struct smin_field *)(const void *)((const char *)message->fields +
                                                     (size_t)index * message->field_stride);
}

static inline const struct smin_event *smini_plan_event_at(const struct smin_message *message, uint32_t index)
{
    return (const struct smin_event *)(const void *)((const char *)message->events +
                                                     (size_t)index * message->event_stride);
}

/* Writes `message` as one object: direction, offset, what it is, its fields, the names of its events. */
void smini_plan_write_object(struct smini_plan *plan, struct smini_json *json, const struct smin_message *message);

#endif
