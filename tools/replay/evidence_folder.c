/* SPDX-License-Identifier: BSD-2-Clause */
#include "evidence_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "outputs.h"
#include "write_whole.h"

/* 1 empty, 0 not, -1 with errno. */
static int is_empty(int fd)
{
    int copy = dup(fd);
    DIR *entries = copy >= 0 ? fdopendir(copy) : NULL;
    if (!entries) {
        if (copy >= 0)
            close(copy);
        return -1;
    }
    int empty = 1;
    for (struct dirent *entry = readdir(entries); entry && empty; entry = readdir(entries))
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(entries);
    return empty;
}

int smini_case_folder_open(struct smini_case_folder *folder, struct smini_alloc *alloc, const char *path)
{
    memset(folder, 0, sizeof(*folder));
    folder->path = path;
    folder->fd = -1;
    smini_manifest_init(&folder->manifest, alloc);
    int made = smini_output_folders(path, true);
    if (made != SMINI_EXIT_OK)
        return made;
    folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->fd < 0)
        return smini_output_failed(path, SMINI_EXIT_USAGE);
    int empty = is_empty(folder->fd);
    if (empty == 1)
        return SMINI_EXIT_OK;
    if (empty == 0)
        fprintf(stderr, "smin-replay: %s: is not empty; a case is written into a folder of its own\n", path);
    int status = empty == 0 ? SMINI_EXIT_USAGE : smini_output_failed(path, SMINI_EXIT_USAGE);
    smini_case_folder_close(folder);
    return status;
}

void smini_case_folder_close(struct smini_case_folder *folder)
{
    if (folder->fd >= 0)
        close(folder->fd);
    folder->fd = -1;
    smini_manifest_free(&folder->manifest);
}

void smini_case_folder_failed(struct smini_case_folder *folder, const char *name, int error)
{
    if (folder->error)
        return;
    folder->error = error ? error : EIO;
    (void)snprintf(folder->failed, sizeof(folder->failed), "%s", name);
    fprintf(stderr, "smin-replay: %s/%s: %s; the case is incomplete\n", folder->path, name, strerror(folder->error));
}

bool smini_case_folder_make(struct smini_case_folder *folder, const char *name)
{
    if (!folder->error && mkdirat(folder->fd, name, 0777) != 0)
        smini_case_folder_failed(folder, name, errno);
    return !folder->error;
}

static int write_at(int folder, const char *name, int flags, struct smini_span bytes)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0666);
    if (fd < 0)
        return errno;
    int error = smini_write_whole(fd, bytes.bytes, bytes.length);
    return close(fd) != 0 && error == 0 ? errno : error;
}

void smini_case_file_begin(struct smini_case_file *file, const char *name)
{
    memset(file, 0, sizeof(*file));
    (void)snprintf(file->name, sizeof(file->name), "%s", name);
    SHA256Init(&file->sha256);
}

bool smini_case_file_append(struct smini_case_folder *folder, struct smini_case_file *file, struct smini_span bytes)
{
    if (folder->error && !file->always)
        return false;
    int error = write_at(folder->fd, file->name, file->begun ? O_APPEND : file->always ? O_TRUNC : O_EXCL, bytes);
    file->begun = true;
    if (error)
        smini_case_folder_failed(folder, file->name, error);
    else
        SHA256Update(&file->sha256, bytes.bytes, bytes.length);
    return !error;
}

static bool enter(struct smini_case_folder *folder, struct smini_case_file *file, const char *name)
{
    uint8_t digest[SMINI_SHA256_BYTES];
    SHA256Final(digest, &file->sha256);
    if (smini_manifest_add(&folder->manifest, name, digest) == SMIN_OK)
        return true;
    smini_case_folder_failed(folder, name, ENOMEM);
    return false;
}

bool smini_case_file_end(struct smini_case_folder *folder, struct smini_case_file *file)
{
    if (!file->begun && !smini_case_file_append(folder, file, smini_span_make(NULL, 0)))
        return false;
    return !folder->error && enter(folder, file, file->name);
}

bool smini_case_file_replace(struct smini_case_folder *folder, struct smini_case_file *file, const char *name)
{
    if (renameat(folder->fd, file->name, folder->fd, name) == 0)
        return enter(folder, file, name);
    smini_case_folder_failed(folder, name, errno);
    return false;
}

bool smini_case_file_whole(struct smini_case_folder *folder, const char *name, struct smini_span bytes)
{
    struct smini_case_file file;
    smini_case_file_begin(&file, name);
    return smini_case_file_append(folder, &file, bytes) && smini_case_file_end(folder, &file);
}
