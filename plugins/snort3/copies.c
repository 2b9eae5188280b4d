/* SPDX-License-Identifier: BSD-2-Clause */
#include "snort3/copies.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "host/describe.h"

static bool lies_inside(const struct smin_message *message, const struct smin_field *field)
{
    uintptr_t begin = (uintptr_t)message->bytes;
    uintptr_t at = (uintptr_t)field->bytes;
    return message->bytes && at >= begin && at - begin <= message->size && field->size <= message->size - (at - begin);
}

static size_t values_size(const struct smin_message *message)
{
    size_t size = 0;
    for (uint32_t i = 0; i < message->field_count; i++) {
        const struct smin_field *field = smini_message_field(message, i);
        if (field->bytes && !lies_inside(message, field))
            size += field->size;
    }
    return size;
}

/* Fields of this version's size: a newer inspector's may be larger. */
static uint8_t *copy_fields(const struct smin_message *from, struct smin_message *to, uint8_t *room)
{
    struct smin_field *fields = (struct smin_field *)(void *)room;
    uint8_t *bytes = room + from->field_count * sizeof(*fields) + from->event_count * sizeof(struct smin_event);
    uint8_t *values = bytes + from->size;
    if (from->size > 0)
        memcpy(bytes, from->bytes, (size_t)from->size);
    for (uint32_t i = 0; i < from->field_count; i++) {
        const struct smin_field *field = smini_message_field(from, i);
        fields[i] = *field;
        if (!field->bytes)
            continue;
        if (lies_inside(from, field)) {
            fields[i].bytes = bytes + (field->bytes - from->bytes);
            continue;
        }
        memcpy(values, field->bytes, field->size);
        fields[i].bytes = values;
        values += field->size;
    }
    to->fields = fields;
    to->field_stride = sizeof(*fields);
    to->bytes = bytes;
    return room + from->field_count * sizeof(*fields);
}

static void copy_events(const struct smin_message *from, struct smin_message *to, uint8_t *room)
{
    struct smin_event *events = (struct smin_event *)(void *)room;
    for (uint32_t i = 0; i < from->event_count; i++)
        events[i] = *smini_message_event(from, i);
    to->events = events;
    to->event_stride = sizeof(*events);
}

int32_t smini_copies_add(struct smini_copies *copies, const struct smin_message *message)
{
    if (copies->count == SMINI_COPIES_MAX)
        return SMIN_E_LIMIT;
    size_t size = sizeof(struct smini_copy) + message->field_count * sizeof(struct smin_field) +
                  message->event_count * sizeof(struct smin_event) + (size_t)message->size + values_size(message);
    struct smini_copy *copy = malloc(size);
    if (!copy)
        return SMIN_E_NOMEM;
    memset(copy, 0, sizeof(*copy));
    copy->size = size;
    size_t known = message->struct_size < sizeof(*message) ? message->struct_size : sizeof(*message);
    memcpy(&copy->message, message, known);
    copy->message.struct_size = (uint32_t)known;
    copy_events(message, &copy->message, copy_fields(message, &copy->message, (uint8_t *)(copy + 1)));
    if (copies->last)
        copies->last->next = copy;
    else
        copies->first = copy;
    copies->last = copy;
    copies->count++;
    return SMIN_OK;
}

void smini_copies_clear(struct smini_copies *copies)
{
    while (copies->first) {
        struct smini_copy *copy = copies->first;
        copies->first = copy->next;
        free(copy);
    }
    copies->last = NULL;
    copies->count = 0;
}
