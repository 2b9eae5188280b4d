/* SPDX-License-Identifier: BSD-2-Clause */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "suricata8/record.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "host/limits.h"
#include "suricata8/adapter.h"
#include "suricata8/log.h"
#include "suricata8/own_alerts.h"
#include "suricata8/transaction.h"

/*
 * A record holds texts of one message, of which a decoder retains a bounded part; each byte becomes six characters at
 * most. An object beyond this is not written, which is counted.
 */
#define RECORD_BYTES_MAX ((size_t)64 << 20)

/* Objects are some hundred bytes; larger ones go to the text in pieces. */
enum { PIECE_BYTES = 4096 };

static int keep(void *user, const uint8_t *bytes, size_t length)
{
    struct smini_suricata_slot *slot = user;
    return smini_bytebuf_add(&slot->text, smini_span_make(bytes, length)) == SMIN_OK ? 0 : ENOMEM;
}

int32_t smini_suricata_record_open(struct smini_suricata_slot *slot, const struct smin_inspector *inspector)
{
    struct smini_json_output output = {.write = keep, .user = slot};
    smini_alloc_init(&slot->alloc, 0);
    smini_bytebuf_init(&slot->text, &slot->alloc, RECORD_BYTES_MAX);
    int32_t status = smini_plan_init(&slot->plan, &slot->alloc, inspector);
    return status == SMIN_OK ? smini_json_init(&slot->json, &slot->alloc, PIECE_BYTES, &output) : status;
}

void smini_suricata_record_close(struct smini_suricata_slot *slot)
{
    if (!slot->text.alloc)
        return;
    smini_plan_free(&slot->plan, &slot->alloc);
    smini_json_free(&slot->json);
    smini_bytebuf_free(&slot->text);
}

/* "name_alerts":[...] */
static void render_alerts(struct smini_suricata_slot *slot, const struct smin_output *output)
{
    char key[SMINI_HOST_NAME_CHARS + sizeof("_alerts")];
    snprintf(key, sizeof(key), "%s_alerts", slot->plan.inspector->name);
    smini_json_key(&slot->json, key);
    smini_suricata_own_alerts_write(&slot->json, output);
}

/* "name":{...}, what the inspector's own matcher said of it, and a NUL, in slot->text. */
static bool render(struct smini_suricata_slot *slot, const struct smin_output *output)
{
    struct smini_json *json = &slot->json;
    smini_bytebuf_clear(&slot->text);
    json->error = 0;
    json->comma = false;
    smini_json_key(json, slot->plan.inspector->name);
    smini_plan_write_object(&slot->plan, json, output->message);
    if (output->alert_count > 0)
        render_alerts(slot, output);
    smini_json_raw(json, "", 1);
    smini_json_flush(json);
    return json->error == 0;
}

/*
 * The engine calls the same function for a record of its own and for an alert's. It has written what kind of record it is,
 * and no text before that can look the same: quotes are escaped inside.
 */
static bool is_own_record(struct smini_engine_json *json, const char *name)
{
    char kind[SMIN_HOST_REASON_BYTES];
    int length = snprintf(kind, sizeof(kind), "\"event_type\":\"%s\"", name);
    const uint8_t *text = SCJbPtr(json);
    return text && memmem(text, SCJbLen(json), kind, (size_t)length);
}

/* What a stream says of itself is no message, but it is what an alert may be about: the engine's, or our own. */
static bool has_object(const struct smini_suricata_transaction *transaction, struct smini_engine_json *json)
{
    if (transaction->open)
        return false;
    return transaction->message.kind != SMIN_KIND_STREAM || transaction->output.alert_count > 0 ||
           !is_own_record(json, smini_suricata_adapter.session.inspector->name);
}

bool smini_suricata_record_write(const void *transaction, void *json)
{
    const struct smini_suricata_transaction *said = transaction;
    if (!has_object(said, json))
        return false;
    struct smini_suricata_slot *slot = smini_suricata_slot_mine(&smini_suricata_adapter.slots);
    if (!slot)
        return false;
    smini_suricata_slot_lock(slot);
    bool written = render(slot, &said->output) && SCJbSetFormatted(json, (const char *)slot->text.bytes);
    if (!written)
        slot->counters.own[SMINI_SURICATA_RECORDS_LOST]++;
    smini_suricata_slot_unlock(slot);
    return written;
}
