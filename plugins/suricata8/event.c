/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/event.h"

#include <string.h>

#include "host/describe.h"
#include "suricata8/adapter.h"

static const struct smin_inspector *inspector(void)
{
    return smini_suricata_adapter.session.inspector;
}

static uint32_t known_events(void)
{
    uint32_t count = inspector()->event_count;
    return count < SMINI_SURICATA_EVENTS_MAX ? count : SMINI_SURICATA_EVENTS_MAX;
}

uint32_t smini_suricata_events_beyond(const struct smin_inspector *of)
{
    return of->event_count > SMINI_SURICATA_EVENTS_MAX ? of->event_count - SMINI_SURICATA_EVENTS_MAX : 0;
}

int smini_suricata_event_by_name(const char *name, uint8_t *id, int *type)
{
    for (uint32_t i = 0; i < known_events(); i++)
        if (strcmp(smini_describe_event(inspector(), i)->name, name) == 0) {
            *id = (uint8_t)i;
            *type = SMINI_ENGINE_EVENT_OF_TRANSACTION;
            return 0;
        }
    return -1;
}

int smini_suricata_event_by_id(uint8_t id, const char **name, int *type)
{
    if (id >= known_events())
        return -1;
    *name = smini_describe_event(inspector(), id)->name;
    *type = SMINI_ENGINE_EVENT_OF_TRANSACTION;
    return 0;
}

void smini_suricata_events_set(struct smini_suricata_transaction *transaction)
{
    uint64_t set[SMINI_SURICATA_EVENTS_MAX / 64] = {0};
    for (uint32_t i = 0; i < transaction->message.event_count; i++) {
        uint32_t id = smini_message_event(&transaction->message, i)->id;
        for (uint32_t place = 0; place < known_events(); place++) {
            if (smini_describe_event(inspector(), place)->id != id)
                continue;
            if (!(set[place / 64] >> (place % 64) & 1))
                AppLayerDecoderEventsSetEventRaw(&transaction->data.events, (uint8_t)place);
            set[place / 64] |= (uint64_t)1 << (place % 64);
            break;
        }
    }
}
