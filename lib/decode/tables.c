/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/ids.h"

const struct smin_field_desc smini_fields[SMINI_FIELD_COUNT] = {
#define SMINI_FIELD(number, constant, kind, field_name, record_key, text) \
    {.id = (number), .type = SMIN_TYPE_##kind, .name = (field_name), .key = (record_key), .meaning = (text)},
#include "decode/field.def"
#undef SMINI_FIELD
};

const struct smin_event_desc smini_events[SMINI_EVENT_COUNT] = {
#define SMINI_EVENT(number, constant, level, event_name, source, text)                                        \
    {.id = (number), .severity = SMIN_SEVERITY_##level, .name = (event_name), .meaning = (text), .reference = (source)},
#include "decode/event.def"
#undef SMINI_EVENT
};

const struct smin_message_desc smini_messages[SMINI_MESSAGE_COUNT] = {
#define SMINI_MESSAGE(number, constant, from, type, side, message_name, smallest, largest, text) \
    {.id = (number), .direction = SMIN_##side, .name = (message_name), .meaning = (text)},
#include "decode/message.def"
#undef SMINI_MESSAGE
};

const struct smin_field_desc *smini_field_table(uint32_t *count)
{
    *count = SMINI_FIELD_COUNT;
    return smini_fields;
}

const struct smin_event_desc *smini_event_table(uint32_t *count)
{
    *count = SMINI_EVENT_COUNT;
    return smini_events;
}

const struct smin_message_desc *smini_message_table(uint32_t *count)
{
    *count = SMINI_MESSAGE_COUNT;
    return smini_messages;
}
