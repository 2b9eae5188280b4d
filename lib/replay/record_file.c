/* SPDX-License-Identifier: BSD-2-Clause */
/* A file that moved, as Suricata tells it, and what ordered it. */
#include <stdio.h>

#include "replay/record_internal.h"
#include "smin/abi_ext.h"

static const char *state_name(uint32_t state)
{
    if (state == 0)
        return "UNKNOWN"; /* as Suricata has it: still under way */
    return state == SMIN_FILE_CLOSED || state == SMIN_FILE_UNCONFIRMED ? "CLOSED" : "TRUNCATED";
}

/* Keys are named after the inspector whose message it was: "smin_flow_id". */
static void put_cause(struct smini_json *json, const struct smini_cause *cause)
{
    char key[SMINI_FILE_KEY_BYTES];
    if (!cause->inspector)
        return;
    (void)snprintf(key, sizeof(key), "%s_flow_id", cause->inspector->name);
    smini_json_key_number(json, key, cause->flow_id);
    if (cause->message == UINT64_MAX)
        return;
    (void)snprintf(key, sizeof(key), "%s_tx_id", cause->inspector->name);
    smini_json_key_number(json, key, cause->message);
}

/* What moved was seen, and cannot be read: so many bytes, and nothing about them. */
static void put_sealed(struct smini_json *json, const struct smini_file_view *file)
{
    smini_json_key_bool(json, "gaps", false);
    smini_json_key_string(json, "state", "TRUNCATED");
    smini_json_key_bool(json, "sealed", true);
    smini_json_key_bool(json, "stored", false);
    smini_json_key_number(json, "size", file->gap_bytes);
}

static void put_readable(struct smini_json *json, const struct smini_file_view *file)
{
    smini_json_key_bool(json, "gaps", file->gap_bytes != 0);
    smini_json_key_string(json, "state", state_name(file->state));
    if (file->state == SMIN_FILE_UNCONFIRMED)
        smini_json_key_bool(json, "confirmed", false);
    if (file->state == SMIN_FILE_REFUSED)
        smini_json_key_bool(json, "refused", true);
    if (file->type)
        smini_json_key_string(json, "type", file->type);
    bool nothing = file->size == 0 && (file->state == SMIN_FILE_TRUNCATED || file->state == SMIN_FILE_REFUSED);
    if (file->state != 0 && !nothing) {
        smini_json_key(json, "md5");
        smini_json_hex(json, smini_span_make(file->md5, sizeof(file->md5)));
        smini_json_key(json, "sha256");
        smini_json_hex(json, smini_span_make(file->sha256, sizeof(file->sha256)));
    }
    smini_json_key_bool(json, "stored", file->state != 0 && file->stored == SMINI_STORED_YES);
    smini_json_key_number(json, "size", file->size);
    if (file->gap_bytes)
        smini_json_key_number(json, "gap_bytes", file->gap_bytes);
    if (file->decoded)
        smini_json_key_bool(json, "decoded", true);
}

void smini_record_fileinfo(struct smini_json *json, const struct smin_inspector *inspector,
                           const struct smini_file_view *file)
{
    smini_json_key(json, "fileinfo");
    smini_json_begin(json, '{');
    if (file->name.bytes) {
        smini_json_key(json, "filename");
        smini_json_text(json, file->name);
    }
    if (file->name_cut)
        smini_json_key_bool(json, "filename_cut", true);
    if (file->state == SMIN_FILE_SEALED)
        put_sealed(json, file);
    else
        put_readable(json, file);
    if (file->declared != UINT64_MAX)
        smini_json_key_number(json, "declared_size", file->declared);
    smini_json_key_string(json, "protocol", inspector->name);
    bool to_server = (file->direction == SMIN_TO_SERVER) != file->asked_by_server;
    smini_json_key_literal(json, "direction", to_server ? "to_server" : "to_client");
    smini_json_key(json, "start");
    smini_json_time(json, file->first_ns);
    if (file->first_packet)
        smini_json_key_number(json, "start_cnt", file->first_packet);
    put_cause(json, &file->cause);
    smini_json_end(json, '}');
}

void smini_record_file(struct smini_record *record, const struct smin_inspector *inspector,
                       const struct smini_flow_view *flow, const struct smini_file_view *file)
{
    struct smini_json *json = &record->json;
    smini_record_note_time(record, file->last_ns);
    smini_record_head(record, file->last_ns, file->last_packet, "fileinfo", flow,
                      file->direction == SMIN_TO_SERVER ? SMINI_SENDER_CLIENT : SMINI_SENDER_SERVER);
    smini_json_key_string(json, "app_proto", inspector->name);
    smini_record_fileinfo(json, inspector, file);
    smini_record_tail(record);
}
