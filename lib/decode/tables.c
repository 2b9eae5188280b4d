/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/ids.h"

static const struct smin_field_desc fields[] = {
#define SMINI_FIELD(number, constant, kind, field_name, record_key, text) \
    {.id = (number), .type = SMIN_TYPE_##kind, .name = (field_name), .key = (record_key), .meaning = (text)},
#include "decode/field.def"
#undef SMINI_FIELD
};

static const struct smin_event_desc events[] = {
#define SMINI_EVENT(number, constant, level, event_name, source, text)                                        \
    {.id = (number), .severity = SMIN_SEVERITY_##level, .name = (event_name), .meaning = (text), .reference = (source)},
#include "decode/event.def"
#undef SMINI_EVENT
};

static const struct smin_message_desc messages[] = {
#define SMINI_MESSAGE(number, constant, from, type, side, message_name, smallest, largest, text) \
    {.id = (number), .direction = SMIN_##side, .name = (message_name), .meaning = (text)},
#include "decode/message.def"
#undef SMINI_MESSAGE
};

#define COUNT(table) ((uint32_t)(sizeof(table) / sizeof((table)[0])))

const struct smin_field_desc *smini_field_table(uint32_t *count)
{
    *count = COUNT(fields);
    return fields;
}

const struct smin_event_desc *smini_event_table(uint32_t *count)
{
    *count = COUNT(events);
    return events;
}

const struct smin_message_desc *smini_message_table(uint32_t *count)
{
    *count = COUNT(messages);
    return messages;
}
