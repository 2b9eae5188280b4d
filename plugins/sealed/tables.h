/* SPDX-License-Identifier: BSD-2-Clause */
/* Ids and names of what the inspector tells. */
#ifndef SMINI_SEALED_TABLES_H
#define SMINI_SEALED_TABLES_H

#include "smin/abi.h"

enum {
    SMINI_SEALED_FIELD_PROTOCOL = 1,
    SMINI_SEALED_FIELD_SSH_CLIENT,
    SMINI_SEALED_FIELD_SSH_SERVER,
    SMINI_SEALED_FIELD_TLS_SNI,
    SMINI_SEALED_FIELD_TLS_VERSION,
    SMINI_SEALED_FIELD_TO_SERVER,
    SMINI_SEALED_FIELD_TO_CLIENT,
    SMINI_SEALED_FIELD_GAPS
};

enum { SMINI_SEALED_EVENT_OTHER_PROTOCOL = 1, SMINI_SEALED_EVENT_DATA_GAP };

enum { SMINI_SEALED_MESSAGE_TRANSFER = 1 };

enum { SMINI_SEALED_FIELD_COUNT = 8, SMINI_SEALED_EVENT_COUNT = 2, SMINI_SEALED_MESSAGE_COUNT = 1 };

extern const struct smin_field_desc smini_sealed_fields[SMINI_SEALED_FIELD_COUNT];
extern const struct smin_event_desc smini_sealed_events[SMINI_SEALED_EVENT_COUNT];
extern const struct smin_message_desc smini_sealed_messages[SMINI_SEALED_MESSAGE_COUNT];

#endif
