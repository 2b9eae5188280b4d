/* SPDX-License-Identifier: BSD-2-Clause */
#include "evidence.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "evidence_wanted.h"

enum { READ_BYTES = 3072, MANIFEST_BYTES_MAX = 1 << 28 };

static const char manifest_name[] = "SHA256SUMS";

__attribute__((format(printf, 2, 3))) static void add_reason(struct smini_evidence *evidence, const char *format, ...)
{
    char text[SMINI_CASE_REASON_BYTES] = "";
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    evidence->reasons_total++;
    (void)smini_rows_add(&evidence->reasons, text);
}

/* --- before the run --- */

/* Captures are read more than once: what a pipe gave is gone. */
static bool readable_again(const struct smini_inputs *inputs)
{
    struct stat about;
    for (uint32_t i = 0; i < inputs->count; i++) {
        const char *path = inputs->items[i].path;
        bool standard = strcmp(path, "-") == 0;
        if (!standard && (inputs->items[i].error || stat(path, &about) != 0 || S_ISREG(about.st_mode)))
            continue;
        fprintf(stderr, "smin-replay: %s cannot be read a second time, as --case needs it; write it to a file first\n",
                standard ? "standard input" : path);
        return false;
    }
    return true;
}

int smini_evidence_open(struct smini_evidence *evidence, const struct smini_tool_options *options,
                        const struct smini_inputs *inputs, const struct smini_file_store *beside)
{
    memset(evidence, 0, sizeof(*evidence));
    if (!readable_again(inputs))
        return SMINI_EXIT_USAGE;
    evidence->alloc = options->alloc;
    int status = smini_case_folder_open(&evidence->folder, options->alloc, options->case_dir);
    if (status != SMINI_EXIT_OK)
        return status;
    if (smini_evidence_store_open(&evidence->store, evidence->folder.fd, &options->limits, beside) != 0) {
        smini_case_folder_failed(&evidence->folder, "files", errno);
        smini_case_folder_close(&evidence->folder);
        return SMINI_EXIT_INCOMPLETE;
    }
    smini_rows_init(&evidence->reasons, options->alloc, SMINI_CASE_REASON_BYTES, SMINI_CASE_REASONS_MAX);
    evidence->open = true;
    if (smini_evidence_watch_open(&evidence->watch, inputs->count) != SMIN_OK)
        smini_case_folder_failed(&evidence->folder, "case.json", ENOMEM);
    add_reason(evidence, "the run has not ended");
    bool written = smini_case_json(evidence, NULL, NULL) && !evidence->folder.error;
    evidence->reasons.count = evidence->reasons_total = 0;
    smini_manifest_free(&evidence->folder.manifest);
    if (!written)
        smini_evidence_close(evidence);
    return written ? SMINI_EXIT_OK : SMINI_EXIT_INCOMPLETE;
}

void smini_evidence_close(struct smini_evidence *evidence)
{
    if (!evidence->open)
        return;
    smini_evidence_store_close(&evidence->store);
    smini_case_folder_close(&evidence->folder);
    smini_evidence_watch_close(&evidence->watch);
    smini_rows_free(&evidence->reasons);
    evidence->open = false;
}

/* --- after it --- */

static void note_run(struct smini_evidence *evidence, const struct smini_batch_result *result)
{
    const struct smini_tally *tally = &result->tally;
    if (result->status != SMIN_OK)
        add_reason(evidence, "the run failed: %s", smin_status_text(result->status));
    if (result->interrupted)
        add_reason(evidence, "the run was interrupted; there are no slices");
    for (uint32_t i = 0; i < tally->note_count; i++)
        add_reason(evidence, "%s", tally->notes[i]);
    if (tally->note_total > tally->note_count)
        add_reason(evidence, "%" PRIu64 " more places where captures are damaged or incomplete",
                   tally->note_total - tally->note_count);
}

static int digest_file(int fd, struct smini_case_input *input)
{
    uint8_t bytes[READ_BYTES];
    SHA2_CTX sha256;
    ssize_t got;
    SHA256Init(&sha256);
    while ((got = read(fd, bytes, sizeof(bytes))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        SHA256Update(&sha256, bytes, (size_t)got);
        input->bytes += (uint64_t)got;
    }
    SHA256Final(input->digest, &sha256);
    input->digested = true;
    return 0;
}

static void digest_input(struct smini_evidence *evidence, const struct smini_input_file *file,
                         struct smini_case_input *input)
{
    int fd = file->error ? -1 : open(file->path, O_RDONLY | O_CLOEXEC);
    input->error = file->error ? file->error : fd < 0 ? errno : digest_file(fd, input);
    if (fd >= 0)
        close(fd);
    if (!input->error && input->bytes != file->bytes)
        add_reason(evidence, "%s: had another size when it was digested than when it was read", file->name);
}

static int by_text(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

/* Does any wanted flow lie in this file, or in a member of it? */
static bool holds_wanted(const struct smini_rows *captures, const char *name)
{
    size_t length = strlen(name), at = smini_rows_lower(captures, &name, by_text);
    for (; at < captures->count; at++) {
        const char *capture = *(const char *const *)smini_rows_at(captures, at);
        if (strncmp(capture, name, length) != 0)
            return false;
        if (capture[length] == '\0' || capture[length] == ':')
            return true;
    }
    return false;
}

static void cut_slices(struct smini_evidence *evidence, const struct smini_case_run *run,
                       const struct smini_rows *wanted, struct smini_slices *slices)
{
    struct smini_rows captures;
    smini_rows_init(&captures, evidence->alloc, sizeof(const char *), SIZE_MAX);
    for (size_t i = 0; i < wanted->count; i++) {
        const struct smini_wanted *row = smini_rows_at(wanted, i);
        if (smini_rows_add(&captures, &row->capture) != SMIN_OK)
            slices->lost++;
    }
    smini_rows_sort(&captures, by_text);
    for (uint32_t i = 0; i < run->inputs->count && !evidence->folder.error && !smini_tool_interrupted; i++) {
        const struct smini_input_file *input = &run->inputs->items[i];
        struct smini_selections selections = {.alloc = evidence->alloc, .wanted = wanted};
        if (!holds_wanted(&captures, input->name))
            continue;
        if (smini_selections_make(&selections, run->engine, &run->batch->run, input) != SMIN_OK)
            add_reason(evidence, "%s: could not be read a second time", input->name);
        smini_slices_copy(slices, &selections, &run->batch->run.capture, input);
        slices->lost += selections.left_out;
        smini_selections_free(&selections);
    }
    if (smini_tool_interrupted)
        add_reason(evidence, "interrupted while slices were made");
    smini_rows_free(&captures);
}

static void make_slices(struct smini_evidence *evidence, const struct smini_case_run *run, struct smini_slices *slices)
{
    struct smini_rows wanted;
    smini_rows_init(&wanted, evidence->alloc, sizeof(struct smini_wanted), SMINI_EVIDENCE_FLOWS_MAX);
    int32_t status = smini_wanted_gather(&wanted, run->result->incidents, &evidence->watch.links);
    if (status != SMIN_OK || evidence->watch.links_lost)
        add_reason(evidence, "slices hold not every flow: %s",
                   smin_status_text(status != SMIN_OK ? status : SMIN_E_LIMIT));
    slices->wanted = &wanted;
    cut_slices(evidence, run, &wanted, slices);
    smini_slices_end(slices);
    uint64_t more = 0;
    const struct smini_incident *incident;
    for (uint32_t i = 0; i < slices->count && (incident = smini_incident_get(run->result->incidents, i)); i++)
        more += incident->flow_total - incident->flow_count;
    if (more)
        add_reason(evidence, "%" PRIu64 " flows of incidents with very many are not in their slices", more);
    if (slices->lost)
        add_reason(evidence, "%" PRIu64 " packets or notes are missing in slices", slices->lost);
    if (smini_incident_get(run->result->incidents, slices->count))
        add_reason(evidence, "there are slices for the first %u incidents only", slices->count);
    smini_rows_free(&wanted);
}

static void list_files(struct smini_evidence *evidence)
{
    char name[SMINI_EVIDENCE_FILE_NAME];
    struct smini_evidence_store *store = &evidence->store;
    smini_evidence_store_sort(store);
    if (store->digests_lost)
        add_reason(evidence, "more files were stored than are listed");
    if (evidence->watch.moved_lost)
        add_reason(evidence, "%" PRIu64 " more files moved than the report tells", evidence->watch.moved_lost);
    for (size_t i = 0; i < store->digests.count; i++) {
        smini_evidence_file_name(name, smini_rows_at(&store->digests, i));
        if (smini_manifest_add(&evidence->folder.manifest, name, smini_rows_at(&store->digests, i)) != SMIN_OK)
            smini_case_folder_failed(&evidence->folder, name, ENOMEM);
    }
}

static void write_manifest(struct smini_evidence *evidence)
{
    struct smini_bytebuf text;
    struct smini_case_file file;
    smini_bytebuf_init(&text, evidence->alloc, MANIFEST_BYTES_MAX);
    smini_case_file_begin(&file, manifest_name);
    file.always = true;
    if (smini_manifest_write(&evidence->folder.manifest, &text) != SMIN_OK)
        smini_case_folder_failed(&evidence->folder, manifest_name, ENOMEM);
    else
        (void)smini_case_file_append(&evidence->folder, &file, smini_bytebuf_span(&text));
    smini_bytebuf_free(&text);
}

/* What could not be written, once. */
static void note_failure(struct smini_evidence *evidence)
{
    if (evidence->folder.error && !evidence->failure_told)
        add_reason(evidence, "%s: %s", evidence->folder.failed, strerror(evidence->folder.error));
    evidence->failure_told = evidence->folder.error != 0;
}

bool smini_evidence_write(struct smini_evidence *evidence, const struct smini_case_run *run)
{
    struct smini_slices slices;
    if (!run->result->incidents) /* no memory even for none: what stands there says that the run has not ended */
        return false;
    note_run(evidence, run->result);
    smini_evidence_watch_sort(&evidence->watch);
    for (uint32_t i = 0; i < evidence->watch.input_count && !run->result->interrupted; i++)
        digest_input(evidence, &run->inputs->items[i], &evidence->watch.inputs[i]);
    (void)smini_case_incidents_json(evidence, run->result->incidents);
    int32_t status = smini_slices_init(&slices, evidence->alloc, &evidence->folder, run->result->incidents, NULL);
    if (status != SMIN_OK)
        add_reason(evidence, "no slices: %s", smin_status_text(status));
    else if (!run->result->interrupted)
        make_slices(evidence, run, &slices);
    list_files(evidence);
    note_failure(evidence);
    (void)smini_case_page(evidence, run, &slices);
    note_failure(evidence);
    (void)smini_case_json(evidence, run, &slices);
    write_manifest(evidence);
    smini_slices_free(&slices);
    if (evidence->reasons_total && !run->options->quiet)
        fprintf(stderr, "smin-replay: %s: the case is incomplete, case.json says why\n", evidence->folder.path);
    return !evidence->folder.error && evidence->reasons_total == 0;
}
