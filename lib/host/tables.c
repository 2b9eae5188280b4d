/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/tables.h"

#include <stdalign.h>
#include <stdbool.h>
#include <string.h>

#include "host/limits.h"
#include "host/reason.h"
#include "host/wellformed.h"

/* What the three tables have in common. */
struct table {
    const char *inspector_id;
    const char *kind; /* "field", "event", "message" */
    const void *elements;
    uint32_t count;
    uint16_t stride;
    size_t smallest; /* bytes that an element of this major has at least */
    uint32_t (*id)(const void *element);
    const char *(*name)(const void *element);
    const char *(*fault)(const void *element); /* NULL: none */
};

static const void *element_at(const struct table *table, uint32_t index)
{
    return (const uint8_t *)table->elements + (size_t)index * table->stride;
}

static uint32_t field_id(const void *element)
{
    return ((const struct smin_field_desc *)element)->id;
}

static const char *field_name(const void *element)
{
    return ((const struct smin_field_desc *)element)->name;
}

static const char *field_fault(const void *element)
{
    const struct smin_field_desc *field = element;
    if (!smini_wellformed_dotted(field->name))
        return "its name is not like \"smin.url\"";
    if (field->type < SMIN_TYPE_NUMBER || field->type > SMIN_TYPE_DIGEST)
        return "its type is not one of SMIN_TYPE_*";
    if (field->key && !smini_wellformed_key(field->key))
        return "its record key is not like \"urls[]\" or \"reload.now\"";
    if (!smini_wellformed_line(field->meaning))
        return "its meaning is not one line of text";
    return NULL;
}

static uint32_t event_id(const void *element)
{
    return ((const struct smin_event_desc *)element)->id;
}

static const char *event_name(const void *element)
{
    return ((const struct smin_event_desc *)element)->name;
}

static const char *event_fault(const void *element)
{
    const struct smin_event_desc *event = element;
    if (!smini_wellformed_name(event->name))
        return "its name is not like \"length_overstated\"";
    if (event->severity > SMIN_SEVERITY_CRITICAL)
        return "its severity is not one of SMIN_SEVERITY_*";
    if (!smini_wellformed_line(event->meaning))
        return "its meaning is not one line of text";
    if (event->reference && !smini_wellformed_line(event->reference))
        return "its reference is not one line of text";
    return NULL;
}

static uint32_t message_id(const void *element)
{
    return ((const struct smin_message_desc *)element)->id;
}

static const char *message_name(const void *element)
{
    return ((const struct smin_message_desc *)element)->name;
}

static const char *message_fault(const void *element)
{
    const struct smin_message_desc *message = element;
    if (!smini_wellformed_name(message->name))
        return "its name is not like \"backup_request\"";
    if (message->direction > SMIN_EITHER)
        return "its direction is not SMIN_TO_SERVER, SMIN_TO_CLIENT or SMIN_EITHER";
    if (!smini_wellformed_line(message->meaning))
        return "its meaning is not one line of text";
    return NULL;
}

static int32_t judge_shape(const struct table *table, char *reason)
{
    if (table->count > SMINI_HOST_TABLE_ELEMENTS)
        return smini_reason_say(reason, SMIN_E_MISUSE, "%s: %u elements in the %s table, at most %u are taken",
                                table->inspector_id, (unsigned)table->count, table->kind, SMINI_HOST_TABLE_ELEMENTS);
    if (!table->elements)
        return smini_reason_say(reason, SMIN_E_MISUSE, "%s: the %s table is NULL but has %u elements",
                                table->inspector_id, table->kind, (unsigned)table->count);
    if (table->stride < table->smallest || table->stride > SMINI_HOST_STRIDE_BYTES ||
        table->stride % alignof(void *) != 0)
        return smini_reason_say(reason, SMIN_E_MISUSE,
                                "%s: the stride of the %s table is %u; set it to the size of the element (%zu here)",
                                table->inspector_id, table->kind, (unsigned)table->stride, table->smallest);
    if ((uintptr_t)table->elements % alignof(void *) != 0)
        return smini_reason_say(reason, SMIN_E_MISUSE, "%s: the %s table is not aligned", table->inspector_id,
                                table->kind);
    return SMIN_OK;
}

static int32_t judge_element(const struct table *table, uint32_t index, char *reason)
{
    const void *element = element_at(table, index);
    const char *fault = table->fault(element);
    if (fault)
        return smini_reason_say(reason, SMIN_E_MISUSE, "%s: element %u of the %s table: %s", table->inspector_id,
                                (unsigned)index, table->kind, fault);
    if (table->id(element) == 0)
        return smini_reason_say(reason, SMIN_E_MISUSE, "%s: %s \"%s\" has the number 0, which means none",
                                table->inspector_id, table->kind, table->name(element));
    for (uint32_t i = 0; i < index; i++) {
        const void *earlier = element_at(table, i);
        if (table->id(earlier) == table->id(element))
            return smini_reason_say(reason, SMIN_E_MISUSE, "%s: %s number %u is given twice, to \"%s\" and \"%s\"",
                                    table->inspector_id, table->kind, (unsigned)table->id(element),
                                    table->name(earlier), table->name(element));
        if (strcmp(table->name(earlier), table->name(element)) == 0)
            return smini_reason_say(reason, SMIN_E_MISUSE, "%s: two elements of the %s table are named \"%s\"",
                                    table->inspector_id, table->kind, table->name(element));
    }
    return SMIN_OK;
}

static int32_t judge_table(const struct table *table, char *reason)
{
    if (table->count == 0)
        return SMIN_OK;
    int32_t status = judge_shape(table, reason);
    for (uint32_t i = 0; status == SMIN_OK && i < table->count; i++)
        status = judge_element(table, i, reason);
    return status;
}

int32_t smini_tables_judge(const struct smin_inspector *inspector, char *reason)
{
    const struct table tables[] = {
        {inspector->id, "field", inspector->fields, inspector->field_count, inspector->field_stride,
         sizeof(struct smin_field_desc), field_id, field_name, field_fault},
        {inspector->id, "event", inspector->events, inspector->event_count, inspector->event_stride,
         sizeof(struct smin_event_desc), event_id, event_name, event_fault},
        {inspector->id, "message", inspector->messages, inspector->message_count, inspector->message_stride,
         sizeof(struct smin_message_desc), message_id, message_name, message_fault},
    };
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        int32_t status = judge_table(&tables[i], reason);
        if (status != SMIN_OK)
            return status;
    }
    return SMIN_OK;
}
