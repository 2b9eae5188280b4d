/* SPDX-License-Identifier: BSD-2-Clause */
/* Devices and incidents as records. */
#include "tool.h"

static void put_texts(struct smini_json *json, const char *key, const struct smini_text_list *texts)
{
    smini_json_key(json, key);
    smini_json_begin(json, '[');
    for (uint32_t i = 0; i < texts->count; i++)
        smini_json_text(json, texts->items[i]);
    smini_json_end(json, ']');
}

static void put_head(struct smini_json *json, const char *event_type, uint64_t time_ns)
{
    smini_json_begin(json, '{');
    smini_json_key(json, "timestamp");
    smini_json_time(json, time_ns);
    smini_json_key_string(json, "event_type", event_type);
    smini_json_key(json, event_type);
    smini_json_begin(json, '{');
}

static void put_tail(struct smini_json *json)
{
    smini_json_end(json, '}');
    smini_json_end(json, '}');
}

void smini_report_device(struct smini_json *json, const struct smini_device *device)
{
    put_head(json, "device", device->last_ns);
    smini_json_key(json, "ip");
    smini_json_address(json, device->address.version, device->address.bytes);
    smini_json_key_string(json, "role", smini_incident_role_text(device->role));
    smini_json_key_string(json, "state", smini_incident_state_text(device->state));
    if (device->port)
        smini_json_key_number(json, "port", device->port);
    put_texts(json, "evidence", &device->evidence);
    put_tail(json);
}

static void put_messages(struct smini_json *json, const struct smini_incident *incident)
{
    smini_json_key(json, "messages");
    smini_json_begin(json, '[');
    for (uint32_t i = 0; i < incident->message_count; i++) {
        const struct smini_incident_reference *reference = &incident->messages[i];
        smini_json_begin(json, '{');
        smini_json_key(json, "timestamp");
        smini_json_time(json, reference->time_ns);
        smini_json_key_string(json, "pcap_filename", reference->capture);
        smini_json_key_number(json, "pcap_cnt", reference->packet);
        smini_json_key_number(json, "flow_id", reference->flow_id);
        smini_json_key_string(json, "name", reference->name);
        smini_json_end(json, '}');
    }
    smini_json_end(json, ']');
    smini_json_key_number(json, "message_count", incident->message_total);
}

static void put_techniques(struct smini_json *json, const struct smini_incident *incident)
{
    smini_json_key(json, "techniques");
    smini_json_begin(json, '[');
    for (int i = 0; i < SMINI_INCIDENT_TECHNIQUES_MAX && incident->techniques[i]; i++)
        smini_json_string(json, incident->techniques[i]);
    smini_json_end(json, ']');
    smini_json_key(json, "cves");
    smini_json_begin(json, '[');
    if (incident->cve)
        smini_json_string(json, incident->cve);
    smini_json_end(json, ']');
}

static void put_nothing(struct smini_json *json, const char *key)
{
    smini_json_key(json, key);
    smini_json_begin(json, '[');
    smini_json_end(json, ']');
}

static const char *transfer_state(uint8_t state)
{
    return state == SMINI_TRANSFER_CLOSED || state == SMINI_TRANSFER_UNCONFIRMED ? "CLOSED" : "TRUNCATED";
}

static void put_files(struct smini_json *json, const struct smini_incident *incident)
{
    smini_json_key(json, "files");
    smini_json_begin(json, '[');
    for (uint32_t i = 0; i < incident->file_count; i++) {
        const struct smini_incident_file *file = &incident->files[i];
        smini_json_begin(json, '{');
        smini_json_key(json, "timestamp");
        smini_json_time(json, file->time_ns);
        smini_json_key_string(json, "pcap_filename", file->capture);
        smini_json_key_number(json, "pcap_cnt", file->packet);
        smini_json_key_number(json, "flow_id", file->flow_id);
        smini_json_key(json, "protocol");
        smini_json_text(json, file->protocol);
        smini_json_key(json, "filename");
        smini_json_text(json, file->name);
        smini_json_key_string(json, "state", transfer_state(file->state));
        smini_json_key_bool(json, "gaps", file->gap_bytes != 0);
        smini_json_key_number(json, "size", file->size);
        if (file->has_digest) {
            smini_json_key(json, "sha256");
            smini_json_hex(json, smini_span_make(file->sha256, sizeof(file->sha256)));
        }
        smini_json_end(json, '}');
    }
    smini_json_end(json, ']');
}

void smini_report_incident(struct smini_json *json, const struct smini_incident *incident)
{
    put_head(json, "incident", incident->last_ns);
    smini_json_key_string(json, "id", incident->id);
    smini_json_key_string(json, "verdict", smini_incident_verdict_text(incident->verdict));
    smini_json_key_string(json, "outcome", smini_incident_outcome_text(incident->outcome));
    smini_json_key_string(json, "severity", smini_incident_severity_text(incident->severity));
    smini_json_key(json, "actor_ip");
    smini_json_address(json, incident->actor.version, incident->actor.bytes);
    smini_json_key(json, "device_ip");
    smini_json_address(json, incident->device.version, incident->device.bytes);
    smini_json_key_number(json, "port", incident->port);
    smini_json_key_string(json, "authorised", smini_incident_trust_text(incident->authorised));
    put_techniques(json, incident);
    smini_json_key(json, "first_seen");
    smini_json_time(json, incident->first_ns);
    smini_json_key(json, "last_seen");
    smini_json_time(json, incident->last_ns);
    put_texts(json, "commanded", &incident->commanded);
    put_messages(json, incident);
    put_files(json, incident);
    /* Log lines are joined by programs that see them. */
    put_nothing(json, "log_lines");
    put_texts(json, "reasons", &incident->reasons);
    put_tail(json);
}

/* A limit that was reached is said, like everything that is not complete. */
static void put_left_out(struct smini_json *json, uint64_t count)
{
    smini_json_begin(json, '{');
    smini_json_key(json, "timestamp");
    smini_json_time(json, 0);
    smini_json_key_string(json, "event_type", "anomaly");
    smini_json_key(json, "anomaly");
    smini_json_begin(json, '{');
    smini_json_key_string(json, "layer", "incident");
    smini_json_key_string(json, "event", "limit_incidents");
    smini_json_key_string(json, "detail", "more messages, reasons, devices or incidents than are kept");
    smini_json_key_string(json, "status", smin_status_text(SMIN_E_LIMIT));
    smini_json_key_number(json, "value", count);
    smini_json_end(json, '}');
    smini_json_end(json, '}');
    smini_json_line(json);
}

void smini_report_records(struct smini_json *json, const struct smini_incident_set *incidents)
{
    const struct smini_device *device;
    const struct smini_incident *incident;
    for (uint32_t i = 0; (device = smini_incident_device(incidents, i)); i++) {
        smini_report_device(json, device);
        smini_json_line(json);
    }
    for (uint32_t i = 0; (incident = smini_incident_get(incidents, i)); i++) {
        smini_report_incident(json, incident);
        smini_json_line(json);
    }
    if (smini_incident_left_out(incidents))
        put_left_out(json, smini_incident_left_out(incidents));
}
