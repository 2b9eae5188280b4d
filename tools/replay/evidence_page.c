/* SPDX-License-Identifier: BSD-2-Clause */
/* report.html: the facts of the run, handed to the page that lib/report writes. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "evidence.h"
#include "report/page.h"
#include "smin/version.h"

enum {
    /* A configuration is shown up to that; those of large switches are smaller. All together stay in memory. */
    CONTENTS_BYTES_MAX = 512 << 10,
    CONTENTS_TOTAL_MAX = 64 << 20
};

struct building {
    struct smini_evidence *evidence;
    struct smini_page page;
    struct smini_rows inputs, devices, incidents, files, shortfalls;
    struct smini_rows slices; /* char[SMINI_CASE_NAME_BYTES] */
    struct smini_rows paths;  /* char[SMINI_EVIDENCE_FILE_NAME] */
    struct smini_bytebuf contents;
    char rules_digest[2 * SMINI_SHA256_BYTES + 1];
    int32_t status;
};

static void add(struct building *building, struct smini_rows *rows, const void *row)
{
    int32_t status = smini_rows_add(rows, row);
    if (status < building->status)
        building->status = status;
}

static void add_inputs(struct building *building, const struct smini_case_run *run)
{
    const struct smini_evidence_watch *watch = &building->evidence->watch;
    for (uint32_t i = 0; i < watch->input_count; i++) {
        const struct smini_case_input *input = &watch->inputs[i];
        struct smini_page_input row = {.name = run->inputs->items[i].name,
                                       .bytes = input->bytes,
                                       .packets = input->packets,
                                       .first_ns = input->first_ns,
                                       .last_ns = input->last_ns,
                                       .has_digest = input->digested,
                                       .trouble = input->error       ? strerror(input->error)
                                                  : *input->trouble ? input->trouble
                                                                    : NULL};
        memcpy(row.sha256, input->digest, sizeof(row.sha256));
        add(building, &building->inputs, &row);
    }
}

static void add_findings(struct building *building, const struct smini_case_run *run, const struct smini_slices *slices)
{
    const struct smini_incident_set *set = run->result->incidents;
    const struct smini_device *device;
    struct smini_page_incident row;
    char name[SMINI_CASE_NAME_BYTES];
    for (uint32_t i = 0; (device = smini_incident_device(set, i)); i++)
        add(building, &building->devices, &device);
    /* First all names: rows move while they are added. */
    for (uint32_t i = 0; smini_incident_get(set, i) && i < slices->count; i++) {
        smini_slice_name(slices, i, name);
        add(building, &building->slices, name);
    }
    for (uint32_t i = 0; (row.incident = smini_incident_get(set, i)); i++) {
        bool has_slice = i < building->slices.count && slices->items && slices->items[i].packets;
        row.slice = has_slice ? smini_rows_at(&building->slices, i) : NULL;
        add(building, &building->incidents, &row);
    }
}

/* --- files --- */

static bool is_text(const struct smini_incident_transfer *transfer)
{
    static const char *const types[] = {"ios-config", "ios-commands", "image-list", "text"};
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (smini_span_equal(transfer->type, smini_span_text(types[i])))
            return true;
    return false;
}

/* Appends the beginning of a file of the case. False: it cannot be read, or there is no room. */
static bool read_contents(struct building *building, const char *path)
{
    struct smini_bytebuf *contents = &building->contents;
    if (smini_bytebuf_reserve(contents, CONTENTS_BYTES_MAX) != SMIN_OK)
        return false;
    int fd = openat(building->evidence->folder.fd, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return false;
    size_t had = 0;
    ssize_t got = 1;
    while (had < CONTENTS_BYTES_MAX && got != 0) {
        got = read(fd, contents->bytes + contents->length + had, CONTENTS_BYTES_MAX - had);
        if (got < 0 && errno != EINTR)
            break;
        had += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    contents->length += had;
    return got >= 0;
}

/* Two rounds: contents move in memory while they are added, so that their places are known only at the end. */
static void add_files(struct building *building)
{
    struct smini_evidence *evidence = building->evidence;
    const struct smini_rows *moved = &evidence->watch.moved;
    char path[SMINI_EVIDENCE_FILE_NAME];
    for (size_t i = 0; i < moved->count; i++) {
        const struct smini_incident_transfer *transfer = &((struct smini_case_moved *)smini_rows_at(moved, i))->transfer;
        struct smini_page_file row = {
            .name = transfer->name, .protocol = transfer->protocol, .type = transfer->type, .client = transfer->client,
            .server = transfer->server, .to_server = transfer->to_server, .has_digest = transfer->has_digest,
            .state = transfer->state, .size = transfer->size, .gap_bytes = transfer->gap_bytes,
            .capture = transfer->place.capture, .packet = transfer->place.packet, .time_ns = transfer->place.time_ns};
        memcpy(row.sha256, transfer->sha256, sizeof(row.sha256));
        memcpy(row.md5, transfer->md5, sizeof(row.md5));
        memset(path, 0, sizeof(path));
        if (row.has_digest && smini_evidence_store_has(&evidence->store, row.sha256))
            smini_evidence_file_name(path, row.sha256);
        size_t before = building->contents.length;
        if (*path && is_text(transfer) && !read_contents(building, path))
            building->contents.length = before;
        row.contents.length = building->contents.length - before;
        add(building, &building->paths, path);
        add(building, &building->files, &row);
    }
    size_t at = 0;
    for (size_t i = 0; i < building->files.count && i < building->paths.count; i++) {
        struct smini_page_file *row = smini_rows_at(&building->files, i);
        const char *kept = smini_rows_at(&building->paths, i);
        row->path = *kept ? kept : NULL;
        row->contents.bytes = building->contents.bytes + at;
        at += row->contents.length;
    }
}

/* --- the page --- */

static void begin(struct building *building)
{
    struct smini_alloc *alloc = building->evidence->alloc;
    smini_rows_init(&building->inputs, alloc, sizeof(struct smini_page_input), SIZE_MAX);
    smini_rows_init(&building->devices, alloc, sizeof(const struct smini_device *), SIZE_MAX);
    smini_rows_init(&building->incidents, alloc, sizeof(struct smini_page_incident), SIZE_MAX);
    smini_rows_init(&building->files, alloc, sizeof(struct smini_page_file), SIZE_MAX);
    smini_rows_init(&building->shortfalls, alloc, sizeof(const char *), SIZE_MAX);
    smini_rows_init(&building->slices, alloc, SMINI_CASE_NAME_BYTES, SIZE_MAX);
    smini_rows_init(&building->paths, alloc, SMINI_EVIDENCE_FILE_NAME, SIZE_MAX);
    smini_bytebuf_init(&building->contents, alloc, CONTENTS_TOTAL_MAX);
}

static void end(struct building *building)
{
    smini_rows_free(&building->inputs);
    smini_rows_free(&building->devices);
    smini_rows_free(&building->incidents);
    smini_rows_free(&building->files);
    smini_rows_free(&building->shortfalls);
    smini_rows_free(&building->slices);
    smini_rows_free(&building->paths);
    smini_bytebuf_free(&building->contents);
}

static void fill(struct building *building, const struct smini_case_run *run)
{
    struct smini_page *page = &building->page;
    const struct smini_tally *tally = &run->result->tally;
    const struct smini_tool_options *options = run->options;
    for (size_t i = 0; i < building->evidence->reasons.count; i++) {
        const char *reason = smini_rows_at(&building->evidence->reasons, i);
        add(building, &building->shortfalls, &reason);
    }
    smini_case_rules_digest(run, building->rules_digest);
    *page = (struct smini_page){.tool = "smin-replay " SMIN_VERSION,
                                .rules_digest = run->text_count ? building->rules_digest : NULL,
                                .rule_count = run->engine->rules_honoured,
                                .packets = tally->packets,
                                .first_ns = tally->packets ? tally->first_ns : 0,
                                .last_ns = tally->last_ns,
                                .directors = options->directors.items,
                                .director_count = options->directors.count,
                                .file_servers = options->file_servers.items,
                                .file_server_count = options->file_servers.count,
                                .incidents_left_out = smini_incident_left_out(run->result->incidents)};
    page->shortfalls = (const char *const *)(void *)building->shortfalls.bytes;
    page->shortfall_count = (uint32_t)building->shortfalls.count;
    page->inputs = (const void *)building->inputs.bytes;
    page->input_count = (uint32_t)building->inputs.count;
    page->devices = (const void *)building->devices.bytes;
    page->device_count = (uint32_t)building->devices.count;
    page->incidents = (const void *)building->incidents.bytes;
    page->incident_count = (uint32_t)building->incidents.count;
    page->files = (const void *)building->files.bytes;
    page->file_count = (uint32_t)building->files.count;
}

struct target {
    struct smini_case_folder *folder;
    struct smini_case_file file;
    struct smini_bytebuf waiting;
};

enum { WAITING_BYTES = 64 << 10 };

static int hand_on(struct target *target)
{
    bool written = smini_case_file_append(target->folder, &target->file, smini_bytebuf_span(&target->waiting));
    smini_bytebuf_clear(&target->waiting);
    return written ? 0 : -1;
}

/* The page comes in small pieces: each write opens the file. */
static int keep(void *user, const uint8_t *bytes, size_t length)
{
    struct target *target = user;
    if (target->waiting.length + length > WAITING_BYTES && hand_on(target) != 0)
        return -1;
    if (length > WAITING_BYTES)
        return smini_case_file_append(target->folder, &target->file, smini_span_make(bytes, length)) ? 0 : -1;
    return smini_bytebuf_add(&target->waiting, smini_span_make(bytes, length)) == SMIN_OK ? 0 : -1;
}

bool smini_case_page(struct smini_evidence *evidence, const struct smini_case_run *run,
                     const struct smini_slices *slices)
{
    struct building building = {.evidence = evidence};
    struct target target = {.folder = &evidence->folder};
    const struct smini_page_sink sink = {.write = keep, .user = &target};
    begin(&building);
    smini_bytebuf_init(&target.waiting, evidence->alloc, WAITING_BYTES);
    smini_case_file_begin(&target.file, "report.html");
    add_inputs(&building, run);
    add_findings(&building, run, slices);
    add_files(&building);
    fill(&building, run);
    int32_t status = building.status == SMIN_OK ? smini_page_write(&building.page, evidence->alloc, &sink) : building.status;
    if (status == SMIN_OK && hand_on(&target) == 0)
        (void)smini_case_file_end(&evidence->folder, &target.file);
    else
        smini_case_folder_failed(&evidence->folder, target.file.name, status == SMIN_E_IO ? EIO : ENOMEM);
    smini_bytebuf_free(&target.waiting);
    end(&building);
    return !evidence->folder.error;
}
