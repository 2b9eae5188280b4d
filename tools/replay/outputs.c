/* SPDX-License-Identifier: BSD-2-Clause */
#include "outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "write_whole.h"

enum {
    BACKUPS_MAX = 1000, /* of one name in a log folder; whoever has more wants another folder */
    HEAD_BYTES = 14     /* of a file, to tell what it is */
};

int smini_output_failed(const char *path, int status)
{
    fprintf(stderr, "smin-replay: %s: %s\n", path, strerror(errno));
    return status;
}

/* --- what is there already --- */

static bool is_capture(const struct smini_inputs *inputs, const struct stat *file)
{
    struct stat capture;
    for (uint32_t i = 0; i < inputs->count; i++) {
        const char *path = inputs->items[i].path;
        int seen = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &capture) : stat(path, &capture);
        if (seen == 0 && capture.st_dev == file->st_dev && capture.st_ino == file->st_ino)
            return true;
    }
    return false;
}

/* Begins as records do, or as nothing does. */
static bool holds_records(int folder, const char *path)
{
    static const char records[HEAD_BYTES] = "{\"timestamp\":\"";
    char head[HEAD_BYTES];
    int fd = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    ssize_t length = read(fd, head, sizeof(head));
    close(fd);
    return length == 0 || (length == HEAD_BYTES && memcmp(head, records, HEAD_BYTES) == 0);
}

static bool is_there(int folder, const char *path, struct stat *about)
{
    return fstatat(folder, path, about, 0) == 0 && S_ISREG(about->st_mode);
}

/* A capture is evidence: it is not written over because somebody forgot an operand. */
static int refuse_capture(const struct smini_inputs *inputs, int folder, const char *path)
{
    struct stat old;
    if (!is_there(folder, path, &old) || !is_capture(inputs, &old))
        return SMINI_EXIT_OK;
    fprintf(stderr, "smin-replay: %s is a capture to be read; write to another file\n", path);
    return SMINI_EXIT_USAGE;
}

/* `shown` is how messages call it. */
static int open_new(int folder, const char *path, const char *shown, int *fd)
{
    *fd = openat(folder, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return *fd < 0 ? smini_output_failed(shown, SMINI_EXIT_USAGE) : SMINI_EXIT_OK;
}

int smini_output_new(const struct smini_inputs *inputs, const char *path, int *fd)
{
    int status = refuse_capture(inputs, AT_FDCWD, path);
    return status == SMINI_EXIT_OK ? open_new(AT_FDCWD, path, path, fd) : status;
}

/* What an earlier run left in a log folder stays there, under the next free number. */
static int set_aside(int folder, const char *name, const char *shown, bool quiet)
{
    struct stat old;
    char other[64];
    if (!is_there(folder, name, &old) || old.st_size == 0)
        return SMINI_EXIT_OK;
    for (int i = 1; i <= BACKUPS_MAX; i++) {
        (void)snprintf(other, sizeof(other), "%s.%d", name, i);
        if (fstatat(folder, other, &old, AT_SYMLINK_NOFOLLOW) == 0)
            continue;
        if (errno != ENOENT || renameat(folder, name, folder, other) != 0)
            return smini_output_failed(shown, SMINI_EXIT_USAGE);
        if (!quiet)
            fprintf(stderr, "smin-replay: %s of an earlier run is now %s\n", name, other);
        return SMINI_EXIT_OK;
    }
    fprintf(stderr, "smin-replay: %s and %d older ones are there; write to another folder\n", shown, BACKUPS_MAX);
    return SMINI_EXIT_USAGE;
}

/* Of a file that was named itself, records give way to records, and nothing else does. */
static int may_replace(const char *path, bool quiet)
{
    struct stat old;
    if (!is_there(AT_FDCWD, path, &old) || old.st_size == 0)
        return SMINI_EXIT_OK;
    if (!holds_records(AT_FDCWD, path)) {
        fprintf(stderr, "smin-replay: %s is there and holds no records: it is not written over\n", path);
        return SMINI_EXIT_USAGE;
    }
    if (!quiet)
        fprintf(stderr, "smin-replay: %s: the records of an earlier run are replaced\n", path);
    return SMINI_EXIT_OK;
}

/* --- opening --- */

int smini_output_folders(const char *path, bool whole)
{
    size_t length = strlen(path);
    char *copy = malloc(length + 1);
    if (!copy)
        return smini_output_failed(path, SMINI_EXIT_INTERNAL);
    memcpy(copy, path, length + 1);
    int failed = 0;
    for (size_t i = 1; i <= length && !failed; i++) {
        if (copy[i] != '/' && (copy[i] || !whole))
            continue;
        char kept = copy[i];
        copy[i] = '\0';
        failed = mkdir(copy, 0777) != 0 && errno != EEXIST;
        if (failed)
            (void)smini_output_failed(copy, SMINI_EXIT_USAGE);
        copy[i] = kept;
    }
    free(copy);
    return failed ? SMINI_EXIT_USAGE : SMINI_EXIT_OK;
}

static void name_in(char name[SMINI_OUTPUT_NAME_BYTES], const char *folder, const char *file)
{
    (void)snprintf(name, SMINI_OUTPUT_NAME_BYTES, "%s/%s", folder, file);
}

static int open_in_folder(const struct smini_tool_options *options, const struct smini_inputs *inputs, int folder,
                          const char *name, const char *shown, int *fd)
{
    int status = refuse_capture(inputs, folder, name);
    if (status == SMINI_EXIT_OK)
        status = set_aside(folder, name, shown, options->quiet);
    return status == SMINI_EXIT_OK ? open_new(folder, name, shown, fd) : status;
}

static int open_log_dir(struct smini_outputs *outputs, const struct smini_tool_options *options,
                        const struct smini_inputs *inputs)
{
    const char *path = options->log_dir;
    int summary = -1;
    int status = smini_output_folders(path, true);
    if (status != SMINI_EXIT_OK)
        return status;
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return smini_output_failed(path, SMINI_EXIT_USAGE);
    name_in(outputs->records.name, path, "eve.json");
    name_in(outputs->summary_name, path, "summary.txt");
    status = open_in_folder(options, inputs, folder, "eve.json", outputs->records.name, &outputs->records.fd);
    if (status == SMINI_EXIT_OK)
        status = open_in_folder(options, inputs, folder, "summary.txt", outputs->summary_name, &summary);
    if (summary >= 0)
        outputs->summary = fdopen(summary, "w");
    if (status == SMINI_EXIT_OK && !outputs->summary)
        status = smini_output_failed(outputs->summary_name, SMINI_EXIT_INTERNAL);
    if (status == SMINI_EXIT_OK && smini_store_open(&outputs->store, folder, &options->limits) != 0) {
        char name[SMINI_OUTPUT_NAME_BYTES];
        name_in(name, path, "files");
        status = smini_output_failed(name, SMINI_EXIT_USAGE);
    }
    close(folder);
    return status;
}

static int open_eve(struct smini_outputs *outputs, const struct smini_tool_options *options,
                    const struct smini_inputs *inputs)
{
    (void)snprintf(outputs->records.name, sizeof(outputs->records.name), "%s", options->eve);
    if (strcmp(options->eve, "-") == 0) {
        (void)snprintf(outputs->records.name, sizeof(outputs->records.name), "standard output");
        outputs->records.fd = STDOUT_FILENO;
        return SMINI_EXIT_OK;
    }
    int status = refuse_capture(inputs, AT_FDCWD, options->eve);
    if (status == SMINI_EXIT_OK)
        status = may_replace(options->eve, options->quiet);
    if (status == SMINI_EXIT_OK)
        status = smini_output_folders(options->eve, false);
    return status == SMINI_EXIT_OK ? open_new(AT_FDCWD, options->eve, options->eve, &outputs->records.fd) : status;
}

int smini_outputs_open(struct smini_outputs *outputs, const struct smini_tool_options *options,
                       const struct smini_inputs *inputs)
{
    struct stat about;
    outputs->records.fd = -1;
    if (!options->log_dir && !options->eve) {
        outputs->summary = stdout;
        (void)snprintf(outputs->summary_name, sizeof(outputs->summary_name), "standard output");
        return SMINI_EXIT_OK;
    }
    int status = options->log_dir ? open_log_dir(outputs, options, inputs) : open_eve(outputs, options, inputs);
    outputs->records.regular =
        status == SMINI_EXIT_OK && fstat(outputs->records.fd, &about) == 0 && S_ISREG(about.st_mode) &&
        outputs->records.fd != STDOUT_FILENO; /* which may have been written to before */
    return status;
}

/* --- writing --- */

/* SIGPIPE keeps its default: a reader that has seen enough ends us quietly, as it ends cat. */
int smini_destination_write(void *user, const uint8_t *bytes, size_t length)
{
    struct smini_destination *to = user;
    size_t done = 0;
    int error = smini_write_part(to->fd, bytes, length, &done);
    for (size_t i = done; i > 0; i--) {
        if (bytes[i - 1] != '\n')
            continue;
        to->whole = to->written + i;
        break;
    }
    to->written += done;
    if (error && to->regular && to->written > to->whole && ftruncate(to->fd, (off_t)to->whole) == 0)
        to->written = to->whole;
    return error;
}

int smini_outputs_close(struct smini_outputs *outputs, int status)
{
    struct smini_destination *records = &outputs->records;
    smini_store_close(&outputs->store);
    if (records->fd >= 0 && records->fd != STDOUT_FILENO && close(records->fd) != 0)
        status = smini_output_failed(records->name, SMINI_EXIT_INCOMPLETE);
    if (!outputs->summary)
        return status;
    bool failed = fflush(outputs->summary) != 0 || ferror(outputs->summary);
    if (outputs->summary != stdout)
        failed |= fclose(outputs->summary) != 0;
    return failed ? smini_output_failed(outputs->summary_name, SMINI_EXIT_INCOMPLETE) : status;
}
