/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Compressed captures and archives of them, as streams through libarchive: the
 * only file that includes it. What libarchive allocates is its own; our buffers
 * are bounded, and so is what one input may grow to.
 */
#include <string.h>

#include "config.h"
#include "replay/capture_state.h"

#ifdef HAVE_LIBARCHIVE

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>

enum { NAME_MAX_BYTES = 512 };

struct smini_archive {
    struct smini_alloc *alloc;
    struct archive *reader;
    struct smini_window input; /* the packed bytes */
    struct smini_source output;
    const uint8_t *block; /* what libarchive handed out and is not yet taken */
    size_t block_left;
    uint64_t hole; /* zeros that stand before it: sparse files */
    uint64_t taken; /* of the current member */
    uint64_t expanded;
    uint64_t expanded_max;
    uint64_t members;
    bool opened;
    bool failed; /* nothing more will come, and that was told */
    char name[NAME_MAX_BYTES];
    char detail[NAME_MAX_BYTES + 256];
};

static la_ssize_t read_packed(struct archive *reader, void *user, const void **bytes)
{
    struct smini_archive *archive = user;
    struct smini_window *input = &archive->input;
    int32_t status = smini_window_left(input) > 0 ? SMIN_OK : smini_window_need(input, 1);
    if (status == SMIN_E_TRUNCATED)
        return 0;
    if (status != SMIN_OK) {
        archive_set_error(reader, EIO, "%s", input->source->detail ? input->source->detail : "");
        return -1;
    }
    size_t left = smini_window_left(input);
    *bytes = smini_window_bytes(input);
    input->at = input->end;
    return (la_ssize_t)left;
}

/* Only what libarchive can do by itself: it would start external programs for filters it was built without. */
static void support(struct archive *reader)
{
    if (archive_zlib_version())
        (void)archive_read_support_filter_gzip(reader);
    if (archive_bzlib_version())
        (void)archive_read_support_filter_bzip2(reader);
    if (archive_liblzma_version())
        (void)archive_read_support_filter_xz(reader);
    if (archive_liblz4_version())
        (void)archive_read_support_filter_lz4(reader);
    if (archive_libzstd_version())
        (void)archive_read_support_filter_zstd(reader);
    (void)archive_read_support_format_tar(reader);
    (void)archive_read_support_format_zip_streamable(reader);
    (void)archive_read_support_format_raw(reader);
    (void)archive_read_support_format_empty(reader);
}

static int32_t fail(struct smini_archive *archive, const char *event, int32_t status)
{
    const struct smini_source *packed = archive->input.source;
    if (archive->input.status != SMIN_OK && archive->input.status != SMIN_DONE) {
        archive->output.event = packed->event;
        archive->output.detail = packed->detail;
        return archive->input.status;
    }
    const char *text = archive_error_string(archive->reader);
    (void)snprintf(archive->detail, sizeof(archive->detail), "%s%s%s", archive->name, archive->name[0] ? ": " : "",
                   text ? text : "unreadable");
    archive->output.event = event;
    archive->output.detail = archive->detail;
    return status;
}

/* The next piece of the member. SMIN_OK, SMIN_DONE, or an error. */
static int32_t next_block(struct smini_archive *archive)
{
    const void *bytes = NULL;
    size_t size = 0;
    la_int64_t offset = 0;
    int result = archive_read_data_block(archive->reader, &bytes, &size, &offset);
    if (result == ARCHIVE_EOF)
        return SMIN_DONE;
    archive->failed = result == ARCHIVE_FATAL;
    if (result < ARCHIVE_WARN || (result != ARCHIVE_OK && size == 0))
        return fail(archive, "archive_damaged", SMIN_E_MALFORMED);
    uint64_t at = offset > 0 ? (uint64_t)offset : 0;
    if (at < archive->taken)
        return fail(archive, "archive_damaged", SMIN_E_MALFORMED);
    archive->hole = at - archive->taken;
    archive->block = bytes;
    archive->block_left = size;
    return SMIN_OK;
}

static size_t least(size_t a, uint64_t b)
{
    return a < b ? a : (size_t)b;
}

static int32_t stop_growing(struct smini_archive *archive)
{
    archive->failed = true;
    archive->output.event = "expansion_limit";
    archive->output.detail = archive->name;
    return SMIN_E_LIMIT;
}

static int32_t read_member(struct smini_source *source, uint8_t *to, size_t room, size_t *got)
{
    struct smini_archive *archive = source->user;
    while (archive->hole == 0 && archive->block_left == 0) {
        int32_t status = next_block(archive);
        if (status != SMIN_OK)
            return status == SMIN_DONE ? SMIN_OK : status;
    }
    if (archive->expanded >= archive->expanded_max)
        return stop_growing(archive);
    room = least(room, archive->expanded_max - archive->expanded);
    size_t size = archive->hole > 0 ? least(room, archive->hole) : least(room, archive->block_left);
    if (archive->hole > 0) {
        memset(to, 0, size);
        archive->hole -= size;
    } else {
        memcpy(to, archive->block, size);
        archive->block += size;
        archive->block_left -= size;
    }
    archive->taken += size;
    archive->expanded += size;
    *got = size;
    return SMIN_OK;
}

int32_t smini_archive_new(struct smini_archive **result, struct smini_alloc *alloc, struct smini_window *window,
                          uint64_t expanded_max)
{
    struct smini_window fresh;
    struct smini_archive *archive = smini_alloc_get(alloc, sizeof(*archive));
    if (!archive)
        return SMIN_E_NOMEM;
    archive->reader = archive_read_new();
    if (!archive->reader ||
        smini_window_init(&fresh, alloc, &archive->output, window->capacity_max) != SMIN_OK) {
        if (archive->reader)
            (void)archive_read_free(archive->reader);
        smini_alloc_free(alloc, archive, sizeof(*archive));
        return SMIN_E_NOMEM;
    }
    archive->alloc = alloc;
    archive->input = *window;
    *window = fresh;
    archive->expanded_max = expanded_max != 0 ? expanded_max : UINT64_MAX;
    archive->output.read = read_member;
    archive->output.user = archive;
    support(archive->reader);
    *result = archive;
    return SMIN_OK;
}

/* Damage at the very start, without a filter that took it: it was no archive at all. */
static int32_t not_opened(struct smini_archive *archive)
{
    if (archive_filter_count(archive->reader) > 1 || archive->input.status < 0)
        return fail(archive, "archive_damaged", SMIN_E_MALFORMED);
    return SMIN_E_NOT_FOUND;
}

static const char *member_name(struct smini_archive *archive, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name)
        name = archive_entry_pathname(entry); /* not UTF-8: as it stands */
    if (name)
        (void)snprintf(archive->name, sizeof(archive->name), "%s", name);
    else
        (void)snprintf(archive->name, sizeof(archive->name), "member-%llu", (unsigned long long)archive->members);
    return archive->name;
}

/*
 * The rest of a member that nobody reads. libarchive would pass over it by
 * itself, but not count what it unpacks for that.
 */
static int32_t drain(struct smini_archive *archive)
{
    int32_t status = SMIN_OK;
    while (status == SMIN_OK) {
        uint64_t size = archive->hole + archive->block_left;
        if (size > archive->expanded_max - archive->expanded)
            return stop_growing(archive);
        archive->expanded += size;
        archive->taken += size;
        archive->block_left = 0;
        archive->hole = 0;
        status = next_block(archive);
    }
    return archive->failed ? status : SMIN_OK;
}

int32_t smini_archive_next(struct smini_archive *archive, const char **name)
{
    bool first = !archive->opened;
    *name = NULL;
    if (archive->failed)
        return SMIN_DONE;
    int32_t status = first ? SMIN_OK : drain(archive);
    if (status != SMIN_OK)
        return status;
    archive->opened = true;
    archive->block_left = 0;
    archive->hole = archive->taken = 0;
    archive->name[0] = '\0';
    if (first && archive_read_open(archive->reader, archive, NULL, read_packed, NULL) != ARCHIVE_OK)
        return not_opened(archive);
    for (;; first = false) {
        struct archive_entry *entry = NULL;
        int result = archive_read_next_header(archive->reader, &entry);
        if (result == ARCHIVE_EOF)
            return SMIN_DONE;
        if (result < ARCHIVE_WARN)
            return first ? not_opened(archive) : fail(archive, "archive_damaged", SMIN_E_MALFORMED);
        archive->members++;
        if (archive_format(archive->reader) == ARCHIVE_FORMAT_RAW)
            return archive_filter_count(archive->reader) > 1 ? SMIN_OK : SMIN_E_NOT_FOUND;
        if (archive_entry_filetype(entry) != AE_IFREG) /* folders, links */
            continue;
        (void)member_name(archive, entry);
        *name = archive->name;
        return SMIN_OK;
    }
}

struct smini_source *smini_archive_source(struct smini_archive *archive)
{
    return &archive->output;
}

void smini_archive_free(struct smini_archive **pointer)
{
    struct smini_archive *archive = *pointer;
    if (!archive)
        return;
    (void)archive_read_free(archive->reader);
    smini_window_free(&archive->input);
    smini_alloc_free(archive->alloc, archive, sizeof(*archive));
    *pointer = NULL;
}

#else /* without libarchive */

/* Whether that is what is missing, or the file would not be read with it either. */
static bool looks_packed(const struct smini_window *window)
{
    static const struct {
        size_t length;
        const char *bytes;
    } magics[] = {{2, "\x1f\x8b"}, {3, "BZh"}, {4, "\xfd" "7zX"}, {4, "\x28\xb5\x2f\xfd"}, {4, "\x04\x22\x4d\x18"},
                  {4, "PK\x03\x04"}};
    for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
        if (smini_window_left(window) >= magics[i].length &&
            memcmp(smini_window_bytes(window), magics[i].bytes, magics[i].length) == 0)
            return true;
    return false;
}

int32_t smini_archive_new(struct smini_archive **archive, struct smini_alloc *alloc, struct smini_window *window,
                          uint64_t expanded_max)
{
    (void)alloc;
    (void)expanded_max;
    *archive = NULL;
    return looks_packed(window) ? SMIN_E_UNSUPPORTED : SMIN_E_NOT_FOUND;
}

int32_t smini_archive_next(struct smini_archive *archive, const char **name)
{
    (void)archive;
    *name = NULL;
    return SMIN_DONE;
}

struct smini_source *smini_archive_source(struct smini_archive *archive)
{
    (void)archive;
    return NULL;
}

void smini_archive_free(struct smini_archive **archive)
{
    *archive = NULL;
}

#endif
