/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers of fields, events and messages, from the three lists. */
#ifndef SMINI_DECODE_IDS_H
#define SMINI_DECODE_IDS_H

#include "smin/field.h"

/* SMINI_FIELD_URL, ... */
enum {
#define SMINI_FIELD(number, constant, type, name, key, meaning) SMINI_FIELD_##constant = (number),
#include "decode/field.def"
#undef SMINI_FIELD
};

/* SMINI_EVENT_GAP, ... */
enum {
#define SMINI_EVENT(number, constant, severity, name, reference, meaning) SMINI_EVENT_##constant = (number),
#include "decode/event.def"
#undef SMINI_EVENT
};

/* SMINI_MESSAGE_EXECUTE, ... */
enum {
#define SMINI_MESSAGE(number, constant, from, type, direction, name, smallest, largest, meaning) \
    SMINI_MESSAGE_##constant = (number),
#include "decode/message.def"
#undef SMINI_MESSAGE
};

/* How many lines each list has. */
enum {
    SMINI_FIELD_COUNT = 0
#define SMINI_FIELD(number, constant, type, name, key, meaning) +1
#include "decode/field.def"
#undef SMINI_FIELD
};
enum {
    SMINI_EVENT_COUNT = 0
#define SMINI_EVENT(number, constant, severity, name, reference, meaning) +1
#include "decode/event.def"
#undef SMINI_EVENT
};
enum {
    SMINI_MESSAGE_COUNT = 0
#define SMINI_MESSAGE(number, constant, from, type, direction, name, smallest, largest, meaning) +1
#include "decode/message.def"
#undef SMINI_MESSAGE
};

/* The lists as tables; objects and not only functions, so that a constant table can point at them. */
extern const struct smin_field_desc smini_fields[SMINI_FIELD_COUNT];
extern const struct smin_event_desc smini_events[SMINI_EVENT_COUNT];
extern const struct smin_message_desc smini_messages[SMINI_MESSAGE_COUNT];

/* The lists as tables; constant, for ever. */
const struct smin_field_desc *smini_field_table(uint32_t *count);
const struct smin_event_desc *smini_event_table(uint32_t *count);
const struct smin_message_desc *smini_message_table(uint32_t *count);

#endif
