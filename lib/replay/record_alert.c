/* SPDX-License-Identifier: BSD-2-Clause */
/* An alert as Suricata writes it, with the message's object beside it. */
#include "replay/record_internal.h"

/* Bytes of the match that are shown; enough to recognise, too few to reconstruct a file from. */
enum { MATCH_BYTES_MAX = 64 };

/* In IDS mode nothing is blocked, whatever the rule's action. */
static const char *const action_allowed = "allowed";

/* All values of one key, at its first place. */
static void put_metadata_key(struct smini_json *json, const struct smin_rule_info *rule, uint32_t first)
{
    const char *name = rule->metadata[first].name;
    for (uint32_t i = 0; i < first; i++)
        if (strcmp(rule->metadata[i].name, name) == 0)
            return;
    smini_json_key_text(json, smini_span_text(name));
    smini_json_begin(json, '[');
    for (uint32_t i = first; i < rule->metadata_count; i++)
        if (strcmp(rule->metadata[i].name, name) == 0)
            smini_json_string(json, rule->metadata[i].value);
    smini_json_end(json, ']');
}

static void put_metadata(struct smini_json *json, const struct smin_rule_info *rule)
{
    if (rule->metadata_count == 0)
        return;
    smini_json_key(json, "metadata");
    smini_json_begin(json, '{');
    for (uint32_t i = 0; i < rule->metadata_count; i++)
        put_metadata_key(json, rule, i);
    smini_json_end(json, '}');
}

static const char *reference_prefix(const char *kind)
{
    static const struct {
        const char *kind, *prefix;
    } known[] = {
        {"url", "https://"},
        {"cve", "https://cve.mitre.org/cgi-bin/cvename.cgi?name="},
        {"bugtraq", "https://www.securityfocus.com/bid/"},
        {"md5", "https://www.virustotal.com/gui/search/"},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (strcmp(kind, known[i].kind) == 0)
            return known[i].prefix;
    return NULL;
}

/* A reference longer than that is no address that anybody could open: only its value is kept. */
enum { REFERENCE_BYTES_MAX = 1024 };

static void put_reference(struct smini_json *json, const struct smin_setting *reference)
{
    char text[REFERENCE_BYTES_MAX];
    const char *prefix = reference_prefix(reference->name), *start = prefix ? prefix : reference->name;
    size_t first = strlen(start), second = strlen(reference->value);
    if (first + second + 1 > sizeof(text)) {
        smini_json_string(json, reference->value);
        return;
    }
    memcpy(text, start, first);
    if (!prefix)
        text[first++] = ',';
    memcpy(text + first, reference->value, second);
    smini_json_text(json, smini_span_make(text, first + second));
}

static void put_references(struct smini_json *json, const struct smin_rule_info *rule)
{
    if (rule->reference_count == 0)
        return;
    smini_json_key(json, "references");
    smini_json_begin(json, '[');
    for (uint32_t i = 0; i < rule->reference_count; i++)
        put_reference(json, &rule->references[i]);
    smini_json_end(json, ']');
}

/* Where the deciding bytes stand in the stream, and what they are. */
static void put_match(struct smini_json *json, const struct smin_message *message, const struct smin_alert *alert)
{
    smini_json_key(json, "match");
    smini_json_begin(json, '{');
    smini_json_key_number(json, "offset", alert->offset);
    smini_json_key_number(json, "length", alert->length);
    uint64_t from = alert->offset - message->offset;
    if (alert->length > 0 && message->bytes && alert->offset >= message->offset && from < message->size) {
        uint64_t length = alert->length < MATCH_BYTES_MAX ? alert->length : MATCH_BYTES_MAX;
        if (length > message->size - from)
            length = message->size - from;
        smini_json_key(json, "bytes");
        smini_json_hex(json, smini_span_make(message->bytes + from, (size_t)length));
    }
    smini_json_end(json, '}');
}

/* The members of "alert": the same for every alert of a rule. */
static void put_rule(struct smini_json *json, const struct smin_rule_info *rule)
{
    smini_json_begin(json, '{');
    smini_json_key_string(json, "action", action_allowed);
    smini_json_key_number(json, "gid", rule->gid);
    smini_json_key_number(json, "signature_id", rule->sid);
    smini_json_key_number(json, "rev", rule->rev);
    smini_json_key_string(json, "signature", rule->msg ? rule->msg : "");
    smini_json_key_string(json, "category", rule->category ? rule->category : "");
    smini_json_key_number(json, "severity", rule->severity);
    put_metadata(json, rule);
    put_references(json, rule);
    smini_json_end(json, '}');
}

int smini_record_refuse(void *user, const uint8_t *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return 1;
}

/* Renders into the slot; a text that does not fit leaves the slot empty. */
static void render_rule(struct smini_rule_text *slot, const struct smin_rule_info *rule)
{
    struct smini_json json = {
        .bytes = slot->text, .capacity = SMINI_RULE_TEXT_BYTES, .output = {.write = smini_record_refuse}};
    put_rule(&json, rule);
    slot->rule = rule;
    slot->length = json.flushed ? 0 : (uint32_t)json.length;
}

static void put_remembered_rule(struct smini_record *record, const struct smin_rule_info *rule)
{
    struct smini_rule_text *slot = &record->rules[rule->sid & (SMINI_RULE_TEXT_SLOTS - 1)];
    if (slot->rule != rule)
        render_rule(slot, rule);
    if (slot->length > 0)
        smini_json_verbatim(&record->json, slot->text, slot->length);
    else
        put_rule(&record->json, rule);
}

void smini_record_alert(struct smini_record *record, struct smini_record_context *context,
                        const struct smin_alert *alert)
{
    struct smini_json *json = &record->json;
    smini_record_begin(record, context, "alert");
    smini_json_key(json, "alert");
    put_remembered_rule(record, alert->rule);
    put_match(json, context->output->message, alert);
    if (context->output->message->kind != SMIN_KIND_PACKET)
        smini_record_object(record, context);
    smini_record_tail(record);
}

void smini_record_file_output(struct smini_record *record, const struct smin_inspector *inspector,
                              const struct smini_flow_view *flow, const struct smini_file_view *file,
                              const struct smin_output *output)
{
    struct smini_json *json = &record->json;
    smini_record_note_time(record, output->time_ns);
    const char *at = (const char *)output->alerts;
    for (uint32_t i = 0; i < output->alert_count && output->message; i++, at += output->alert_stride) {
        const struct smin_alert *alert = (const struct smin_alert *)(const void *)at;
        smini_record_head(record, output->time_ns, output->packet_number, "alert", flow,
                          file->direction == SMIN_TO_SERVER ? SMINI_SENDER_CLIENT : SMINI_SENDER_SERVER);
        smini_json_key_string(json, "app_proto", inspector->name);
        smini_json_key(json, "alert");
        put_remembered_rule(record, alert->rule);
        put_match(json, output->message, alert);
        smini_record_fileinfo(json, inspector, file);
        smini_record_tail(record);
    }
}
