/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines, and which record is read by whom. */
#include "incident/eve_json.h"

void smini_eve_init(struct smini_eve *eve, struct smini_alloc *alloc, struct smini_incident_set *set, const char *name)
{
    memset(eve, 0, sizeof(*eve));
    eve->set = set;
    eve->name = name;
    smini_bytebuf_init(&eve->line, alloc, SMINI_EVE_LINE_MAX);
    smini_bytebuf_init(&eve->texts, alloc, SMINI_EVE_LINE_MAX);
}

void smini_eve_free(struct smini_eve *eve)
{
    smini_bytebuf_free(&eve->line);
    smini_bytebuf_free(&eve->texts);
}

static int32_t tell(struct smini_eve *eve, int32_t status, const char *detail)
{
    uint64_t *count = status == SMIN_E_LIMIT ? &eve->counts.too_long : &eve->counts.malformed;
    (*count)++;
    if (eve->on_problem)
        eve->on_problem(eve->user, eve->counts.lines, status, detail);
    return SMIN_OK;
}

/* Keys that Suricata's records have, and ours have not. */
static bool is_of_engine(const json_t *root)
{
    return json_object_get(root, "ip_v") || json_object_get(root, "pkt_src") || json_object_get(root, "in_iface");
}

static const char *capture_of(const struct smini_eve_record *record)
{
    const json_t *name = json_object_get(record->root, "pcap_filename");
    return json_is_string(name) ? json_string_value(name) : record->eve->name;
}

static int32_t read_head(struct smini_eve_record *record)
{
    if (!smini_eve_time_at(record, record->root, "timestamp", &record->place.time_ns))
        return smini_eve_malformed(record, "the timestamp is missing, or is none");
    if (!smini_eve_number(record->root, "flow_id", &record->flow_id))
        return smini_eve_malformed(record, "the flow_id is missing, or is none");
    record->place.capture = capture_of(record);
    if (!smini_eve_number(record->root, "pcap_cnt", &record->place.packet))
        record->place.packet = 0;
    return smini_eve_ends(record, record->root);
}

static int32_t read_record(struct smini_eve_record *record)
{
    static const struct {
        const char *event_type, *object;
        int32_t (*read)(struct smini_eve_record *record);
    } readers[] = {
        {"smin", "smin", smini_eve_message}, {"alert", "smin", smini_eve_message},  {"flow", "flow", smini_eve_flow},
        {"fileinfo", "fileinfo", smini_eve_file}, {"tftp", "tftp", smini_eve_request},
    };
    const json_t *type = json_object_get(record->root, "event_type");
    if (!json_is_string(type))
        return smini_eve_malformed(record, "the event_type is missing");
    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
        if (strcmp(json_string_value(type), readers[i].event_type) != 0)
            continue;
        if (!smini_eve_object(record->root, readers[i].object))
            return i == 1 ? SMIN_E_NOT_FOUND : smini_eve_malformed(record, "what the record is about is missing");
        int32_t status = read_head(record);
        return status == SMIN_OK ? readers[i].read(record) : status;
    }
    return SMIN_E_NOT_FOUND;
}

/* Texts are never longer than their line: one reservation, and nothing that was handed out moves. */
static int32_t read_line(struct smini_eve *eve, struct smini_span line)
{
    json_error_t error;
    smini_bytebuf_clear(&eve->texts);
    if (smini_bytebuf_reserve(&eve->texts, line.length) != SMIN_OK)
        return SMIN_E_NOMEM;
    json_t *root = json_loadb((const char *)line.bytes, line.length, JSON_ALLOW_NUL, &error);
    if (!root && json_error_code(&error) == json_error_out_of_memory)
        return SMIN_E_NOMEM;
    if (!root)
        return tell(eve, SMIN_E_MALFORMED, "no JSON");
    struct smini_eve_record record = {.eve = eve, .root = root, .of_engine = is_of_engine(root)};
    int32_t status = json_is_object(root) ? read_record(&record) : smini_eve_malformed(&record, "no object");
    json_decref(root);
    if (status == SMIN_E_MALFORMED)
        return tell(eve, status, record.detail);
    eve->counts.facts += status == SMIN_OK;
    eve->counts.passed_over += status == SMIN_E_NOT_FOUND;
    return status == SMIN_E_NOMEM ? status : SMIN_OK;
}

static bool is_blank(struct smini_span line)
{
    for (size_t i = 0; i < line.length; i++)
        if (line.bytes[i] > ' ')
            return false;
    return true;
}

static int32_t end_line(struct smini_eve *eve, struct smini_span line)
{
    bool skipped = eve->skipping;
    eve->skipping = false;
    eve->counts.lines++;
    int32_t status = SMIN_OK;
    if (skipped || line.length > SMINI_EVE_LINE_MAX)
        status = tell(eve, SMIN_E_LIMIT, "the line is too long");
    else if (!is_blank(line))
        status = read_line(eve, line);
    smini_bytebuf_clear(&eve->line);
    return status;
}

/* The beginning of a line stays until its end comes. */
static int32_t keep_rest(struct smini_eve *eve, struct smini_span rest)
{
    if (eve->skipping || rest.length == 0)
        return SMIN_OK;
    int32_t status = rest.length > SMINI_EVE_LINE_MAX - eve->line.length ? SMIN_E_LIMIT
                                                                        : smini_bytebuf_add(&eve->line, rest);
    if (status != SMIN_E_LIMIT)
        return status;
    eve->skipping = true;
    smini_bytebuf_clear(&eve->line);
    return SMIN_OK;
}

int32_t smini_eve_push(struct smini_eve *eve, struct smini_span bytes)
{
    int32_t status = SMIN_OK;
    while (bytes.length > 0 && status == SMIN_OK) {
        size_t end = smini_span_find(bytes, '\n');
        struct smini_span part = smini_span_part(bytes, 0, end);
        if (end == bytes.length)
            return keep_rest(eve, part);
        bool whole = eve->line.length == 0 && !eve->skipping;
        if (!whole)
            status = keep_rest(eve, part);
        if (status == SMIN_OK)
            status = end_line(eve, whole ? part : smini_bytebuf_span(&eve->line));
        bytes = smini_span_part(bytes, end + 1, bytes.length);
    }
    return status;
}

int32_t smini_eve_end(struct smini_eve *eve)
{
    return eve->line.length > 0 || eve->skipping ? end_line(eve, smini_bytebuf_span(&eve->line)) : SMIN_OK;
}
