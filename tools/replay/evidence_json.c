/* SPDX-License-Identifier: BSD-2-Clause */
/* case.json and incidents.json. Nothing in them depends on the machine, the time of day or the number of threads. */
#include <errno.h>

#include "base/address.h"
#include "evidence.h"
#include "smin/version.h"

/* Changes when members lose their meaning; new members do not change it. */
enum { CASE_FORMAT = 1 };

struct target {
    struct smini_case_folder *folder;
    struct smini_case_file file;
};

static int append(void *user, const uint8_t *bytes, size_t length)
{
    struct target *target = user;
    bool written = smini_case_file_append(target->folder, &target->file, smini_span_make(bytes, length));
    return written ? 0 : target->folder->error;
}

static bool begin(struct smini_evidence *evidence, struct smini_json *json, struct target *target, const char *name)
{
    const struct smini_json_output output = {.write = append, .user = target};
    target->folder = &evidence->folder;
    smini_case_file_begin(&target->file, name);
    if (smini_json_init(json, evidence->alloc, 0, &output) == SMIN_OK)
        return true;
    smini_case_folder_failed(&evidence->folder, name, ENOMEM);
    return false;
}

static bool finish(struct smini_json *json)
{
    smini_json_line(json);
    smini_json_flush(json);
    bool written = json->error == 0;
    smini_json_free(json);
    return written;
}

/* An element, or a member, on a line of its own. */
static void new_line(struct smini_json *json)
{
    smini_json_raw(json, "\n", 1);
}

static void begin_list(struct smini_json *json, const char *key)
{
    new_line(json);
    smini_json_key(json, key);
    smini_json_begin(json, '[');
}

bool smini_case_incidents_json(struct smini_evidence *evidence, const struct smini_incident_set *incidents)
{
    struct smini_json json;
    struct target target;
    const struct smini_device *device;
    const struct smini_incident *incident;
    if (!begin(evidence, &json, &target, "incidents.json"))
        return false;
    smini_json_begin(&json, '{');
    begin_list(&json, "devices");
    for (uint32_t i = 0; (device = smini_incident_device(incidents, i)); i++) {
        new_line(&json);
        smini_report_device(&json, device);
    }
    smini_json_end(&json, ']');
    begin_list(&json, "incidents");
    for (uint32_t i = 0; (incident = smini_incident_get(incidents, i)); i++) {
        new_line(&json);
        smini_report_incident(&json, incident);
    }
    smini_json_end(&json, ']');
    smini_json_key_number(&json, "left_out", smini_incident_left_out(incidents));
    smini_json_end(&json, '}');
    return finish(&json) && smini_case_file_end(&evidence->folder, &target.file);
}

/* --- what the run was asked to do --- */

static void put_digest(struct smini_json *json, const uint8_t digest[SMINI_SHA256_BYTES])
{
    smini_json_key(json, "sha256");
    smini_json_hex(json, smini_span_make(digest, SMINI_SHA256_BYTES));
}

static void digest_text(const struct smin_rule_text *text, uint8_t digest[SMINI_SHA256_BYTES])
{
    SHA2_CTX sha256;
    SHA256Init(&sha256);
    SHA256Update(&sha256, (const uint8_t *)text->text, (size_t)text->length);
    SHA256Final(digest, &sha256);
}

/* Of the digests of the texts: so it can be had again from what the case lists. */
void smini_case_rules_digest(const struct smini_case_run *run, char text[2 * SMINI_SHA256_BYTES + 1])
{
    uint8_t digest[SMINI_SHA256_BYTES];
    SHA2_CTX sha256;
    SHA256Init(&sha256);
    for (uint32_t i = 0; i < run->text_count; i++) {
        digest_text(&run->texts[i], digest);
        SHA256Update(&sha256, digest, sizeof(digest));
    }
    (void)SHA256End(&sha256, text);
}

static void put_rules(struct smini_json *json, const struct smini_case_run *run)
{
    uint8_t digest[SMINI_SHA256_BYTES];
    char all[2 * SMINI_SHA256_BYTES + 1];
    new_line(json);
    smini_json_key(json, "rules");
    smini_json_begin(json, '{');
    smini_json_key(json, "files");
    smini_json_begin(json, '[');
    for (uint32_t i = 0; i < run->text_count; i++) {
        digest_text(&run->texts[i], digest);
        smini_json_begin(json, '{');
        smini_json_key_string(json, "name", run->texts[i].name);
        smini_json_key_number(json, "bytes", run->texts[i].length);
        put_digest(json, digest);
        smini_json_end(json, '}');
    }
    smini_json_end(json, ']');
    smini_case_rules_digest(run, all);
    smini_json_key_string(json, "sha256", all);
    smini_json_key_number(json, "honoured", run->engine->rules_honoured);
    smini_json_key_number(json, "refused", run->engine->rules_refused);
    smini_json_end(json, '}');
}

static void put_networks(struct smini_json *json, const char *key, const struct smini_networks *networks)
{
    char text[SMINI_ADDRESS_TEXT + 8];
    smini_json_key(json, key);
    smini_json_begin(json, '[');
    for (uint32_t i = 0; i < networks->count; i++) {
        const struct smini_incident_network *network = &networks->items[i];
        size_t length = smini_address_text(network->address.version, network->address.bytes, text);
        (void)snprintf(text + length, sizeof(text) - length, "/%u", network->prefix);
        smini_json_string(json, text);
    }
    smini_json_end(json, ']');
}

static void put_words(struct smini_json *json, const char *key, const struct smini_words *words)
{
    smini_json_key(json, key);
    smini_json_begin(json, '[');
    for (uint32_t i = 0; i < words->count; i++)
        smini_json_string(json, words->items[i]);
    smini_json_end(json, ']');
}

/* Only what changes what is found. */
static void put_options(struct smini_json *json, const struct smini_tool_options *options)
{
    static const char *const overlaps[] = {[SMINI_OVERLAP_FIRST] = "first", [SMINI_OVERLAP_LAST] = "last",
                                           [SMINI_OVERLAP_BOTH] = "both"};
    static const char *const checksums[] = {[SMINI_CHECKSUM_REPORT] = "report", [SMINI_CHECKSUM_ALL] = "all",
                                            [SMINI_CHECKSUM_NONE] = "none"};
    new_line(json);
    smini_json_key(json, "options");
    smini_json_begin(json, '{');
    smini_json_key_string(json, "overlap", overlaps[options->overlap]);
    smini_json_key_string(json, "checksums", checksums[options->checksum]);
    smini_json_key_bool(json, "no_builtin", options->no_builtin);
    put_words(json, "plugins", &options->plugins);
    put_words(json, "variables", &options->variables);
    put_networks(json, "directors", &options->directors);
    put_networks(json, "file_servers", &options->file_servers);
    smini_json_end(json, '}');
}

/* --- what it read and found --- */

static void put_times(struct smini_json *json, uint64_t packets, uint64_t first_ns, uint64_t last_ns)
{
    if (packets == 0)
        return;
    smini_json_key(json, "first");
    smini_json_time(json, first_ns);
    smini_json_key(json, "last");
    smini_json_time(json, last_ns);
}

static void put_inputs(struct smini_json *json, const struct smini_inputs *files,
                       const struct smini_evidence_watch *watch)
{
    begin_list(json, "inputs");
    for (uint32_t i = 0; i < watch->input_count; i++) {
        const struct smini_case_input *input = &watch->inputs[i];
        new_line(json);
        smini_json_begin(json, '{');
        smini_json_key_string(json, "name", files->items[i].name);
        if (input->digested) {
            smini_json_key_number(json, "bytes", input->bytes);
            put_digest(json, input->digest);
        }
        smini_json_key_number(json, "packets", input->packets);
        put_times(json, input->packets, input->first_ns, input->last_ns);
        if (input->error)
            smini_json_key_string(json, "error", strerror(input->error));
        if (*input->trouble)
            smini_json_key_string(json, "lost", input->trouble);
        smini_json_end(json, '}');
    }
    smini_json_end(json, ']');
}

static void put_span(struct smini_json *json, const struct smini_tally *tally)
{
    new_line(json);
    smini_json_key(json, "packets");
    smini_json_begin(json, '{');
    smini_json_key_number(json, "count", tally->packets);
    put_times(json, tally->packets, tally->first_ns, tally->last_ns);
    smini_json_end(json, '}');
}

static void put_slices(struct smini_json *json, const struct smini_slices *slices)
{
    char name[SMINI_CASE_NAME_BYTES];
    const struct smini_incident *incident;
    begin_list(json, "incidents");
    for (uint32_t i = 0; (incident = smini_incident_get(slices->incidents, i)); i++) {
        const struct smini_slice *slice = slices->items && i < slices->count ? &slices->items[i] : NULL;
        new_line(json);
        smini_json_begin(json, '{');
        smini_json_key_string(json, "id", incident->id);
        smini_json_key_string(json, "verdict", smini_incident_verdict_text(incident->verdict));
        smini_json_key_string(json, "outcome", smini_incident_outcome_text(incident->outcome));
        if (slice && slice->packets) {
            smini_slice_name(slices, i, name);
            smini_json_key_string(json, "slice", name);
            smini_json_key_number(json, "packets", slice->packets);
        }
        smini_json_end(json, '}');
    }
    smini_json_end(json, ']');
}

static void put_files(struct smini_json *json, const struct smini_rows *digests)
{
    char name[SMINI_EVIDENCE_FILE_NAME];
    begin_list(json, "files");
    for (size_t i = 0; i < digests->count; i++) {
        smini_evidence_file_name(name, smini_rows_at(digests, i));
        new_line(json);
        smini_json_string(json, name);
    }
    smini_json_end(json, ']');
}

static void put_head(struct smini_json *json, const struct smini_evidence *evidence)
{
    smini_json_key_number(json, "format", CASE_FORMAT);
    smini_json_key_string(json, "tool", "smin-replay");
    smini_json_key_string(json, "version", SMIN_VERSION);
    smini_json_key_string(json, "state", evidence->reasons_total ? "incomplete" : "complete");
    begin_list(json, "reasons");
    for (size_t i = 0; i < evidence->reasons.count; i++)
        smini_json_string(json, smini_rows_at(&evidence->reasons, i));
    smini_json_end(json, ']');
    if (evidence->reasons_total > evidence->reasons.count)
        smini_json_key_number(json, "more_reasons", evidence->reasons_total - evidence->reasons.count);
}

bool smini_case_json(struct smini_evidence *evidence, const struct smini_case_run *run,
                     const struct smini_slices *slices)
{
    struct smini_json json;
    struct target target;
    if (!begin(evidence, &json, &target, "case.part"))
        return false;
    target.file.always = true;
    smini_json_begin(&json, '{');
    put_head(&json, evidence);
    if (run) {
        put_rules(&json, run);
        put_options(&json, run->options);
        put_inputs(&json, run->inputs, &evidence->watch);
        put_span(&json, &run->result->tally);
        put_slices(&json, slices);
        put_files(&json, &evidence->store.digests);
    }
    smini_json_end(&json, '}');
    return finish(&json) && smini_case_file_replace(&evidence->folder, &target.file, "case.json");
}
